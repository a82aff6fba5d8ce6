import Glibc
import Testing

@testable import Screen

@Suite struct SafeTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("äö 田中 😀", "äö 田中 😀"), ("a\u{1B}[2Jb", "a␛[2Jb"), ("\u{0}\t\n\r\u{7F}", "␀␉␊␍␡"),
        ("\u{9B}31m", "<U+009B>31m"), ("\u{202E}abc\u{2066}", "<U+202E>abc<U+2066>"),
        ("a\u{200B}b\u{FEFF}", "a<U+200B>b<U+FEFF>"),
        ("\u{E0041}", "<U+E0041>"), ("\u{E000}\u{FFFF}\u{378}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("\u{2028}", "<U+2028>"),
        ("\u{301}x", "◌\u{301}x"), ("e\u{301}", "e\u{301}"), ("\u{AD}", "<U+00AD>"), ("\u{3164}", "<U+3164>"),
        ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "e\u{301}\u{302}\u{303}\u{304}"),
    ])
    func whatCouldActOnATerminalBecomesVisible(_ foreign: String, _ safe: String) {
        #expect(SafeText(foreign).string == safe)
        #expect(SafeText(SafeText(foreign).string).string == safe)
    }

    @Test func interpolationIsMadeSafeToo() {
        let foreign = "\u{1B}]52;c;x\u{7}"
        let text: SafeText = "value \(foreign)"
        #expect(text.string == "value ␛]52;c;x␇")
    }

    @Test func widthIsCountedInColumns() {
        #expect(SafeText("田中a").width == 5)
        #expect(SafeText("e\u{301}").width == 1)
        #expect(SafeText("").width == 0)
    }

    @Test func truncationNeverExceedsTheColumnsAndSaysThatSomethingIsMissing() {
        #expect(SafeText("abcdef").truncated(to: 6).string == "abcdef")
        #expect(SafeText("abcdef").truncated(to: 4).string == "abc…")
        #expect(SafeText("田中太郎").truncated(to: 4).string == "田…")
        #expect(SafeText("abc").truncated(to: 0).string == "")
    }

    /// Per scalar, for all that the sanitiser lets through; the C library is what ncurses asks.
    @Test func widthsAgreeWithTheCLibrary() throws {
        setlocale(LC_CTYPE, "C.UTF-8")
        // wchar.h declares it only to those who ask for X/Open, which the module of the C library does not.
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
        var differences: [String] = []
        for value in UInt32(0x20)...0x1FFFF {
            guard let scalar = Unicode.Scalar(value), isShown(scalar) else { continue }
            let library = Int(wcwidth(wchar_t(value)))
            if library >= 0, library != Width.of(scalar) {
                differences.append("U+\(String(value, radix: 16)) \(library)")
            }
        }
        #expect(differences.isEmpty)
    }

    private func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

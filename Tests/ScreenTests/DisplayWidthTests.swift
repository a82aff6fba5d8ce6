import Glibc
import Screen
import Testing

@Suite struct DisplayWidthTests {
    private typealias Wcwidth = @convention(c) (wchar_t) -> Int32

    /// Prepended signs and the soft hyphen, to which glibc gives a column; safe text holds none of them.
    private static let formatControlsWithWidth: Set<UInt32> = [
        0xAD, 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
    ]

    @Test func scalarsAreAsWideAsTheCLibrarySays() throws {
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: Wcwidth.self)
        #expect(setlocale(LC_CTYPE, "C.UTF-8") != nil)
        var different: [String] = []
        for value in UInt32(0x20)...0x3FFFF {
            guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age <= (15, 0) else { continue }
            let theirs = wcwidth(wchar_t(value))
            guard theirs >= 0, !Self.formatControlsWithWidth.contains(value) else { continue }
            if Int(theirs) != scalar.displayWidth {
                different.append("U+\(String(value, radix: 16)): \(theirs) there, \(scalar.displayWidth) here")
            }
        }
        #expect(different.isEmpty)
    }

    @Test(arguments: [("a", 1), ("ä", 1), ("田", 2), ("한", 2), ("🙂", 2), ("❤", 1), ("─", 1), ("e\u{301}", 1)])
    func textIsAsWideAsItsGlyphs(text: String, width: Int) {
        #expect(SafeText(text).width == width)
    }
}

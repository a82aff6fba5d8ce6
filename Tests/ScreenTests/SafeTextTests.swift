import Testing

@testable import Screen

@Suite struct SafeTextTests {
    @Test(arguments: [
        ("plain text", "plain text"),
        ("", ""),
        ("Größe 田中 한국 Ελλάδα שלום", "Größe 田中 한국 Ελλάδα שלום"),
        ("\u{1B}[31mred", "␛[31mred"),
        ("one\ntwo\r\n\ttab\u{0}", "one␊two␍␊␉tab␀"),
        ("\u{7F}\u{9B}2J", "␡<U+009B>2J"),
        ("user\u{202E}nimda", "user<U+202E>nimda"),
        ("\u{2066}a\u{2069}\u{200E}", "<U+2066>a<U+2069><U+200E>"),
        ("a\u{200B}b\u{FEFF}c\u{AD}d", "a<U+200B>b<U+FEFF>c<U+00AD>d"),
        ("👩\u{200D}🚀", "👩<U+200D>🚀"),
        ("❤\u{FE0F}", "❤<U+FE0F>"),
        ("👍🏽", "👍<U+1F3FD>"),
        ("🇫🇮", "<U+1F1EB><U+1F1EE>"),
        ("\u{E0041}\u{E0100}", "<U+E0041><U+E0100>"),
        ("\u{2028}\u{2029}", "<U+2028><U+2029>"),
        ("\u{3164}\u{115F}", "<U+3164><U+115F>"),
    ])
    func whatCannotBeShownBecomesAVisibleSign(foreign: String, shown: String) {
        #expect(SafeText(foreign).string == shown)
    }

    @Test(arguments: [0xE000, 0xFFFE, 0xFDD0, 0x10_FFFF, 0x378] as [UInt32])
    func scalarsWithoutAMeaningBecomeMarks(value: UInt32) throws {
        let foreign = String(try #require(Unicode.Scalar(value)))
        #expect(SafeText(foreign).string.hasPrefix("<U+"))
    }

    @Test func invalidBytesBecomeReplacementCharacters() {
        let foreign = String(decoding: [0x61, 0xFF, 0x62] as [UInt8], as: UTF8.self)
        #expect(SafeText(foreign).string == "a\u{FFFD}b")
    }

    @Test func combiningMarksStayOnTheirBase() {
        #expect(SafeText("e\u{301}").string.unicodeScalars.elementsEqual("e\u{301}".unicodeScalars))
    }

    @Test func combiningMarksWithoutABaseGetADottedCircle() {
        #expect(SafeText("\u{301}a").string == "◌\u{301}a")
        #expect(SafeText("\u{1B}\u{301}").string == "␛◌\u{301}")
    }

    @Test func combiningMarksBeyondTheFourthAreCounted() {
        let marks = String(repeating: "\u{301}", count: 100)
        #expect(SafeText("a" + marks + "b").string == "a\u{301}\u{301}\u{301}\u{301}<+96 marks>b")
    }

    @Test func conjoiningHangulNeedsAConsonantToJoin() {
        #expect(SafeText("\u{1112}\u{1161}\u{11AB}").width == 2)
        #expect(SafeText("x\u{1161}").string == "x<U+1161>")
    }

    @Test func safeTextIsSafeAlready() {
        let changing = scalars.filter { scalar in
            let once = SafeText("a\(Character(scalar))b\(Character(scalar))").string
            return SafeText(once).string != once
        }
        #expect(changing.isEmpty)
    }

    @Test func everyGlyphHoldsOneSpacingScalarAndAtMostFourOthers() {
        let misfits = scalars.filter { scalar in
            SafeText(String(repeating: String(scalar), count: 7)).glyphs.contains { glyph in
                let parts = Array(glyph.text.unicodeScalars)
                let isWhole = parts.first?.displayWidth == glyph.width && 1...2 ~= glyph.width && parts.count <= 5
                return !isWhole || parts.dropFirst().contains { $0.displayWidth != 0 }
            }
        }
        #expect(misfits.isEmpty)
    }

    /// The scalars of the first two planes, and the tags.
    private var scalars: [Unicode.Scalar] {
        (Array(0...0x1FFFF) + Array(0xE0000...0xE01FF)).compactMap { Unicode.Scalar($0 as UInt32) }
    }

    @Test func literalsAndInterpolatedStringsAreMadeSafe() {
        let name = "a\u{1B}b"
        let safe = SafeText(name)
        #expect("<\(name)> \(safe) \(42)\u{7}" as SafeText == SafeText("<a␛b> a␛b 42␇"))
    }

    @Test func linesAreSplitBeforeTheyAreMadeSafe() {
        #expect(SafeText.lines("one\r\ntwo\n\nfour\n") == ["one␍", "two", "", "four"])
        #expect(SafeText.lines("") == [""])
        #expect(SafeText.lines("\n") == [""])
    }

    @Test func textsAreJoined() {
        #expect((["a", "b"] as [SafeText]).joined(separator: ", ") == "a, b")
        #expect("a" + "b" as SafeText == "ab")
        #expect(SafeText(repeating: "─", count: 3) == "───")
        #expect(SafeText(repeating: "─", count: -1).isEmpty)
    }
}

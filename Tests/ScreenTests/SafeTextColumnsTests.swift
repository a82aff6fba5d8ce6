import Testing

@testable import Screen

@Suite struct SafeTextColumnsTests {
    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""), ("abcdef", -1, ""),
        ("田中太郎", 8, "田中太郎"), ("田中太郎", 7, "田中太…"), ("田中太郎", 6, "田中…"), ("田", 1, "…"),
        ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
    func longTextIsCutAndSaysSo(text: String, columns: Int, shown: String) {
        #expect(SafeText(text).truncated(to: columns).string == shown)
    }

    @Test func textIsPaddedByColumns() {
        #expect(SafeText("田").padded(to: 4) == "田  ")
        #expect(SafeText("田").padded(to: 4, alignment: .right) == "  田")
        #expect(SafeText("ab").padded(to: 5, alignment: .center) == " ab  ")
        #expect(SafeText("abcdef").padded(to: 4, alignment: .right) == "abc…")
        #expect(SafeText("田中太").padded(to: 4, alignment: .right) == " 田…")
    }

    @Test(arguments: [
        ("abc", 0, "abc"), ("abc", 1, "bc"), ("abc", 3, ""), ("abc", 9, ""), ("abc", -2, "abc"),
        ("田中", 2, "中"), ("田中", 1, " 中"), ("田中", 3, " "), ("e\u{301}x", 1, "x"), ("田\u{301}x", 1, " x"),
    ])
    func scrolledTextKeepsItsColumns(text: String, columns: Int, shown: String) {
        #expect(SafeText(text).dropping(columns: columns).string == shown)
    }

    @Test func piecesAreCutBetweenGlyphsAndLoseNothing() {
        let text: SafeText = "ab田中e\u{301}f"
        #expect(text.pieces(ofColumns: 3).map(\.string) == ["ab", "田", "中e\u{301}", "f"])
        #expect(text.pieces(ofColumns: 4, first: 0).map(\.string) == ["", "ab田", "中e\u{301}f"])
        #expect(text.pieces(ofColumns: 20) == [text])
        #expect(SafeText("").pieces(ofColumns: 5) == [""])
        for columns in 2..<9 {
            let pieces = text.pieces(ofColumns: columns)
            #expect(pieces.joined() == text)
            #expect(pieces.allSatisfy { $0.width <= columns })
        }
    }
}

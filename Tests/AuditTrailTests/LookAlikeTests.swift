import JSON
import Testing

@testable import AuditTrail

/// Values that look alike on a screen and differ.
@Suite struct LookAlikeTests {
    private func remark(_ old: String, _ new: String) -> [String] {
        let row = { (text: String) in JSON.object([JSON.Member("v", .string(text))]) }
        let diff = Diff(from: row(old), to: row(new), keyColumns: [], options: DiffOptions(context: 0))
        return diff.lines.flatMap(\.marks)
    }

    @Test(arguments: [
        ("Alice", "\u{410}lice", "U+0041 → U+0410"), ("Alice", "Alic\u{435}", "U+0065 → U+0435"),
        ("\u{41E}\u{41E}\u{41E} x", "OOO x", "U+041E → U+004F"), ("\u{3BF}k", "\u{43E}k", "U+03BF → U+043E"),
        ("caf\u{E9}", "cafe\u{301}", "U+00E9 → U+0065 U+0301"),
        ("\u{AC00}", "\u{1100}\u{1161}", "U+AC00 → U+1100 U+1161"),
        ("\u{212B}", "\u{C5}", "U+212B → U+00C5"), ("\u{451}\u{436}", "\u{EB}\u{436}", "U+0451 → U+00EB"),
        ("a b", "a\u{A0}b", "U+0020 → U+00A0"), ("a b", "a\u{3000}b", "U+0020 → U+3000"),
        ("a\tb", "a b", "U+0009 → U+0020"),
        ("a  b", "a b", "U+0020×2 → U+0020"), ("abc", "abc  ", "nothing → U+0020×2"),
        ("\u{A0}abc", "abc", "U+00A0 → nothing"),
        ("", " ", "nothing → U+0020"), ("a\r\nb", "a\nb", "U+000D U+000A → U+000A"),
        ("a \nb", "a\nb", "U+0020 U+000A → U+000A"),
        ("a\u{200B}b", "ab", "U+200B → nothing"), ("ab", "\u{FEFF}ab", "nothing → U+FEFF"),
        ("ab", "a\u{200D}b", "U+0061 → U+0061 U+200D"),
        ("ab", "a\u{AD}b", "nothing → U+00AD"), ("\u{2764}", "\u{2764}\u{FE0F}", "U+2764 → U+2764 U+FE0F"),
        ("it's", "it\u{2019}s", "U+0027 → U+2019"), (#""a""#, "\u{201C}a\u{201D}", "U+0022 → U+201C, U+0022 → U+201D"),
        ("1-2", "1\u{2013}2", "U+002D → U+2013"), ("\u{2212}5", "-5", "U+2212 → U+002D"),
        ("AB1", "\u{FF21}B\u{FF11}", "U+0041 → U+FF21, U+0031 → U+FF11"),
        ("fix", "\u{FB01}x", "U+0066 U+0069 → U+FB01"), ("\u{FB01}x", "fix", "U+FB01 → U+0066 U+0069"),
        ("\u{1D400}b", "Ab", "U+1D400 → U+0041"), ("\u{64A}", "\u{6CC}", "U+064A → U+06CC"),
        ("\u{4E8C}", "\u{30CB}", "U+4E8C → U+30CB"),
        ("the word Alice in a text", "the word \u{410}lice in another text", "U+0041 → U+0410"),
        ("abcd", "\u{430}\u{42C}\u{441}\u{501}", "U+0061 → U+0430, U+0062 → U+042C, U+0063 → U+0441, …"),
        ("aceo", "\u{430}\u{441}\u{435}\u{43E}", "U+0061 → U+0430, U+0063 → U+0441, U+0065 → U+0435, …"),
        ("x \u{2018}b\u{2019}", "x 'b'", "U+2018 → U+0027, U+2019 → U+0027"),
    ])
    func whatLooksAlikeIsToldByCodePoints(old: String, new: String, differences: String) {
        #expect(remark(old, new) == ["(looks alike: \(differences))"])
    }

    @Test(arguments: [
        ("Alice", "alice"), ("Alice", "Bob"), ("Ivan", "\u{418}\u{432}\u{430}\u{43D}"), ("a b", "ab"), ("a\nb", "a b"),
        ("1.0", "1,0"),
        ("O0", "00"), ("l", "1"), ("a\n  b", "a\n    b"), ("caf\u{E9}", "cafe"), ("foo bar", "baz  qux"),
        ("abc ", "xyz"),
        ("2026-01-01", "2026-01-02"), ("a 'b' c", "a b c"), ("x", "x 'y\u{2019}"), ("", "a"), ("same", "same"),
    ])
    func whatIsSeenIsNotSpokenOf(old: String, new: String) {
        #expect(remark(old, new) == [])
        #expect(remark(new, old) == [])
    }

    /// A word is found in a long text, however far in it stands.
    @Test func aLongTextIsSearched() {
        let text = String(repeating: "lorem ipsum ", count: 20_000)
        #expect(remark(text + "Alice" + text, text + "Alic\u{435}" + text) == ["(looks alike: U+0065 → U+0435)"])
        let word = String(repeating: "a", count: 5000)
        #expect(remark(word + "b" + word, word + "\u{42C}" + word) == ["(looks alike: U+0062 → U+042C)"])
        #expect(remark(word + "\u{E9}" + word, word + "e\u{301}" + word) == ["(looks alike: U+00E9 → U+0065 U+0301)"])
    }

    /// However the two differ, it is told without a trap, and nothing is told where nothing differs.
    @Test func anyTextsAreCompared() {
        var random = FilterGenerator.Random(state: 27)
        let pieces = [
            "a", "\u{430}", " ", "\u{A0}", "\n", "\r", "\u{301}", "\u{200B}", "'", "\u{2019}", "\u{FB01}", "fi",
            "\u{1100}", "\u{1161}", "\u{AC00}", "-", "\u{1F1E9}", "\u{D4D}",
        ]
        for _ in 0..<5000 {
            let texts = (0...1).map { _ in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let found = lookAlikeDifferences(from: texts[0], to: texts[1])
            #expect(found == nil || Spelling(texts[0]) != Spelling(texts[1]))
            if looksAlike(texts[0], texts[1]) { #expect(found != nil, "\(texts)") }
        }
    }

    @Test func namesOfMembersThatLookAlikeAreTold() {
        let row = { (name: String) in
            JSON.object([JSON.Member("prefs", .object([JSON.Member(name, .number("1")), JSON.Member("x", .null)]))])
        }
        let diff = Diff(from: row("name"), to: row("n\u{430}me"), keyColumns: [], options: DiffOptions(context: 0))
        #expect(diff.lines.filter { $0.kind == .added }.map(\.note) == ["(its name looks alike: U+0061 → U+0430)"])
    }

    @Test func aSuggestionThatLooksLikeWhatWasTypedSaysHowItDiffers() {
        let typed = "\u{441}\u{43E}\u{440}\u{443}"
        #expect(nearest(to: typed, among: ["rows", "copy"]) == ["copy"])
        let unknown = UnknownName(.table(TablePattern(name: typed)), .everywhere, suggestions: ["copy"])
        #expect(
            unknown.description.hasSuffix(
                "did you mean copy (looks alike: U+0441 → U+0063, U+043E → U+006F, U+0440 → U+0070, …)?"
            )
        )
    }
}

import JSON
import Testing

@Suite struct ExcerptTests {
    private func excerpt(_ kind: Excerpt.Kind, _ text: String = "", offset: Int = 0) -> JSON {
        .excerpt(Excerpt(kind, byteCount: 100_000, fingerprint: 7, text: text, offset: offset))
    }

    @Test func excerptsOfOneValueAreEqualWhateverTheyShow() {
        #expect(excerpt(.string, "a") == excerpt(.string, "b", offset: 9))
        #expect(excerpt(.string, "a").isSame(as: excerpt(.string, "b")))
        #expect(excerpt(.string, "a").hashValue == excerpt(.string, "b").hashValue)
        #expect(excerpt(.string) != excerpt(.array))
        #expect(excerpt(.string, "a") != .string("a"))
        let other = JSON.excerpt(Excerpt(.string, byteCount: 100_000, fingerprint: 8))
        #expect(excerpt(.string) != other && !excerpt(.string).isSame(as: other))
        #expect(excerpt(.string) != .excerpt(Excerpt(.string, byteCount: 100_001, fingerprint: 7)))
    }

    @Test func nothingTakesAnExcerptForTheValue() {
        let texts = [
            (excerpt(.string, "a\"\u{1B}b"), #""a\"\u001bb…"#), (excerpt(.string, "ab", offset: 5), #""…ab…"#),
            (excerpt(.number, "12"), "12…"), (excerpt(.array), "[…]"), (excerpt(.object), "{…}"),
            (excerpt(.array, "1, 2", offset: 1), "…1, 2…"), (excerpt(.object, #"{"a": 1"#), #"{"a": 1…"#),
        ]
        for (value, text) in texts {
            #expect(value.description == text)
            #expect(throws: JSON.ParseError.self) { try JSON(parsing: JSON.array([value]).description) }
        }
    }

    @Test func anObjectKnowsThatItHoldsOne() {
        #expect(JSON.object([JSON.Member("a", excerpt(.array))]).holdsExcerpts)
        #expect(!JSON.object([JSON.Member("a", .array([]))]).holdsExcerpts)
        #expect(!JSON.null.holdsExcerpts && excerpt(.array).isExcerpt)
    }
}

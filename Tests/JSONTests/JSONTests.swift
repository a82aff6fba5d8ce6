import Testing

@testable import JSON

@Suite struct JSONTests {
    @Test(arguments: [
        "12345678901234567890", "1.10", "1e400", "-0", "0", "-0.000", "1E+2",
        "99999999999999999999999999999999999999999.5",
    ])
    func numbersKeepTheirSpelling(_ number: String) throws {
        #expect(try JSON(parsing: number) == .number(number))
        #expect(try JSON(parsing: number).description == number)
    }

    @Test func membersKeepTheirOrderAndTheirRepeats() throws {
        let text = #"{"b":1,"a":2,"b":3}"#
        let value = try JSON(parsing: text)
        #expect(value.description == text)
        #expect(value["b"] == .number("3"))
    }

    @Test func spaceBetweenTokensDoesNotMatter() throws {
        let value = try JSON(parsing: " { \"a\" : [ 1 , true , null ] }\n")
        #expect(value.description == #"{"a":[1,true,null]}"#)
    }

    @Test func escapesAreReadAndHarmfulCharactersAreWrittenAsEscapes() throws {
        let value = try JSON(parsing: #""a\"\\\/\b\f\n\r\tA😀\ud83d""#)
        #expect(value == .string("a\"\\/\u{8}\u{C}\n\r\tA😀\u{FFFD}"))
        #expect(JSON.string("\u{1B}]52;\u{9C}\u{202E}\u{200B}é😀").description == #""\u001b]52;\u009c\u202e\u200bé😀""#)
    }

    @Test(arguments: [
        ("", 0, "expected a value"), ("{", 1, "expected a member's name"), ("[1,]", 3, "expected a value"),
        ("[1 2]", 3, "expected a comma or the end of the array"), ("{\"a\" 1}", 5, "expected a colon"),
        ("{\"a\":1 \"b\"}", 7, "expected a comma or the end of the object"), ("01", 2, "expected no leading zero"),
        ("1.", 2, "expected a digit"), ("1e", 2, "expected a digit"), ("tru", 0, "expected a value"),
        ("\"abc", 4, "expected the end of the string"), ("\"\\x\"", 3, "expected an escape"),
        ("\"\\u12\"", 3, "expected four hexadecimal digits"),
        ("\"\\u12g4\"", 3, "expected four hexadecimal digits"),
        ("\"\u{1}\"", 1, "expected no control character in a string"),
        ("1 1", 2, "expected the end of the text"), ("\"\\", 2, "expected an escape"),
    ])
    func badTextIsRefusedWithItsPosition(_ text: String, _ offset: Int, _ reason: String) {
        #expect(throws: JSON.ParseError(offset: offset, reason: reason)) { try JSON(parsing: text) }
    }

    @Test func nestingBeyondTheLimitIsRefusedInsteadOfExhaustingTheStack() {
        let depth = JSON.maximumDepth + 2
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(throws: JSON.ParseError(offset: JSON.maximumDepth + 1, reason: "expected less nesting")) {
            try JSON(parsing: text)
        }
    }

    /// A server takes 14,538 levels as it is delivered.
    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func documentsNestAsDeepAsTheServerHasThem(start: String, end: String) throws {
        let depth = JSON.maximumDepth
        let text = String(repeating: start, count: depth) + "1" + String(repeating: end, count: depth)
        let value = try JSON(parsing: text)
        #expect(value.description == text)
        let isSameText = value.jsonbText == text.replacing(":", with: ": ")
        #expect(isSameText)
        let other = try JSON(parsing: text.replacing("1", with: "2"))
        let again = try JSON(parsing: text)
        // Taken out first: a failure would print the documents.
        let (isEqual, isOther, hasSameHash) = (value == again, value == other, value.hashValue == again.hashValue)
        #expect(isEqual && !isOther && hasSameHash)
    }

    @Test func textsThatLookTheSameAreDifferentWhenTheyAreWrittenDifferently() throws {
        let composed = try JSON(parsing: "{\"\u{E9}\":\"\u{E9}\"}")
        let name = try JSON(parsing: "{\"e\u{301}\":\"\u{E9}\"}")
        let value = try JSON(parsing: "{\"\u{E9}\":\"e\u{301}\"}")
        #expect(composed != name && composed != value && composed == composed)
        #expect(composed.members != name.members && composed.members == composed.members)
        #expect(Set([composed, name, value, composed]).count == 3)
    }

    @Test func equalDocumentsAreEqualAllTheWayDown() throws {
        let documents = try [
            "null", "true", "1", "1.0", "\"1\"", "[]", "{}", "[1]", "[1,1]", "[[1],2]", "[1,[2]]", #"{"a":[1]}"#,
            #"{"a":[2]}"#, #"{"b":[1]}"#, #"{"a":[1],"b":null}"#, #"{"b":null,"a":[1]}"#,
        ].map { text in try JSON(parsing: text) }
        for (index, left) in documents.enumerated() {
            for (other, right) in documents.enumerated() { #expect((left == right) == (index == other)) }
        }
    }
}

@Suite struct JSONSamenessTests {
    @Test(arguments: [
        ("1.10", "1.1"), ("1e2", "100"), ("-0", "0.00"), ("0.001", "1E-3"),
        ("12345678901234567890", "12345678901234567890.0"),
        (#"{"a":1,"b":[2.0]}"#, #"{"b":[2],"a":1.0}"#), (#"{"a":2,"a":1}"#, #"{"a":1}"#),
        ("1e99999999999999999999", "1e99999999999999999999"),
    ])
    func valuesThatJsonbTakesForOneAreTheSame(left: String, right: String) throws {
        #expect(try JSON(parsing: left).isSame(as: JSON(parsing: right)))
        #expect(try JSON(parsing: right).isSame(as: JSON(parsing: left)))
    }

    @Test(arguments: [
        ("1", "-1"), ("12345678901234567890", "12345678901234567891"), ("1", #""1""#), ("null", "0"),
        ("[1,2]", "[2,1]"),
        (#"{"a":1}"#, #"{"a":1,"b":null}"#), ("1e99999999999999999999", "2e99999999999999999999"), ("[]", "{}"),
    ])
    func otherValuesAreNot(left: String, right: String) throws {
        #expect(try !JSON(parsing: left).isSame(as: JSON(parsing: right)))
        #expect(try !JSON(parsing: right).isSame(as: JSON(parsing: left)))
    }
}

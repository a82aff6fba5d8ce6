import Testing

@testable import AuditTrail

/// The differences of plain values.
@Suite struct DifferenceTextTests {
    @Test(arguments: [
        ("1", "4", "+3"), ("10", "9.5", "-0.5"), ("129.90", "139.5", "+9.60"), ("0.1", "0.3", "+0.2"),
        ("12345678901234567890", "12345678901234567891", "+1"), ("-5", "5", "+10"), ("5", "-5", "-10"),
        ("1e3", "1001", "+1"), ("1", "1.00", "±0"), ("-0", "0", "±0"), ("999", "1000", "+1"), ("1000", "999", "-1"),
        ("-1.5", "-1.25", "+0.25"), ("1E-2", "0", "-0.01"), ("2e+1", "19", "-1"),
    ])
    func numbersAreSubtractedDigitByDigit(_ old: String, _ new: String, _ expected: String) {
        #expect(decimalDifference(from: old, to: new) == expected)
    }

    @Test func aDifferenceOfTooManyDigitsIsNotGiven() {
        #expect(decimalDifference(from: "1", to: "1e400") == nil)
        #expect(decimalDifference(from: "1", to: "1e99999999999999999999") == nil)
        #expect(decimalDifference(from: "1", to: String(repeating: "9", count: 100)) == nil)
        #expect(decimalDifference(from: "1e-60", to: "1e60") == nil)
    }

    @Test(arguments: [
        ("2026-10-09T17:20:58.331+00:00", "2026-10-09T17:31:02.114+00:00", "+10m 03.8s"),
        ("2026-10-09 17:20:58.331+00", "2026-10-09 17:31:02.114+00", "+10m 03.8s"),
        ("2026-10-09T17:00:00+02:00", "2026-10-09T15:00:00Z", "±0"),
        ("2026-10-09T00:00:00", "2026-10-08T23:59:59.9995", "-500µs"),
        ("2026-10-09T00:00:00", "2026-10-09T00:00:00.25", "+250ms"),
        ("2026-10-09T00:00:00", "2026-10-09T00:00:12.5", "+12.500s"),
        ("2026-10-09T00:00", "2026-10-09T03:04:05", "+3h 04m 05s"),
        ("2024-02-28T12:00:00Z", "2024-03-01T13:30:00Z", "+2d 01h 30m"),
        ("2026-10-09", "2026-10-10", "+1 day"), ("2026-10-09", "2025-10-09", "-365 days"),
    ])
    func timesAreSubtracted(_ old: String, _ new: String, _ expected: String) {
        #expect(timeDifference(from: old, to: new) == expected)
    }

    @Test(arguments: [
        ("2026-10-09", "2026-10-09T00:00:00"), ("2026-10-09T00:00:00", "2026-10-10T00:00:00Z"),
        ("2026-13-09", "2026-10-09"),
        ("2026-10-09 and so on", "2026-10-10 and so on"), ("infinity", "2026-10-09"), ("same", "same"),
    ])
    func whatIsNoTimeOrNotOfTheSameKindHasNoDifference(_ old: String, _ new: String) {
        #expect(timeDifference(from: old, to: new) == nil)
    }

    private func marked(_ text: String, _ other: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        for range in changedWords(of: text, against: other) {
            result += bytes[position..<range.lowerBound] + Array("[".utf8) + bytes[range] + Array("]".utf8)
            position = range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    @Test func theWordsThatChangedAreFoundWhole() {
        #expect(marked(#""pending""#, #""paid""#) == #""[pending]""#)
        #expect(marked("the quick brown fox", "the slow brown dog") == "the [quick] brown [fox]")
        #expect(marked("2026-10-09T17:20:58.331+00", "2026-10-09T17:31:02.114+00") == "2026-10-09T17:[20:58.331]+00")
        #expect(marked("order 1001 shipped", "order 1002 shipped") == "order [1001] shipped")
        #expect(marked("a b", "a b c") == "a b")
        #expect(marked("a b c", "a b") == "a b[ c]")
        #expect(marked("same", "same") == "same")
    }

    @Test func charactersAreNeverTorn() {
        #expect(marked("größe", "große") == "[größe]")
        #expect(marked("東京都", "東京市") == "東京[都]")
        #expect(marked("e\u{301}", "\u{E9}") == "[e\u{301}]")
        #expect(marked("x 😀 y", "x 😁 y") == "x [😀] y")
    }

    @Test func ofVeryLongTextsTheMiddleIsMarked() {
        let long = String(repeating: "lorem ipsum ", count: 5000)
        #expect(changedWords(of: "a" + long + "b", against: "c" + long + "d") == [0..<60_002])
        #expect(changedWords(of: long + "b", against: long + "d") == [60_000..<60_001])
    }
}

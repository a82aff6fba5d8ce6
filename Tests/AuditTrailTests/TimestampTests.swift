import Testing

@testable import AuditTrail

@Suite struct TimestampTests {
    /// 2026-10-09 17:31:02.114331 UTC.
    private let now = Timestamp(microseconds: 1_791_567_062_114_331)

    @Test func timesArePrintedWithSixDigits() {
        #expect(now.iso8601 == "2026-10-09T17:31:02.114331Z")
        #expect(Timestamp(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999Z")
    }

    @Test func everyDayOfFourCenturiesReadsBack() throws {
        for day in stride(from: Int64(-60000), to: 90000, by: 1) {
            let timestamp = Timestamp(microseconds: day * 86_400_000_000 + 1)
            #expect(timestamp.calendar.timestamp == timestamp)
        }
    }

    @Test(arguments: [
        ("2026-10-09", "2026-10-09T00:00:00.000000Z"), ("2026-10", "2026-10-01T00:00:00.000000Z"),
        ("2026-10-09T17", "2026-10-09T17:00:00.000000Z"), ("2026-10-09 17:20", "2026-10-09T17:20:00.000000Z"),
        ("2026-10-09T17:20:01.5Z", "2026-10-09T17:20:01.500000Z"),
        ("2026-10-09T17:20:01.123456789+02:30", "2026-10-09T14:50:01.123456Z"),
        ("2026-10-09T00:00-01", "2026-10-09T01:00:00.000000Z"), ("-90s", "2026-10-09T17:29:32.114331Z"),
        ("-2h", "2026-10-09T15:31:02.114331Z"), ("-1w", "2026-10-02T17:31:02.114331Z"),
        ("today", "2026-10-09T00:00:00.000000Z"), ("yesterday", "2026-10-08T00:00:00.000000Z"),
        // 2026-10-09 is a Friday.
        ("friday", "2026-10-09T00:00:00.000000Z"), ("last friday", "2026-10-02T00:00:00.000000Z"),
        ("last monday", "2026-10-05T00:00:00.000000Z"), ("Mon", "2026-10-05T00:00:00.000000Z"),
        ("saturday", "2026-10-03T00:00:00.000000Z"), ("thursday 9:30", "2026-10-08T09:30:00.000000Z"),
        ("friday 18", "2026-10-02T18:00:00.000000Z"), ("last friday 18:30:01.5", "2026-10-02T18:30:01.500000Z"),
        ("14:00", "2026-10-09T14:00:00.000000Z"), ("18:00", "2026-10-08T18:00:00.000000Z"),
        ("yesterday 14:00", "2026-10-08T14:00:00.000000Z"), ("-90min", "2026-10-09T16:01:02.114331Z"),
        ("now", "2026-10-09T17:31:02.114331Z"), ("2024-02-29", "2024-02-29T00:00:00.000000Z"),
    ])
    func timesAreReadInPartAndRelative(_ text: String, _ expected: String) throws {
        #expect(try Timestamp(parsing: text, now: now).iso8601 == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-13", "2026-02-29", "2026-10-09T25", "2026-10-09X", "-5", "-xh", "soon", "2026-10-09T10:00+1",
        "fri day", "last", "last year", "monday 25", "14", "14:60", "last today", "friday 9 30", "-1y", "-", "fr",
        "14:00\u{301}",
        "-1000000w", "0001-01-01T00:00+02:00", "9999-12-31T23:59-01:00",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(throws: Timestamp.ParseError(text: text)) { try Timestamp(parsing: text, now: now) }
    }
}

import AuditTrail
import Glibc
import Settings
import Testing

@testable import audit_tui

/// The time zones of the machine, beside what date(1) says of them.
@Suite struct TimeZoneTests {
    /// Rules that go on, that ended, that are half an hour, that are of the south, and one whose winter is the exception.
    static let names = [
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca",
        "America/Sao_Paulo", "Europe/Dublin", "Pacific/Apia", "America/St_Johns",
    ]

    /// Seconds since 1970: some from 1875 to 2103, and each hour of a year beyond what the files list.
    static let moments =
        Array(stride(from: Int64(-3_000_000_000), to: 4_200_000_000, by: 7_654_321))
        + Array(stride(from: Int64(2_524_608_000), to: 2_556_144_000, by: 3600))

    @Test(arguments: names) func clocksShowWhatTheSystemSays(_ name: String) throws {
        let zone = try #require(TimeZone.ofSystem(named: name))
        let found = Self.moments.map { second -> String in
            let moment = Timestamp(microseconds: second * 1_000_000)
            return zone.text(of: moment) + zone.suffix(at: moment)
        }
        // Offsets were of odd seconds once, which the suffix does not tell.
        let said = try date(Self.moments, zone: name, format: "%Y-%m-%d %H:%M:%S%::z").map { line in
            line.hasSuffix(":00") ? String(line.dropLast(3)) : nil
        }
        let pairs = zip(found, said).filter { $1 != nil }
        #expect(pairs.count > Self.moments.count - 300)
        #expect(pairs.first { $0 != $1 }.map { "\($0) is \($1 ?? "")" } == nil)
    }

    private func date(_ seconds: [Int64], zone: String, format: String) throws -> [String] {
        var path = Array("/tmp/audit-tui-moments-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        try #require(descriptor >= 0)
        defer { unlink(path) }
        let text = seconds.map { "@\($0)\n" }.joined()
        try #require(text.utf8.count == text.withCString { write(descriptor, $0, strlen($0)) })
        close(descriptor)
        let file = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let output = try #require(popen("LC_ALL=C TZ=\(zone) date -f \(file) '+\(format)'", "r"))
        defer { pclose(output) }
        var lines: [String] = []
        var line = [CChar](repeating: 0, count: 200)
        while fgets(&line, 200, output) != nil {
            lines.append(String(decoding: line.prefix { $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return lines
    }

    @Test func whatIsNoZoneIsRefused() throws {
        for name in ["", "Europe", "Europe/Nowhere", "../zoneinfo/UTC", "/etc/passwd", "zone.tab", "Europe//Berlin"] {
            #expect(TimeZone.ofSystem(named: name) == nil, "\(name)")
        }
        #expect(TimeZone.ofSystem(named: "UTC") == .utc)
        #expect(TimeZone.ofSystem(named: "local") != nil)
        let bytes = try bytesOfFile("\(TimeZone.folder)/Europe/Berlin")
        for length in bytes.indices { #expect(TimeZone(name: "cut", file: Array(bytes[..<length])) == nil) }
    }

    @Test(arguments: [
        "", "CE-1", "CET", "CET-", "<+01", "<+01>", "CET-1:99", "CET-200", "CET-1CEST", "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J300",
        "CET-1CEST,M3.5.0,M10.5.0/", "CET-1CEST,M3.5.0,M10.5.0 ", "CET-1CEST,3,366",
    ])
    func whatIsNoRuleIsRefused(_ rule: String) { #expect(TimeZone(name: "x", rule: rule) == nil) }

    @Test func daysOfTheYearAreCountedWithAndWithoutTheLeapDay() throws {
        let zone = try #require(TimeZone(name: "x", rule: "AAA0BBB,J60/0,300/0"))
        // The first of March in a leap year and in another; day 300 from 0 is the 27th or the 28th of October.
        for (time, offset) in [
            ("2028-02-29T23:59:59Z", 0), ("2028-03-01T00:00:00Z", 3600), ("2027-02-28T23:59:59Z", 0),
            ("2027-03-01T00:00:00Z", 3600), ("2028-10-26T22:59:59Z", 3600), ("2028-10-26T23:00:00Z", 0),
            ("2027-10-27T22:59:59Z", 3600), ("2027-10-27T23:00:00Z", 0),
        ] {
            let moment = try Timestamp(parsing: time, now: Timestamp(microseconds: 0))
            #expect(zone.offset(at: moment) == offset, "\(time)")
        }
        for end in [Int64.min, .max] {
            let moment = Timestamp(microseconds: end)
            #expect(zone.calendar(of: moment) == moment.calendar)
        }
    }
}

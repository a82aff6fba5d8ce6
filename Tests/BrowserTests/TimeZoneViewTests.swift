import AuditTrail
import Screen
import Testing

@testable import Browser

/// Times on the screen in another zone than UTC; the moment of the tests is 2026-10-09 17:34:34 UTC.
@Suite struct TimeZoneViewTests {
    private func loaded(_ zone: (name: String, rule: String), columns: Int = 120, rows: Int = 35) throws -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.model.timeZone = try #require(TimeZone(name: zone.name, rule: zone.rule))
        return fixture
    }

    private static let berlin = ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3")

    @Test func theListTheClockAndTheStatusAreInIt() throws {
        let lines = view(try loaded(Self.berlin).model).text().split(separator: "\n")
        #expect(lines[0].hasSuffix("19:34+02:00"))
        #expect(lines.contains { $0.contains("WHEN (Berlin) ") })
        #expect(lines.contains { $0.contains("▶ 2026-10-09 19:31:34   3m 99987") })
        let single = view(try loaded(Self.berlin, columns: 80, rows: 24).model).text()
        #expect(single.contains(" 2026-10-09 19:31:34+02:00 alice@10.0.3.17"))
        let narrow = view(try loaded(Self.berlin, columns: 24, rows: 6).model).text().split(separator: "\n")[0]
        #expect(narrow.hasPrefix(" Transactions ") && narrow.hasSuffix(" 19:34"))
        let newfoundland = ("America/St_Johns", "NST3:30NDT,M3.2.0,M11.1.0")
        #expect(view(try loaded(newfoundland).model).text().contains("WHEN (St_Johns)"))
        let west = view(try loaded(newfoundland, columns: 80, rows: 24).model).text()
        #expect(west.contains("2026-10-09 15:01:34-02:30 alice"))
    }

    @Test func soAreHistoriesAndRows() throws {
        var fixture = try loaded(Self.berlin)
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.character("H"))
        fixture.answer()
        #expect(view(fixture.model).text().contains("WHEN (Berlin)"))
        fixture.press(.down, .character("A"))
        fixture.answer()
        #expect(view(fixture.model).text().contains("+02:00"))
    }

    @Test func whatIsTypedIsUTC() throws {
        var fixture = try loaded(Self.berlin)
        fixture.press(.character("@"))
        #expect(view(fixture.model).text().contains("go to>   time in UTC, -2h"))
        fixture.type("2026-10-09T17:30")
        fixture.press(.enter)
        let utc = try Timestamp(parsing: "2026-10-09T17:30Z", now: Fixture.now)
        #expect(fixture.asked.last?.question == .transactions(Filter(), at: .at(utc), limit: 200))
    }

    @Test func aSearchFindsWhatIsShown() throws {
        var fixture = try loaded(Self.berlin)
        fixture.press(.character("/"))
        fixture.type("19:22:34")
        #expect(fixture.model.list.selection == 2)
    }
}

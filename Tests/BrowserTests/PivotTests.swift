import AuditTrail
import Screen
import Testing

@testable import Browser

/// Going sideways from what is under the cursor.
@Suite struct PivotTests {
    /// The filter after the menu and a key, with the cursor on a line of the first change or in the list.
    private func filter(_ key: Character, line: Int? = nil) -> String {
        var fixture = Fixture.loaded()
        if let line {
            fixture.press(.enter)
            for _ in 0..<line { fixture.press(.down) }
        }
        fixture.press(.character("."), .character(key))
        fixture.answer()
        #expect(fixture.model.overlay == nil)
        return fixture.model.filter.description
    }

    @Test func theTransactionLeadsToItsActorClientAndItself() {
        #expect(filter("a").hasSuffix(" since:2026-10-09T17:21:34.000000Z until:2026-10-09T17:41:34.000000Z"))
        #expect(filter("a").hasPrefix("actor"))
        #expect(filter("c") == "client:10.0.3.17")
        #expect(filter("x") == "xid:999870")
        #expect(filter("r") == "")
    }

    @Test func theChangeLeadsToItsRowTableColumnAndTransition() {
        #expect(filter("r", line: 0) == "row:public.orders:42")
        #expect(filter("t", line: 0) == "table:public.orders")
        #expect(filter("k", line: 2) == "table:public.orders col=status")
        #expect(filter("s", line: 2) == "table:public.orders status:pending->paid")
        // The first line is context.
        #expect(filter("k", line: 0) == "")
    }

    @Test func theFilterIsTakenAwayAroundTheTransactionAndComesBack() {
        var fixture = Fixture.loaded()
        fixture.press(.character("v"), .character("v"))
        fixture.answer()
        #expect(fixture.model.list.rows.map(\.id) == [99987, 99984])
        fixture.press(.down, .character("."), .character("u"))
        fixture.answer()
        #expect(fixture.model.filter.isEmpty)
        #expect(fixture.model.list.selected?.id == 99984)
        fixture.press(.character("\\"))
        fixture.answer()
        #expect(fixture.model.filter.description == "verb:update")
    }

    @Test func theMenuIsLeftByAnyOtherKey() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.down, .down, .character("."))
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
        var empty = Fixture.loaded(columns: 80, rows: 24, [])
        empty.press(.character("."))
        #expect(empty.model.notice?.text == "there is nothing under the cursor to go from")
    }
}

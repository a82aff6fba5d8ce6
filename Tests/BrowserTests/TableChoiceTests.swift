import AuditTrail
import Screen
import Testing

@testable import InstallPicker

@Suite struct TableChoiceTests {
    @Test func tablesArePickedAndTheirSecretsStayOutUnlessWanted() {
        var picker = TableChoice.shop()
        #expect(picker.handle(.character(" ")) == .undecided)
        #expect(picker.tables.map(\.name) == ["customers"])
        #expect(picker.excludedColumns.map(\.column) == ["password_hash"])
        #expect(picker.handle(.enter) == .picked)
        let wanted = picker.after(.character("k"), .character("c"), .down, .down, .character(" "), .enter)
        #expect(wanted.excludedColumns.isEmpty)
        #expect(wanted.place == .tables)
        #expect(wanted.items[0].remarks == ["password_hash: exclude? (c)", "jsonb prefs"])
    }

    @Test func allMeansAllThatAreNotRecordedYet() {
        var picker = TableChoice.shop().after(.character("A"))
        #expect(picker.tables.map(\.name) == ["customers", "logs", "sessions"])
        picker = picker.after(.character("A"))
        #expect(picker.tables.isEmpty)
    }

    @Test func whatCannotBeDoneIsSaid() {
        var picker = TableChoice.shop()
        #expect(picker.handle(.enter) == .undecided)
        #expect(picker.notice == "nothing is picked; Space picks the table under the cursor")
        #expect(
            picker.after(.down, .down, .character(" ")).notice
                == "public.orders is recorded already; audit-tui remove ends that"
        )
        #expect(picker.after(.character("Z")).notice == "Z does nothing here")
        #expect(picker.after(.character("n")).notice == "nothing has been searched for; / searches")
        for key in [Key.character("q"), .escape, .control("c")] { #expect(picker.handle(key) == .cancelled) }
    }

    @Test func movingIsAsInTheBrowser() {
        let picker = TableChoice.shop()
        #expect(picker.after(.character("G")).selection == 3)
        #expect(picker.after(.character("G"), .character("k"), .up).selection == 1)
        #expect(picker.after(.pageDown).selection == 3)
        #expect(picker.after(.end, .character("j"), .down).selection == 3)
        #expect(picker.after(.end, .home, .character("k")).selection == 0)
        let columns = picker.after(.character("c"), .character("G"))
        #expect(columns.place == .columns(selection: 7))
        #expect(columns.after(.pageUp).place == .columns(selection: 0))
        #expect(columns.selection == 0)
    }

    @Test func aNameIsFoundWhileItIsTyped() {
        let typed = TableChoice.shop().after(.character("/"), .character("s"), .character("e"))
        #expect(typed.selection == 3)
        #expect(typed.after(.escape).selection == 0)
        #expect(typed.after(.character("q")).prompt?.isMissing == true)
        #expect(typed.after(.character("q"), .enter).notice == "not found: seq")
        let found = TableChoice.shop().after(.character("/"), .character("s"), .enter)
        #expect(found.after(.character("n")).selection == 1)
        #expect(found.after(.character("N")).selection == 3)
        let column = TableChoice.shop().after(.character("c"), .character("/"), .character("t"), .character("a"))
        #expect(column.place == .columns(selection: 6))
    }

    @Test(
        arguments: [
            (nil, "?"), (0, "0"), (999, "999"), (5000, "5.0 k"), (98_765, "98.7 k"), (1_234_567, "1.2 M"),
            (250_000_000, "250 M"),
        ] as [(Int64?, String)]
    )
    func rowsAreCountedRoughly(_ rows: Int64?, _ text: String) {
        #expect(rowCountText(rows) == text)
    }
}

import AuditTrail
import Screen
import Testing

@testable import InstallPicker

/// The list of columns of the table under the cursor.
@Suite struct TableChoiceColumnTests {
    private let columns = TableChoice.shop().after(.character(" "), .character("k"), .character("c"))

    @Test func anyColumnCanBeExcludedAndIncludedAgain() {
        let picker = columns.after(.down, .character(" "))
        #expect(picker.excludedColumns.map(\.column) == ["email", "password_hash"])
        #expect(picker.place == .columns(selection: 2))
        #expect(picker.items[0].remarks == ["without email, password_hash", "jsonb prefs"])
        #expect(picker.after(.up, .character(" ")).excludedColumns.map(\.column) == ["password_hash"])
    }

    @Test func columnsOfTablesThatAreNotPickedStayOutOfThePlan() {
        let picker = TableChoice.shop().after(.down, .character("c"), .character(" "))
        #expect(picker.items[1].excludedColumns.map(\.name) == ["line"])
        #expect(picker.excludedColumns.isEmpty)
        #expect(picker.after(.escape, .character(" ")).excludedColumns.map(\.column) == ["line"])
    }

    @Test func theKeyStays() {
        let picker = columns.after(.character(" "))
        #expect(picker.notice == "the key stays: by it the history of a row is found")
        #expect(picker.excludedColumns.map(\.column) == ["password_hash"])
        // Not even where it looks like a secret.
        #expect(TableChoice.shop().after(.end, .character(" ")).excludedColumns.isEmpty)
    }

    @Test func theKeysSayWhatSpaceWouldDo() {
        func keys(_ picker: TableChoice) -> Substring? { view(picker).text().split(separator: "\n").last }
        #expect(keys(columns) == " q tables  / find  n next                                           7/8 columns")
        #expect(keys(columns.after(.down))?.hasPrefix(" Space exclude  q tables  / find") == true)
        #expect(keys(columns.after(.down, .down))?.hasPrefix(" Space include  q tables  / find") == true)
    }

    @Test func aRecordedTableIsShownAsItIs() {
        var picker = TableChoice.shop().after(.down, .down, .character("c"), .down)
        #expect(picker.items[2].excludedColumns.isEmpty)
        picker = picker.after(.character(" "))
        #expect(picker.notice == "orders is recorded already; init --exclude changes that")
        #expect(picker.items[2].excludedColumns.isEmpty)
    }

    @Test(arguments: [Key.character("q"), .character("c"), .escape, .enter]) func aKeyLeadsBack(_ key: Key) {
        var picker = columns
        #expect(picker.handle(key) == .undecided)
        #expect(picker.place == .tables)
    }

    @Test func interruptingAndSuspendingAreForEveryList() {
        for start in [columns, columns.after(.character("/"))] {
            var picker = start
            #expect(picker.handle(.control("z")) == .suspend)
            #expect(picker.handle(.control("c")) == .cancelled)
        }
    }

    @Test func theScreenShowsWhatAnEventWillHold() {
        let rows = view(columns).text().split(separator: "\n", omittingEmptySubsequences: false).map { $0 }
        #expect(rows.contains { $0.hasPrefix(" insert old_data      {}") })
        #expect(rows.contains { $0.hasPrefix(#"        changed_data  {"id": 1, "email": "text", "prefs": {…}, "#) })
        #expect(rows.contains { $0.hasPrefix(#"        changed_data  {"email": "text"}"#) })
        let nothing = TableChoice.shop().after(.down, .character("c"), .character(" "))
        #expect(view(nothing).text().contains(" update               none: no column is recorded"))
    }
}

import AuditTrail
import Screen
import Testing

@testable import Browser

/// Writing changes to a file from the browser.
@Suite struct ExportTests {
    /// What the browser wants done with the file, in words.
    private func steps(_ effects: [Effect]) -> [String] {
        effects.compactMap { effect in
            switch effect {
            case .openExport(let format, let name): "open \(format) \(name)"
            case .export(let changes): "write \(changes.map(\.activity.id))"
            case .closeExport: "close"
            default: nil
            }
        }
    }

    @Test func allThatTheFilterSelectsIsWrittenPageByPage() {
        var fixture = Fixture.loaded()
        fixture.press(.character("x"), .character("j"))
        #expect(steps(fixture.effects) == ["open jsonl changes-20261009T173434Z.jsonl"])
        fixture.send(.exportOpened(path: "./changes.jsonl"))
        #expect(fixture.asked.map(\.question) == [.changes(Filter(), at: .newest, limit: 500)])
        #expect(fixture.model.export?.progressText(in: .utc) == "exporting: 0 changes to ./changes.jsonl  (^C stops)")
        fixture.answer()
        #expect(steps(fixture.effects).dropFirst() == ["write [9998700, 9998701]", "write [10, 11]", "close"])
        #expect(fixture.model.notice?.text == "4 changes written to ./changes.jsonl")
        #expect(fixture.model.export == nil)
    }

    @Test func theFilterTheTransactionAndTheRowAreExported() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        fixture.type("table:orders")
        fixture.press(.enter)
        fixture.answer()
        #expect(fixture.model.exportTarget?.filter.description == "table:orders")
        fixture.press(.enter)
        #expect(fixture.model.exportTarget?.filter.description == "xid:999870 table:orders")
        #expect(fixture.model.exportTarget?.words == "the changes of tx 99987")
        fixture.press(.character("H"))
        fixture.answer()
        #expect(fixture.model.exportTarget?.fileName == "history-orders")
        fixture.press(.character("q"), .character("r"))
        fixture.answer()
        #expect(fixture.model.exportTarget == nil)
    }

    @Test func statementsAreReadFromTheOldestOn() {
        var fixture = Fixture.loaded()
        fixture.press(.character("x"), .character("s"))
        fixture.send(.exportOpened(path: "./changes.sql"))
        #expect(fixture.asked.map(\.question) == [.changes(Filter(), at: .oldest, limit: 500)])
    }

    @Test func anExportIsStoppedAndSaysWhatIsMissing() {
        var fixture = Fixture.loaded()
        fixture.press(.character("x"), .character("c"))
        fixture.send(.exportOpened(path: "./changes.csv"))
        fixture.press(.character("x"))
        #expect(fixture.model.notice?.text.hasPrefix("exporting: 0 changes") == true)
        fixture.press(.control("c"))
        #expect(fixture.model.notice?.text == "./changes.csv is incomplete, with 0 changes: stopped")
        #expect(steps(fixture.effects).last == "close")
        // The answer comes too late and is dropped.
        fixture.answer()
        #expect(steps(fixture.effects).last == "close")
    }

    @Test func aFailureOfTheFileOrOfTheServerEndsTheExport() {
        var fixture = Fixture.loaded()
        fixture.press(.character("x"), .character("p"))
        fixture.send(.exportFailed("cannot write ./changes.patch: Permission denied"))
        #expect(fixture.model.notice?.text == "the export: cannot write ./changes.patch: Permission denied")
        fixture.press(.character("x"), .character("p"))
        fixture.send(.exportOpened(path: "./changes.patch"))
        let id = fixture.asked[0].id
        fixture.send(.failed(id, Failure(message: "the server went away")))
        #expect(
            fixture.model.notice?.text == "./changes.patch is incomplete, with 0 changes: the server went away"
        )
    }

    @Test func theMenuSaysWhatGoesWhereAndIsLeftByAnyOtherKey() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.character("x"))
        try checkScreen(view(fixture.model), "exports")
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
        #expect(steps(fixture.effects).isEmpty)
        fixture.press(.character("2"), .character("x"))
        fixture.answer()
        #expect(fixture.model.exportTarget?.words == "the whole trail")
        fixture.press(.escape, .character("1"), .enter)
        fixture.answer()
        fixture.press(.character("A"))
        fixture.answer()
        fixture.press(.character("x"))
        #expect(fixture.model.notice?.text == "not in this view; q leads back")
    }

    @Test func theScriptOfAChangeIsMadeAndCopied() {
        var fixture = Fixture.loaded()
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.character("y"), .character("s"))
        fixture.answer()
        guard case .copy(let text)? = fixture.effects.last else {
            Issue.record("nothing was copied")
            return
        }
        #expect(text.hasPrefix("\\set ON_ERROR_STOP on\n-- audit-tui: revert of"))
        #expect(fixture.model.panes.isEmpty)
    }
}

/// Marks in the list.
@Suite struct MarkTests {
    @Test func marksAreSetFoundAndShownAlone() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.character("M"))
        #expect(fixture.model.notice?.text == "nothing is marked; m marks the transaction under the cursor")
        fixture.press(.character("m"), .down, .down, .character("m"), .up)
        #expect(fixture.model.marks == Set([0, 2].map { Fixture.transactions[$0].nativeID }))
        try checkScreen(view(fixture.model), "marks")
        fixture.press(.character("u"))
        #expect(fixture.model.list.selection == 2)
        fixture.press(.character("u"))
        #expect(fixture.model.notice?.text == "no mark below in what is loaded; M shows all that is marked")
        fixture.press(.character("U"))
        #expect(fixture.model.list.selection == 0)
        fixture.press(.character("U"))
        #expect(fixture.model.notice?.text == "no mark above in what is loaded; M shows all that is marked")
        fixture.press(.character("M"))
        fixture.answer()
        let ids = [0, 2].map { Fixture.transactions[$0].nativeID }
        #expect(fixture.model.filter == Filter([.term(.number(.nativeTransaction, .anyOf(ids)))]))
        fixture.press(.character("M"))
        fixture.answer()
        #expect(fixture.model.filter.isEmpty)
        fixture.press(.character("m"))
        #expect(fixture.model.marks.count == 1)
    }

    @Test func anEmptyListHasNothingToMark() {
        var fixture = Fixture.loaded(columns: 80, rows: 24, [])
        fixture.press(.character("m"))
        #expect(fixture.model.notice?.text == "there is no transaction under the cursor to mark")
    }
}

/// The export from the command line.
extension ExportTests {
    private func run(_ command: String, _ fixture: inout Fixture) -> String? {
        fixture.press(.character(":"))
        fixture.type(command)
        fixture.press(.enter)
        guard case .command(let prompt) = fixture.model.overlay else { return nil }
        return prompt.error
    }

    @Test func aCommandNamesTheFormatAndTheFile() {
        var fixture = Fixture.loaded()
        #expect(run("export csv of orders.csv", &fixture) == nil)
        #expect(fixture.effects.last == .openExport(.csv, name: "of orders.csv"))
        fixture.send(.exportFailed("no"))
        #expect(run("export", &fixture) == nil)
        guard case .exports = fixture.model.overlay else {
            Issue.record("no menu")
            return
        }
        fixture.press(.escape)
        #expect(run("export xml", &fixture) == "there is no format xml; there are jsonl, csv, patch, sql")
        fixture.press(.escape, .character("r"))
        fixture.answer()
        #expect(run("export csv", &fixture) == "there is nothing here to export")
    }
}

import AuditTrail
import JSON
import Screen
import Testing

@testable import Browser
@testable import InstallPicker

/// What the browser says where it cannot show what was asked for.
@Suite struct FailureTests {
    private static let failure = Failure(message: "permission denied")

    /// A browser on the changes of a transaction, after keys of which the last has led to a question that is not answered.
    private func asking(_ keys: Key..., columns: Int = 80) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        for (index, key) in keys.enumerated() {
            if index > 0 { fixture.answer() }
            fixture.press(key)
        }
        return fixture
    }

    private func expect(_ text: String, in fixture: Fixture) {
        let screen = view(fixture.model).text()
        #expect(screen.contains(text), "\(screen)")
    }

    private func expectFailure(_ fixture: Fixture) throws {
        var fixture = fixture
        let id = try #require(fixture.asked.last?.id)
        fixture.send(.failed(id, Self.failure))
        expect("✘ permission denied", in: fixture)
        #expect(fixture.model.panes.isEmpty ? fixture.model.notice == Notice(.error, "permission denied") : true)
    }

    @Test func whatTheServerRefusesIsSaidWhereItWouldStand() throws {
        var list = Fixture(columns: 80, rows: 24)
        list.send(.connection(.ready(database: "shop", host: "")))
        try expectFailure(list)
        var detail = Fixture.loaded(columns: 80, rows: 24)
        detail.press(.enter)
        try expectFailure(detail)
        var picker = Fixture.loaded(columns: 80, rows: 24)
        picker.press(.character("t"))
        try expectFailure(picker)
        try expectFailure(asking(.character("H")))
        try expectFailure(asking(.character("H"), .down, .character("A")))
        try expectFailure(asking(.character("r")))
    }

    @Test func aListThatCannotBeReadOnSaysSoBelowItsLastRow() throws {
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        let first = try #require(fixture.asked.first?.id)
        let rows = Array(Fixture.transactions.prefix(2))
        let next = rows.last?.position(in: .native)
        fixture.send(.answered(first, .transactions(TransactionPage(transactions: rows, order: .native, next: next))))
        let older = try #require(fixture.asked.last { if case .transactions = $0.question { true } else { false } })
        fixture.send(.failed(older.id, Self.failure))
        let lines = view(fixture.model).text().split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix(" ✘ permission denied") }, "\(lines)")
    }

    @Test func aTrailWithoutChangesHasNoHistogram() throws {
        var fixture = Fixture(columns: 120, rows: 35)
        fixture.send(.connection(.ready(database: "shop", host: "")))
        for (question, id) in fixture.asked {
            fixture.forget(id)
            if case .transactions = question {
                fixture.send(
                    .answered(id, .transactions(TransactionPage(transactions: [], order: .native, next: nil)))
                )
            }
        }
        let id = try #require(fixture.askedHistograms.last?.id)
        fixture.send(.answered(id, .histogram(nil)))
        expect("histogram: no changes have been recorded yet", in: fixture)
    }

    @Test func aRowThatWasNotThereOrOfWhichNothingIsKnownIsSaidToBe() throws {
        for (existence, words) in [
            (RowAtTime.Existence.absent, "there was no such row"),
            (.unknown, "the trail cannot tell whether there was such a row"),
        ] {
            var fixture = asking(.character("H"), .down, .character("A"))
            let id = try #require(fixture.asked.last?.id)
            var row = Fixture.row(at: Fixture.now)
            row.existence = existence
            fixture.send(.answered(id, .row(row)))
            expect(words, in: fixture)
        }
    }

    @Test func aHistoryThatEndsOtherwiseThanRecordedOrInTheDarkIsSaidTo() throws {
        let found = Fixture.history
        for (live, words) in [
            (
                RowHistory.Live.unknown("the table is gone"),
                ["4 versions · the table is gone", "now  the table is gone"]
            ),
            (.absent, ["live row differs ✘", "! now  GAP: the row is gone, and nothing recorded says how"]),
        ] {
            var fixture = asking(.character("H"), columns: 120)
            let id = try #require(fixture.asked.last?.id)
            let changes = found.versions.map(\.change)
            fixture.send(
                .answered(
                    id,
                    .history(
                        RowHistory(of: found.shape, key: found.key, changes: changes, live: live, isComplete: true)
                    )
                )
            )
            fixture.press(.down)
            for text in words { expect(text, in: fixture) }
        }
    }

    @Test func whatIsNotToBeFoundOrIsHiddenIsSaidToBe() throws {
        var search = Fixture.loaded()
        search.press(.character("/"))
        search.type("nosuch")
        search.press(.enter)
        search.press(.character("n"))
        #expect(search.model.notice == Notice(.warning, "not found in what is loaded: nosuch"))
        var going = Fixture.loaded()
        going.press(.character("f"))
        going.type("actor:alice")
        going.press(.enter)
        let id = try #require(going.asked.last?.id)
        let page = Array(Fixture.transactions.prefix(1))
        going.send(.answered(id, .transactions(TransactionPage(transactions: page, order: .transaction, next: nil))))
        going.answer()
        going.press(.character("@"))
        going.type("xid:999700")
        going.press(.enter)
        let lookup = try #require(going.asked.last?.id)
        let rowless = Fixture.transactions.filter { $0.id == nil }
        going.send(.answered(lookup, .transactions(TransactionPage(transactions: rowless, order: .native, next: nil))))
        #expect(going.model.notice == Notice(.warning, "the filter hides it: it has no transaction row"))
    }

    @Test func aSecondExportWaitsForTheFirst() {
        var fixture = Fixture.loaded()
        fixture.press(.character("x"), .character("j"))
        fixture.send(.exportOpened(path: "./changes.jsonl"))
        fixture.press(.character(":"))
        fixture.type("export csv")
        fixture.press(.enter)
        #expect(
            fixture.model.notice == Notice(.warning, "exporting: 0 changes to ./changes.jsonl  (^C stops)")
        )
    }

    @Test func aPickerOfTablesNeedsRoom() {
        let picker = TableChoice(database: "shop", auditSchema: "audit", items: [], size: Size(columns: 10, rows: 3))
        #expect(view(picker).text().contains("too small"))
    }
}

import AuditTrail
import Screen
import Testing

@testable import Browser

/// The views over the transactions: the life of a row, a row as it was, and the preview of a revert.
@Suite struct PaneTests {
    private func opened(_ keys: Key..., columns: Int = 80, rows: Int = 24) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.press(.enter)
        fixture.answer()
        for key in keys {
            fixture.send(.key(key))
            fixture.answer()
        }
        return fixture
    }

    private func history(of fixture: Fixture) throws -> HistoryPane {
        guard case .history(let pane)? = fixture.model.panes.last else { throw Missing() }
        return pane
    }

    private struct Missing: Error {}

    @Test func anyTwoVersionsAreComparedAndTheLowerPartHasItsOwnCursor() throws {
        var fixture = opened(.character("H"), .down, .down, .down, .down, .character("v"), .up, .up)
        var pane = try history(of: fixture)
        #expect(pane.base == 4)
        #expect(pane.diff?.before == pane.row(at: 4))
        #expect(pane.diff?.after == pane.row(at: 2))
        try checkScreen(view(fixture.model), "history-compare")
        fixture.press(.tab, .down)
        pane = try history(of: fixture)
        #expect(pane.versions.line == 2 && pane.lowerScroll.line == 1)
        fixture.press(.tab, .character("v"), .character("v"))
        #expect(try history(of: fixture).base == nil)
    }

    @Test func theRowAsItIsNowIsComparedInWhatIsRecorded() throws {
        let pane = try history(of: opened(.character("H")))
        #expect(pane.diff?.after?["secret"] == nil)
        #expect(pane.diff?.before == pane.diff?.after)
    }

    @Test func viewsAreLeftOneByOne() throws {
        var fixture = opened(.character("H"), .down, .down, .character("A"))
        #expect(fixture.model.panes.count == 2)
        fixture.press(.character("q"))
        #expect(fixture.model.panes.count == 1)
        fixture.press(.escape)
        #expect(fixture.model.panes.isEmpty && fixture.model.focus == .detail)
        fixture.press(.character("H"), .character("2"))
        #expect(fixture.model.panes.isEmpty && fixture.model.overview?.subject == .tables)
    }

    @Test func aVersionLeadsToItsTransaction() throws {
        var fixture = opened(.character("H"), .down)
        fixture.press(.enter)
        #expect(fixture.model.panes.isEmpty)
        guard case .transactions(let filter, _, _)? = fixture.asked.last?.question else { throw Missing() }
        #expect(filter.description == "xid:5004")
        var now = opened(.character("H"))
        now.press(.enter)
        #expect(now.model.notice?.text == "this is the row as it is now; the versions below have transactions")
    }

    @Test func aRevertIsOfTheTransactionTheChangeOrWhatCameAfterAVersion() throws {
        var list = Fixture.loaded()
        list.press(.character("r"))
        #expect(try request(of: list).filter.description == "xid:999870")
        #expect(try request(of: opened(.character("r"))).filter.description.hasPrefix("id:"))
        #expect(
            try request(of: opened(.character("H"), .down, .down, .down, .character("r"))).filter.description
                == "id:4,3"
        )
        var newest = opened(.character("H"), .down)
        newest.press(.character("r"))
        #expect(newest.model.notice?.text == "choose the version to go back to")
    }

    private func request(of fixture: Fixture) throws -> RevertRequest {
        guard case .revert(let pane)? = fixture.model.panes.last else { throw Missing() }
        return pane.request
    }

    @Test func theScriptIsWrittenCopiedAndMadeAnewWithoutGuardsForAll() throws {
        var fixture = opened(.character("r"))
        fixture.press(.character("w"), .character("y"))
        let text = (["\\set ON_ERROR_STOP on", script.head] + script.statements.map { $0.sql + "\n" } + [script.foot])
            .joined(separator: "\n")
        #expect(fixture.effects.suffix(2) == [.save(text, name: "revert-activity9998700.sql"), .copy(text)])
        fixture.send(.told(Notice(.info, "written")))
        #expect(fixture.model.notice?.text == "written")
        fixture.press(.character("c"))
        #expect(try request(of: fixture).isPartial)
        fixture.answer()
        #expect(view(fixture.model).text().contains("skips what changed since"))
    }

    private var script: RevertScript { Fixture.script(RevertRequest(filter: Filter())) }

    @Test func whatCannotBeAskedIsSaid() throws {
        var fixture = Fixture(columns: 80, rows: 24)
        fixture.press(.character("H"))
        #expect(fixture.model.notice?.text == "the changes are not loaded yet; Enter opens them")
        var failing = opened(.character("H"))
        failing.press(.character("R"))
        let id = try #require(failing.asked.last?.id)
        failing.send(.answered(id, .unanswerable("table public.t has no primary key")))
        #expect(try history(of: failing).history == .failed(Failure(message: "table public.t has no primary key")))
        failing.press(.character("t"))
        #expect(failing.model.notice?.text == "not in this view; q leads back")
    }
}

/// What is known of tables as they are now.
@Suite struct ShapeTests {
    @Test func aTableIsAskedForOnceAndColumnsThatItHasNoMoreAreMarked() {
        var fixture = Fixture.loaded()
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.down, .down)
        let asked = fixture.effects.filter { if case .ask(.shape, _) = $0 { true } else { false } }
        #expect(asked.count == 1)
        #expect(!view(fixture.model).text().contains("not in the table any more"))
        var shape = Fixture.ordersShape
        shape.columns.removeAll { $0.name == "status" }
        fixture.send(.answered(RequestID(0), .shape(Fixture.orders, shape)))
        #expect(view(fixture.model).text().contains("not in the table any more"))
        #expect(fixture.model.detail.diff?.lines.contains { $0.path == "status" && $0.isGone } == true)
        fixture.press(.character("R"))
        fixture.answer()
        #expect(fixture.effects.filter { if case .ask(.shape, _) = $0 { true } else { false } }.count == 2)
    }
}

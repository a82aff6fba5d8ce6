import AuditTrail
import Screen
import Testing

@testable import Browser

/// Running a revert and taking it back, in its preview.
@Suite struct DryRunTests {
    private func opened(isAllowed: Bool = true) -> Fixture {
        var fixture = Fixture.loaded()
        fixture.model.isDryRunAllowed = isAllowed
        fixture.press(.character("r"))
        fixture.answer()
        return fixture
    }

    private struct NoDryRun: Error {}

    /// The number of the dry run that was begun last.
    private func begun(_ fixture: Fixture) throws -> RequestID {
        guard case .dryRun(_, let id)? = fixture.effects.last else { throw NoDryRun() }
        return id
    }

    private func lines(of fixture: Fixture) -> [String] {
        view(fixture.model).text().split(separator: "\n").map { line in
            String(String(line.reversed()).drop { $0 == " " }.reversed())
        }
    }

    @Test func itIsBegunOnlyWhereItIsAllowed() {
        var fixture = opened(isAllowed: false)
        let count = fixture.effects.count
        fixture.press(.character("d"))
        #expect(fixture.effects.count == count)
        #expect(
            fixture.model.notice?.text
                == "a dry run locks rows and fires triggers until it is rolled back; --allow-dry-run allows it"
        )
    }

    @Test func whatCameOfItStandsAboveTheStatements() throws {
        var fixture = opened()
        fixture.press(.character("d"))
        let id = try begun(fixture)
        #expect(lines(of: fixture)[3] == " dry run: running; the rows are locked until it is rolled back")
        let count = fixture.effects.count
        fixture.press(.character("d"))
        #expect(fixture.effects.count == count, "one at a time")
        fixture.send(.dryRun(id, DryRun(notices: ["warning: skipped: row 4"], otherNotices: 2000, milliseconds: 1234)))
        #expect(
            lines(of: fixture)[3...5] == [
                " ✔ dry run: all 4 statements were run, and rolled back after 1,234 ms", "   warning: skipped: row 4",
                "   2,000 notices are not shown",
            ]
        )
        fixture.press(.character("c"))
        fixture.answer()
        #expect(!view(fixture.model).text().contains("dry run:"))
    }

    @Test func theStatementThatFailedIsNamed() throws {
        var fixture = opened()
        fixture.press(.character("d"))
        let failure = DryRun.Failure(statement: 2, message: "violates a check", sqlState: "23514")
        fixture.send(.dryRun(try begun(fixture), DryRun(failure: failure, milliseconds: 7)))
        #expect(
            lines(of: fixture)[3...4] == [
                " ✘ dry run: failed at statement 3 of 4, and rolled back after 7 ms", "   violates a check",
            ]
        )
        #expect(fixture.model.notice?.severity == .error)
    }

    @Test func wordsThatMayHoldMaskedValuesAreNotShown() {
        var script = Fixture.script(RevertRequest(filter: Filter()))
        let failure = DryRun.Failure(statement: 2, message: "Key (email)=(a@b)", sqlState: "23505")
        let run = DryRun(notices: ["notice: a@b"], failure: failure)
        #expect(script.shown(run) == run)
        script.holdsMaskedValues = true
        let shown = script.shown(run)
        #expect(shown.notices.isEmpty && shown.otherNotices == 1)
        #expect(shown.failure?.message == "SQLSTATE 23505; the rest may hold masked values")
    }

    @Test func onlyStatementsThatAnswerAreCounted() {
        var script = Fixture.script(RevertRequest(filter: Filter()))
        script.statements[1].answers = 0
        script.statements[2].answers = 3
        #expect((0...5).map(script.statement(behind:)) == [0, 2, 2, 2, 3, nil])
        #expect(script.trial.hasSuffix("set constraints all immediate;\nrollback;"))
    }

    @Test func whoLeavesAwaitsItNoMore() throws {
        var fixture = opened()
        fixture.press(.character("d"))
        let id = try begun(fixture)
        #expect(fixture.model.awaitedDryRun == id && fixture.model.isWaiting)
        fixture.press(.character("<"))
        #expect(fixture.model.awaitedDryRun == nil)
        fixture.press(.character(">"))
        #expect(fixture.model.awaitedDryRun == nil && !view(fixture.model).text().contains("dry run:"))
        fixture.send(.dryRun(id, DryRun()))
        #expect(!view(fixture.model).text().contains("dry run:"))
    }

    @Test func itCanBeCancelled() {
        var fixture = opened()
        fixture.press(.character("d"), .control("c"))
        #expect(fixture.effects.last == .cancel)
    }
}

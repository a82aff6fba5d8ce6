import Testing

@testable import AuditSetup

/// Keys followed from step to step, in whatever order a transaction's steps were recorded.
@Suite struct GapChainTests {
    /// A step on one key: the activity's id, its transaction, the rows before and after; 0 stands for no row.
    private func step(_ id: Int64, _ transaction: Int64, _ before: Int64, _ after: Int64, epoch: Int = 0) -> GapStep {
        GapStep(
            key: "k",
            source: .activity(Gap.Side(activity: id, time: ""), transaction: transaction),
            epoch: epoch,
            before: before == 0 ? nil : before,
            after: after == 0 ? nil : after
        )
    }

    private func live(_ row: Int64, epoch: Int = 0) -> GapStep {
        let place = RowPlace(relation: "1", tuple: "(0,1)")
        return GapStep(key: "k", source: .table(place), epoch: epoch, before: row, after: nil)
    }

    /// The suspects as `change after-before`.
    private func suspects(_ steps: [GapStep], truncates: [Int64] = []) -> [String] {
        var chain = GapChain(truncates: truncates.map { Gap.Side(activity: $0, time: "") })
        let found = steps.flatMap { chain.take($0) } + chain.finish()
        return found.map { suspect in
            "\(suspect.change.rawValue) \(suspect.after.activity)-"
                + (suspect.before.map { String($0.activity) } ?? (suspect.place == nil ? "none" : "live"))
        }
    }

    @Test func whatContinuesIsNoGap() {
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 7, 8), live(8)]) == [])
        #expect(suspects([step(1, 1, 7, 8), step(2, 2, 8, 0)]) == [])
        #expect(suspects([live(8)]) == [])
    }

    @Test func whatDoesNotContinueIsOneOfThreeChanges() {
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 8, 9), live(5)]) == ["update 1-2", "update 2-live"])
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 0, 9)]) == ["delete 1-2", "delete 2-none"])
        #expect(suspects([step(1, 1, 7, 0), step(2, 2, 8, 0), live(5)]) == ["insert 1-2", "insert 2-live"])
    }

    @Test func aTransactionMayBeRecordedInAnotherOrder() {
        // A trigger updates the row before its insertion is recorded.
        #expect(suspects([step(1, 1, 7, 8), step(2, 1, 0, 7), live(8)]) == [])
        // Two rows exchange their keys: here comes one before the other has gone.
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 0, 8), step(3, 2, 7, 0), live(8)]) == [])
        // There and back again.
        #expect(suspects([step(1, 1, 7, 8), step(2, 1, 8, 7), step(3, 2, 7, 0)]) == [])
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 8, 9), step(3, 2, 7, 8), step(4, 2, 9, 7), live(7)]) == [])
    }

    @Test func aKeyMayGoToARowThatIsTheSame() {
        // Recorded as if the row had come and gone, while one went and its like came.
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 0, 7), step(3, 2, 7, 0), live(7)]) == [])
    }

    @Test func aGapInsideATransactionIsFound() {
        #expect(suspects([step(1, 1, 7, 8), step(2, 1, 9, 10), live(10)]) == ["update 1-2"])
        // Another order would fit, but not with what was there before.
        #expect(suspects([step(1, 1, 0, 7), step(2, 2, 7, 8), step(3, 2, 9, 7), live(7)]) == ["update 2-3"])
        // A round trip apart from the rest is no way.
        #expect(
            suspects([step(1, 1, 7, 8), step(2, 1, 5, 6), step(3, 1, 6, 5), live(8)]) == [
                "update 1-2", "update 3-live",
            ]
        )
    }

    @Test func aTruncateLeavesNoRow() {
        #expect(suspects([step(1, 1, 0, 7), step(3, 3, 0, 8, epoch: 1), live(8, epoch: 1)], truncates: [2]) == [])
        #expect(suspects([step(1, 1, 0, 7)], truncates: [2]) == [])
        #expect(suspects([step(1, 1, 0, 7), live(7, epoch: 1)], truncates: [2]) == ["insert 2-live"])
        #expect(suspects([step(3, 3, 7, 0, epoch: 1)], truncates: [2]) == ["insert 2-3"])
        #expect(suspects([live(7, epoch: 1)], truncates: [2]) == ["insert 2-live"])
        // Within one transaction.
        #expect(suspects([step(1, 1, 0, 7), step(3, 1, 0, 7, epoch: 1), live(7, epoch: 1)], truncates: [2]) == [])
    }

    @Test func keysDoNotMix() {
        var other = step(2, 2, 0, 9)
        other.key = "l"
        #expect(suspects([step(1, 1, 0, 7), other]) == ["delete 1-none", "delete 2-none"])
    }
}

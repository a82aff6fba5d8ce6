import AuditTrail
import Browser
import Screen
import Testing

@Suite struct PreviewPaceTests {
    private let model = Model(size: Size(columns: 120, rows: 35), now: Timestamp(microseconds: 0))

    private func question(_ id: Int64) -> Question {
        let transaction = Transaction(
            nativeID: id,
            id: id,
            actor: nil,
            clientAddress: nil,
            issuedAt: nil,
            counts: VerbCounts(),
            tables: [],
            samples: [],
            firstActivityID: id
        )
        return .activities(ActivityScope(of: transaction, filter: Filter()), after: 0, limit: 200)
    }

    @Test func ofAKeyThatIsHeldDownEveryFourthIsAskedForAtOnceOrLater() {
        var pace = PreviewPace()
        let start = ContinuousClock.now
        var asked: [Int] = []
        for press in 0..<30 {
            let now = start + .milliseconds(33 * press)
            if let due = pace.due, due <= now, let held = pace.release(at: now) { asked.append(held.id.number) }
            if pace.admits(question(Int64(press)), RequestID(press), of: model, at: now) { asked.append(press) }
        }
        // The pause ends between two presses: the one before the end is asked for.
        #expect(asked == [0, 3, 7, 11, 15, 19, 23, 27])
        let last = pace.release(at: start + .seconds(1))
        #expect(last?.id.number == 29)
        #expect(pace.due == nil)
    }

    @Test func aKeyForItselfIsAnsweredAtOnceAndTheLastOneInAnyCase() {
        var pace = PreviewPace()
        let start = ContinuousClock.now
        let first = pace.admits(question(1), RequestID(1), of: model, at: start)
        #expect(first && pace.due == nil)
        let none = pace.release(at: start)
        #expect(none == nil)
        let second = pace.admits(question(2), RequestID(2), of: model, at: start + .milliseconds(20))
        let third = pace.admits(question(3), RequestID(3), of: model, at: start + .milliseconds(40))
        #expect(!second && !third && pace.due == start + .milliseconds(100))
        let held = pace.release(at: start + .milliseconds(100))
        #expect(held?.id.number == 3)
        let fourth = pace.admits(question(4), RequestID(4), of: model, at: start + .milliseconds(200))
        #expect(fourth)
    }

    @Test func whatIsNoPreviewNeverWaits() {
        var pace = PreviewPace()
        let start = ContinuousClock.now
        var changes = model
        changes.focus = .detail
        for number in 1...3 {
            let isAsked = pace.admits(.activity(id: 1), RequestID(number), of: model, at: start)
            let isLookedAt = pace.admits(question(1), RequestID(number), of: changes, at: start)
            #expect(isAsked && isLookedAt)
        }
        #expect(pace.due == nil)
    }

    @Test func whatWaitsIsAskedForWhenItsTimeComesOrNothingElseIsLookedAt() {
        var pace = PreviewPace()
        let start = ContinuousClock.now
        #expect(!pace.isDue(for: model, at: start) && pace.due(for: model) == nil)
        for number in 1...2 { _ = pace.admits(question(1), RequestID(number), of: model, at: start) }
        var changes = model
        changes.focus = .detail
        #expect(!pace.isDue(for: model, at: start) && pace.isDue(for: changes, at: start))
        let end = start + .milliseconds(100)
        #expect(pace.isDue(for: model, at: end) && pace.due(for: model) == end)
    }
}

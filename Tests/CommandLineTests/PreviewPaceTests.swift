import AuditTrail
import Browser
import Testing

@testable import audit_tui

@Suite struct PreviewPaceTests {
    private func question(_ id: Int64) -> Question { .activity(id: id) }

    @Test func ofAKeyThatIsHeldDownEveryFourthIsAskedForAtOnceOrLater() {
        var pace = PreviewPace()
        let start = ContinuousClock.now
        var asked: [Int] = []
        for press in 0..<30 {
            let now = start + .milliseconds(33 * press)
            if let due = pace.due, due <= now, let held = pace.release(at: now) { asked.append(held.id.number) }
            if pace.admits(question(Int64(press)), RequestID(press), at: now) { asked.append(press) }
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
        let first = pace.admits(question(1), RequestID(1), at: start)
        #expect(first && pace.due == nil)
        let none = pace.release(at: start)
        #expect(none == nil)
        let second = pace.admits(question(2), RequestID(2), at: start + .milliseconds(20))
        let third = pace.admits(question(3), RequestID(3), at: start + .milliseconds(40))
        #expect(!second && !third && pace.due == start + .milliseconds(100))
        let held = pace.release(at: start + .milliseconds(100))
        #expect(held?.id.number == 3)
        let fourth = pace.admits(question(4), RequestID(4), at: start + .milliseconds(200))
        #expect(fourth)
    }
}

import AuditTrail
import Browser

/// Has the changes below the list asked for ten times a second at most.
///
/// A key that is held down passes thirty transactions a second: their changes would cost the server and the line to the
/// terminal more than the list does, and nobody could read them. One key at a time is answered at once.
struct PreviewPace {
    /// A pause that nobody notices where a key is pressed for itself.
    private static let interval = Duration.milliseconds(100)

    private var pauseEnd: ContinuousClock.Instant?
    private var held: (question: Question, id: RequestID)?

    /// When the question that waits is to be asked; nil when none waits.
    var due: ContinuousClock.Instant? { held == nil ? nil : pauseEnd }

    /// Whether the question is to be asked now; otherwise it waits, in the place of one that waited before.
    mutating func admits(_ question: Question, _ id: RequestID, at now: ContinuousClock.Instant) -> Bool {
        if let pauseEnd, now < pauseEnd {
            held = (question, id)
            return false
        }
        begin(at: now)
        return true
    }

    /// The question that waits, which is asked now.
    mutating func release(at now: ContinuousClock.Instant) -> (question: Question, id: RequestID)? {
        guard let question = held else { return nil }
        begin(at: now)
        return question
    }

    private mutating func begin(at now: ContinuousClock.Instant) {
        held = nil
        pauseEnd = now + Self.interval
    }
}

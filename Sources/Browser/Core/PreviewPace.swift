import AuditTrail

/// Has the changes below the list asked for ten times a second at most.
///
/// A key that is held down passes thirty transactions a second: their changes would cost the server and the line to the
/// terminal more than the list does, and nobody could read them. One key at a time is answered at once. What was shown before
/// stays on screen as long as a pause lasts.
public struct PreviewPace: Sendable {
    /// A pause that nobody notices where a key is pressed for itself.
    private static let interval = Duration.milliseconds(100)

    private var pauseEnd: ContinuousClock.Instant?
    private var held: (question: Question, id: RequestID)?
    /// Until when the changes that were looked at before may stay on screen.
    private var patienceEnd: ContinuousClock.Instant?

    /// Nothing has been asked for.
    public init() {}

    /// When the question that waits is to be asked; nil when none waits.
    public var due: ContinuousClock.Instant? { held == nil ? nil : pauseEnd }

    /// When there is something to be done for the model; nil when there is not.
    public func due(for model: Model) -> ContinuousClock.Instant? { due ?? (model.isHoldingDetail ? patienceEnd : nil) }

    /// Whether the question that waits is to be asked: its time has come, or somebody looks at nothing else.
    public func isDue(for model: Model, at now: ContinuousClock.Instant) -> Bool {
        due.map { $0 <= now || model.focus == .detail } ?? false
    }

    /// Whether the changes that were looked at before have been on screen for long enough.
    public func isPatienceOver(for model: Model, at now: ContinuousClock.Instant) -> Bool {
        model.isHoldingDetail && due == nil && patienceEnd.map { now >= $0 } ?? true
    }

    /// Takes in that the page has been asked for something.
    public mutating func ask(at now: ContinuousClock.Instant) { patienceEnd = now + Self.interval }

    /// Whether the question is to be asked now; otherwise it waits, in the place of one that waited before.
    ///
    /// Only the pane below the list waits, while the cursor goes through the list.
    public mutating func admits(
        _ question: Question,
        _ id: RequestID,
        of model: Model,
        at now: ContinuousClock.Instant
    ) -> Bool {
        guard case .activities = question, model.focus == .list else { return true }
        if let pauseEnd, now < pauseEnd {
            held = (question, id)
            return false
        }
        begin(at: now)
        return true
    }

    /// The question that waits, which is asked now.
    public mutating func release(at now: ContinuousClock.Instant) -> (question: Question, id: RequestID)? {
        guard let question = held else { return nil }
        begin(at: now)
        return question
    }

    private mutating func begin(at now: ContinuousClock.Instant) {
        held = nil
        pauseEnd = now + Self.interval
    }
}

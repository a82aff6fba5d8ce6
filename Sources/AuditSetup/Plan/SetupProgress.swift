/// How far a plan has been applied: which of its steps begins now.
public struct SetupProgress: Equatable, Sendable {
    /// The place of the step, 1 for the first.
    public var position: Int
    /// The number of steps of the plan.
    public var count: Int
    /// What is done now, beginning with a verb: `audit public.orders`.
    public var step: String

    /// How much of it is done, 0 to 100; nil when nobody counts.
    public var percent: Int?

    /// A step at its place.
    public init(position: Int, count: Int, step: String) {
        self.position = position
        self.count = count
        self.step = step
    }
}

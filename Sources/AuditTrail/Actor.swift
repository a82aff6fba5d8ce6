/// Who a transaction says it was made by.
public struct Actor: Hashable, Sendable {
    /// The key of the actor, as text.
    public var id: String
    /// What people call the actor; nil when there is no actor table, no such row or no right to read it.
    public var label: String?

    /// An actor by key and label.
    public init(id: String, label: String? = nil) {
        self.id = id
        self.label = label
    }

    /// The label, or `#id` without one.
    public var displayName: String { label ?? "#\(id)" }
}

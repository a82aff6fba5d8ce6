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

    /// The label, or `#id` without one; the beginning of what is longer than names are.
    ///
    /// Whoever may write the actor table, or name oneself, could else have every frame take seconds.
    public var displayName: String {
        let name = label ?? "#\(id)"
        guard name.utf8.count > Self.longestName else { return name }
        var end = name.utf8.index(name.startIndex, offsetBy: Self.longestName)
        while end > name.startIndex, UTF8.isContinuation(name.utf8[end]) { end = name.utf8.index(before: end) }
        return String(name[..<end]) + "…"
    }

    /// Bytes of UTF-8.
    private static let longestName = 1000
}

/// What is to be taken back, and how.
public struct RevertRequest: Equatable, Sendable {
    /// Which changes.
    public var filter: Filter
    /// Whether columns and rows that were changed since are skipped rather than ending the whole.
    public var isPartial: Bool
    /// Whether the tables are asked what would become of each statement.
    public var isChecked: Bool
    /// How many bytes the row before or after a change may have where it has to be fetched as a whole; nil for any number.
    ///
    /// Large values are not fetched unless something depends on how they are written. Who waits for the answer at a screen does
    /// so for seconds where a row holds tens of megabytes.
    public var mostBytes: Int?

    /// A request from its parts.
    public init(filter: Filter, isPartial: Bool = false, isChecked: Bool = false, mostBytes: Int? = nil) {
        self.filter = filter
        self.isPartial = isPartial
        self.isChecked = isChecked
        self.mostBytes = mostBytes
    }

    /// What the changes are, in words: the transaction with its actor and time, or the filter.
    public func title(_ changes: [AttributedActivity]) -> String {
        let transactions = Set(changes.map(\.activity.nativeTransactionID))
        guard transactions.count == 1, let first = changes.last else {
            return "\(changes.count) changes of \(transactions.count) transactions, filter \(filter.description)"
        }
        let name =
            first.activity.transactionID.map { "transaction \($0)" } ?? "xid \(first.activity.nativeTransactionID)"
        let actor = first.actor?.displayName ?? "unknown actor"
        return "\(name) by \(actor), \(first.activity.issuedAt?.iso8601 ?? "unknown time")"
    }
}

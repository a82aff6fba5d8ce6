import JSON

/// One change in the life of a row, with the row before and after it.
public struct RowVersion: Equatable, Sendable {
    /// What is between this version and the one before it that the trail does not hold.
    public enum Gap: Equatable, Sendable {
        /// The row was there when this version began, though the version before had removed it, or the trail's first had not made it.
        case appeared
        /// The row was gone when this version began, though the version before had left it.
        case vanished
        /// These columns held something else when this version began than the version before had left in them.
        case columns([String])
    }

    /// 1 for the oldest version of the row; nil when older ones have not been read.
    public var number: Int?
    /// The change and who made it.
    public var change: AttributedActivity
    /// What was written to the row outside the trail before this version.
    public var gap: Gap?

    /// A version from its parts.
    public init(number: Int?, change: AttributedActivity, gap: Gap? = nil) {
        self.number = number
        self.change = change
        self.gap = gap
    }

    /// The row before the change; nil when there was none.
    public var before: JSON? { change.activity.rowBefore }
    /// The row after the change; nil when there is none.
    public var after: JSON? { change.activity.rowAfter }

    /// The columns that an update changed, in the order of the stored object; empty for other verbs.
    public var changedColumns: [String] {
        change.activity.verb == .update ? change.activity.changedData?.members?.map(\.name) ?? [] : []
    }
}

extension Activity {
    /// The whole row before the change; nil when there was none, or when it was not fetched.
    public var rowBefore: JSON? {
        verb == .insert || verb == .truncate ? nil : oldData
    }

    /// The whole row after the change; nil when there is none, or when it was not fetched.
    public var rowAfter: JSON? {
        switch verb {
        case .insert: changedData
        case .update, .other: oldData.flatMap { old in changedData.map { old.replacing($0) } }
        case .delete, .truncate: nil
        }
    }

    /// The key of the row after the change, for a table with these key columns; nil when there is none.
    public func keyAfter(_ keyColumns: [String]) -> RowKey? { rowAfter?.key(keyColumns) }
}

extension JSON {
    /// The object with the members of another in the place of its own.
    public func replacing(_ other: JSON) -> JSON {
        guard let members, let others = other.members else { return other }
        var values = Dictionary(others.map { ($0.name, $0.value) }) { _, last in last }
        let kept = members.map { Member($0.name, values.removeValue(forKey: $0.name) ?? $0.value) }
        return .object(kept + others.filter { values[$0.name] != nil })
    }

    /// The members of these names in their order; nil when there are no names, or when one is missing or null.
    public func key(_ columns: [String]) -> RowKey? {
        let key = columns.compactMap { name in self[name].map { Member(name, $0) } }
        return key.isEmpty || key.count != columns.count || key.contains { $0.value == .null } ? nil : key
    }
}

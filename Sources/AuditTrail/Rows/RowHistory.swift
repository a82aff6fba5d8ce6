import JSON

/// The life of one row as the trail tells it, and the row as it is now.
public struct RowHistory: Equatable, Sendable {
    /// The row in the table now.
    public enum Live: Equatable, Sendable {
        /// The row is there.
        case row(JSON)
        /// There is no row of this key.
        case absent
        /// Nobody can tell, because the table is gone or may not be read; the reason in words.
        case unknown(String)
    }

    /// The table as it is now; what the trail knows of it when it is gone.
    public var shape: TableShape
    /// The key by which the row is known now, or was last.
    public var key: RowKey
    /// The changes, newest first.
    public var versions: [RowVersion]
    /// The row in the table.
    public var live: Live
    /// What was written to the row outside the trail since the newest version.
    public var endGap: RowVersion.Gap?
    /// Whether the versions go back to the beginning of the trail.
    public var isComplete: Bool

    /// A history from the changes, newest first, and the row as it is now; finds the gaps and numbers the versions.
    public init(
        of shape: TableShape,
        key: RowKey,
        changes: [AttributedActivity],
        live: Live,
        isComplete: Bool
    ) {
        self.shape = shape
        self.key = key
        self.live = RowHistory.recorded(live, shape, changes)
        self.isComplete = isComplete
        versions = changes.enumerated().map { index, change in
            RowVersion(number: isComplete ? changes.count - index : nil, change: change)
        }
        for index in versions.indices.dropLast() {
            let (newer, older) = (versions[index].change.activity, versions[index + 1].change.activity)
            // The statement that empties a table does not say which rows were there.
            guard newer.verb != .truncate else { continue }
            versions[index].gap = gap(from: RowHistory.left(by: older, at: newer, shape), to: newer.rowBefore)
        }
        guard let newest = versions.first else { return }
        let left = newest.change.activity.rowAfter
        switch self.live {
        case .row(let row): endGap = gap(from: left, to: row)
        case .absent: endGap = gap(from: left, to: nil)
        case .unknown: break
        }
    }

    /// The row as it is now without what capture leaves out.
    ///
    /// Of a table without a capture trigger nobody knows what that was: only what the trail has of the row is kept then.
    private static func recorded(_ live: Live, _ shape: TableShape, _ changes: [AttributedActivity]) -> Live {
        guard case .row(let row) = live else { return live }
        guard shape.excludedColumns == nil else { return .row(shape.recorded(row)) }
        let known = changes.lazy.compactMap { $0.activity.rowAfter ?? $0.activity.rowBefore }.first
        let names = Set((known?.members?.map(\.name) ?? []) + shape.keyColumns)
        return .row(.object((row.members ?? []).filter { names.contains($0.name) }))
    }

    /// What a change left under the key that the next one found: nothing, when it moved the row to another.
    private static func left(by older: Activity, at newer: Activity, _ shape: TableShape) -> JSON? {
        guard let row = older.rowAfter else { return nil }
        let found = newer.rowBefore ?? newer.rowAfter
        let keys = [found, row].map { $0?.key(shape.keyColumns).map(shape.normalKey) }
        return keys[0] == keys[1] ? row : nil
    }

    private func gap(from left: JSON?, to found: JSON?) -> RowVersion.Gap? {
        switch (left, found) {
        case (nil, nil): return nil
        case (nil, _?): return .appeared
        case (_?, nil): return .vanished
        case (let left?, let found?):
            let columns = shape.differingColumns(left, found)
            return columns.isEmpty ? nil : .columns(columns)
        }
    }

    /// Whether the newest version is what the table holds; nil when nobody can tell.
    public var isLive: Bool? {
        if case .unknown = live { return nil }
        return versions.isEmpty ? nil : endGap == nil
    }
}

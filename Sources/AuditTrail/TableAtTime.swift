import JSON

/// The rows of a table as they were at a moment, as far as the trail can tell.
public struct TableAtTime: Equatable, Sendable {
    /// The table as it is now.
    public var shape: TableShape
    /// The moment.
    public var moment: Timestamp
    /// The rows that were there, and those of which the trail cannot tell, in the order of their keys.
    public var rows: [RowAtTime]
}

/// Finds out what the rows of a table were at a moment, from its changes, newest first, and the rows as they are now.
///
/// Keeps two changes for each key, however many there are.
public struct TableAtTimeBuilder: Sendable {
    /// The most keys that are kept.
    public static let mostKeys = 100_000

    /// The table as it is now.
    public let shape: TableShape
    private let moment: Timestamp
    /// The rows now; nil when they may not be read.
    private let live: [RowKey: JSON]?
    private var lastChanges: [RowKey: AttributedActivity] = [:]
    private var nextChanges: [RowKey: AttributedActivity] = [:]
    /// The statements that emptied the table after the moment, newest first.
    private var laterTruncates: [AttributedActivity] = []
    /// The last one up to the moment.
    private var lastTruncate: AttributedActivity?

    /// A builder that has seen no change yet.
    public init(of shape: TableShape, at moment: Timestamp, live: [JSON]?) {
        self.shape = shape
        self.moment = moment
        self.live = live.map { rows in
            Dictionary(rows.compactMap { row in row.key(shape.keyColumns).map { ($0, row) } }) { first, _ in first }
        }
    }

    /// Whether older changes do not matter: the table was empty once, before the moment.
    public var isDone: Bool { lastTruncate != nil }

    /// Whether there are changes of more keys than so many.
    public func holdsMore(than count: Int) -> Bool { lastChanges.count > count || nextChanges.count > count }

    /// Takes in the next older change.
    public mutating func take(_ change: AttributedActivity) {
        let isLater = change.activity.issuedAt.map { $0 > moment } ?? false
        guard change.activity.verb != .truncate else {
            if isLater { laterTruncates.append(change) } else { lastTruncate = change }
            return
        }
        let rows = [change.activity.rowBefore, change.activity.rowAfter]
        for key in Set(rows.compactMap { $0?.key(shape.keyColumns) }) {
            if isLater {
                nextChanges[key] = change
            } else if lastChanges[key] == nil {
                lastChanges[key] = change
            }
        }
    }

    /// The rows at the moment.
    public var table: TableAtTime {
        let keys = Set(lastChanges.keys).union(nextChanges.keys).union(live.map { Set($0.keys) } ?? [])
        let rows = keys.sorted(by: isBefore).map(row).filter { $0.existence != .absent }
        return TableAtTime(shape: shape, moment: moment, rows: rows)
    }

    private func row(of key: RowKey) -> RowAtTime {
        let last = lastChanges[key] ?? lastTruncate
        let row = row(of: key, last, nextChanges[key])
        guard row.existence == .unknown, let last, last.activity.rowAfter != nil else { return row }
        // Where the row is missing and no delete tells why, the table may have been emptied.
        let truncate = laterTruncates.last { truncate in
            truncate.activity.id > last.activity.id
                && nextChanges[key].map { truncate.activity.id < $0.activity.id } ?? true
        }
        return truncate.map { self.row(of: key, last, $0) } ?? row
    }

    private func row(of key: RowKey, _ last: AttributedActivity?, _ next: AttributedActivity?) -> RowAtTime {
        RowAtTime(
            of: shape,
            key: key,
            at: moment,
            lastChange: last,
            nextChange: next,
            live: live.map { $0[key].map(RowHistory.Live.row) ?? .absent }
                ?? .unknown("this role may not read the table")
        )
    }
}

/// Whether a key comes before another: numbers by their size, texts by their characters.
private func isBefore(_ left: RowKey, _ right: RowKey) -> Bool {
    for (left, right) in zip(left, right) where left != right {
        if case .number(let a) = left.value, case .number(let b) = right.value, let a = Double(a), let b = Double(b),
            a != b
        {
            return a < b
        }
        return keyValueText(left.value) < keyValueText(right.value)
    }
    return false
}

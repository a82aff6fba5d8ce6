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
    /// A key in the spelling that stands for all.
    private typealias Name = [String]
    /// The rows now; nil when they may not be read.
    private let live: [Name: JSON]?
    /// The keys as they stand in the table, or in the trail.
    private var keys: [Name: RowKey] = [:]
    private var lastChanges: [Name: AttributedActivity] = [:]
    private var nextChanges: [Name: AttributedActivity] = [:]
    /// The statements that emptied the table after the moment, newest first.
    private var laterTruncates: [AttributedActivity] = []
    /// The last one up to the moment.
    private var lastTruncate: AttributedActivity?

    /// A builder that has seen no change yet.
    public init(of shape: TableShape, at moment: Timestamp, live: [JSON]?) {
        self.shape = shape
        self.moment = moment
        let rows = live?.compactMap { row in row.key(shape.keyColumns).map { (key: $0, row: row) } }
        for (key, _) in rows ?? [] { keys[shape.normalKey(key)] = key }
        self.live = rows.map { rows in
            Dictionary(rows.map { (shape.normalKey($0.key), $0.row) }) { first, _ in first }
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
        for key in rows.compactMap({ $0?.key(shape.keyColumns) }) {
            let name = shape.normalKey(key)
            if keys[name] == nil { keys[name] = key }
            if isLater {
                nextChanges[name] = change
            } else if lastChanges[name] == nil {
                lastChanges[name] = change
            }
        }
    }

    /// The rows at the moment.
    public var table: TableAtTime {
        let rows = keys.sorted { isBefore($0.value, $1.value) }.map { row(of: $0.value, named: $0.key) }
        return TableAtTime(shape: shape, moment: moment, rows: rows.filter { $0.existence != .absent })
    }

    private func row(of key: RowKey, named name: Name) -> RowAtTime {
        let last = lastChanges[name] ?? lastTruncate
        let row = row(of: key, named: name, last, nextChanges[name])
        guard row.existence == .unknown, let last, last.activity.rowAfter != nil else { return row }
        // Where the row is missing and no delete tells why, the table may have been emptied.
        let truncate = laterTruncates.last { truncate in
            truncate.activity.id > last.activity.id
                && nextChanges[name].map { truncate.activity.id < $0.activity.id } ?? true
        }
        return truncate.map { self.row(of: key, named: name, last, $0) } ?? row
    }

    private func row(
        of key: RowKey,
        named name: Name,
        _ last: AttributedActivity?,
        _ next: AttributedActivity?
    ) -> RowAtTime {
        RowAtTime(
            of: shape,
            key: key,
            at: moment,
            lastChange: last,
            nextChange: next,
            live: live.map { $0[name].map(RowHistory.Live.row) ?? .absent }
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

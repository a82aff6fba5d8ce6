import JSON

/// A row as it was at a moment, as far as the trail can tell.
public struct RowAtTime: Equatable, Sendable {
    /// Whether there was a row of this key.
    public enum Existence: Equatable, Sendable {
        /// There was, with these values as far as they are known.
        case row(JSON)
        /// There was none.
        case absent
        /// The trail cannot tell.
        case unknown
    }

    /// The table.
    public var table: TableName
    /// The key.
    public var key: RowKey
    /// The moment.
    public var moment: Timestamp
    /// Whether the row was there.
    public var existence: Existence
    /// The columns of the table whose values then are not known.
    public var unknownColumns: [String]
    /// What tells of the columns whose values nobody can read for certain, by column.
    public private(set) var marks: [String: String] = [:]
    /// The last change up to the moment; nil when the trail has none.
    public var lastChange: AttributedActivity?
    /// The first change after the moment; nil when the trail has none.
    public var nextChange: AttributedActivity?

    /// The row of a key at a moment, from the last change of it up to then, the first one after, and the row as it is now.
    ///
    /// What was left by the one and what was found by the other must be the same; where they differ, the row was written
    /// in between while nothing was recorded, and nobody knows when. Of a row that was never changed while changes were
    /// recorded, nothing is known.
    public init(
        of shape: TableShape,
        key: RowKey,
        at moment: Timestamp,
        lastChange: AttributedActivity?,
        nextChange: AttributedActivity?,
        live: RowHistory.Live
    ) {
        table = shape.name
        self.key = key
        self.moment = moment
        self.lastChange = lastChange
        self.nextChange = nextChange
        let left = lastChange.map { State($0.activity.rowAfter, key, shape) }
        let found = State.found(by: nextChange, or: left == nil ? nil : live, key, shape)
        switch (left, found) {
        case (nil, nil), (.row?, .absent?), (.absent?, .row?):
            (existence, unknownColumns) = (.unknown, shape.columns.map(\.name))
        case (.absent?, _), (_, .absent?): (existence, unknownColumns) = (.absent, [])
        case (.row(let row)?, nil), (nil, .row(let row)?): (existence, unknownColumns) = shape.known(of: row)
        case (.row(let left)?, .row(let found)?):
            (existence, unknownColumns) = shape.known(of: left, but: shape.differingColumns(left, found))
        }
        if case .row(let row) = existence { marks = shape.marks(of: row) }
    }

    /// Lets the changes around the moment be looked at or changed.
    public mutating func forEachChange(_ body: (inout AttributedActivity) -> Void) {
        if var change = lastChange {
            body(&change)
            lastChange = change
        }
        if var change = nextChange {
            body(&change)
            nextChange = change
        }
    }

    /// What was under the key.
    private enum State {
        case row(JSON)
        case absent

        /// A row of the trail, which counts only where it has this key: an update may have moved it from or to another.
        init(_ row: JSON?, _ key: RowKey, _ shape: TableShape) {
            let isThere = row.flatMap { $0.key(key.map(\.name)) }.map { keysAreSame($0, key, shape) } ?? false
            self = isThere ? row.map(State.row) ?? .absent : .absent
        }

        /// What the next change found; without one, what is there now.
        ///
        /// A statement that emptied the table does not tell.
        static func found(
            by change: AttributedActivity?,
            or live: RowHistory.Live?,
            _ key: RowKey,
            _ shape: TableShape
        ) -> State? {
            if let activity = change?.activity {
                return activity.verb == .truncate ? nil : State(activity.rowBefore, key, shape)
            }
            switch live {
            case .row(let row)?: return .row(row)
            case .absent?: return .absent
            case .unknown?, nil: return nil
            }
        }
    }
}

extension TableShape {
    /// The row without the columns that are not known, and which those are: these, and what capture leaves out.
    ///
    /// A column that is recorded now but not in the row came to the table later.
    fileprivate func known(of row: JSON, but unknown: [String] = []) -> (RowAtTime.Existence, [String]) {
        let members = ordered(row).filter { !unknown.contains($0.name) }
        let names = Set(row.members?.map(\.name) ?? [])
        let missing = columns.map(\.name).filter { name in
            !names.contains(name) && excludedColumns?.contains(name) != false
        }
        return (.row(.object(members)), unknown + missing)
    }
}

/// Whether two keys are one, by the types of the table's columns.
public func keysAreSame(_ left: RowKey, _ right: RowKey, _ shape: TableShape) -> Bool {
    left.map(\.name) == right.map(\.name) && shape.normalKey(left) == shape.normalKey(right)
}

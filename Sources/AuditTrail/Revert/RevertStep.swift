import JSON

/// One statement of a revert: takes one change back, as long as the row still holds what the change wrote.
public struct RevertStep: Equatable, Sendable {
    /// What the statement does.
    public enum Action: Equatable, Sendable {
        /// Puts the old values of the columns that were changed back.
        case update
        /// Puts a row back that was deleted.
        case insert
        /// Removes a row that was inserted.
        case delete
        /// Nothing: the change cannot be taken back, for a reason in words.
        case none(reason: String)
    }

    /// The change that is taken back.
    public var change: AttributedActivity
    /// What the statement does.
    public var action: Action
    /// What the change left: its key and, of an update, the columns that it changed; empty for a delete.
    public var written: JSON
    /// What the statement puts in its place: the key that the row had, and the old values; empty to remove the row.
    public var restored: JSON
    /// The row as the revert as a whole leaves it, as far as it has to do with it; nil for no row.
    ///
    /// Several changes of one row have one such end: a row that is there already needs nothing.
    public var end: JSON?

    /// Whether it is one statement with the step before it: rows that refer to each other come back at once or not at all.
    public var isWithPrevious = false

    /// Whether there is a statement.
    public var isPossible: Bool { if case .none = action { false } else { true } }

    /// Whether the statement changes what a foreign key refers to.
    public func changes(_ key: TableShape.ForeignKey) -> Bool {
        guard action == .update, key.target == change.activity.table else { return false }
        return change.activity.rowAfter?.key(key.targetColumns) != change.activity.rowBefore?.key(key.targetColumns)
    }

    /// Whether the statement gives the row another key.
    func isMove(_ shapes: [TableName: TableShape]) -> Bool {
        guard action == .update, let columns = shapes[change.activity.table]?.keyColumns else { return false }
        return currentKey(columns) != restoredKey(columns)
    }

    /// The key under which the statement looks for the row.
    public func currentKey(_ columns: [String]) -> RowKey? { (action == .insert ? restored : written).key(columns) }
    /// The key that the row has when the statement is done.
    public func restoredKey(_ columns: [String]) -> RowKey? { (action == .delete ? written : restored).key(columns) }
}

extension RevertStep {
    /// The step that takes a change back, by what the table is now; nil for a change of nothing but computed columns.
    init?(of change: AttributedActivity, _ shape: TableShape?) {
        self.change = change
        (action, written, restored) = (.none(reason: ""), .object([]), .object([]))
        do throws(Impossible) {
            let (shape, row) = try change.activity.revertible(in: shape)
            switch change.activity.verb {
            case .insert: takeBackInsert(of: row, shape)
            case .delete: try takeBackDelete(of: row, shape)
            default: try takeBackUpdate(of: row, shape)
            }
            if let column = (shape.ambiguousColumns(of: written) + shape.ambiguousColumns(of: restored)).first {
                throw Impossible(
                    "the value of column \(column) is not certain: its text depends on the DateStyle or IntervalStyle "
                        + "of the session that wrote it"
                )
            }
            if let column = (shape.columnsOfJSONText(in: written) + shape.columnsOfJSONText(in: restored)).first {
                throw Impossible(
                    "the value of column \(column) is not certain: it may be JSON that jsonb cannot hold, kept as its text"
                )
            }
            if action == .update, restored.members?.count == shape.keyColumns.count, written == restored { return nil }
        } catch {
            (action, written, restored) = (.none(reason: error.reason), .object([]), .object([]))
        }
        end = action == .delete ? nil : restored
    }

    /// Leaves a change alone whose values are not all that the trail has.
    mutating func refuseReplacedBytes() {
        let texts = [written.description, restored.description]
        guard isPossible, texts.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { return }
        action = .none(reason: "the row holds bytes that are no UTF-8")
        (written, restored, end) = (.object([]), .object([]), .object([]))
    }

    private mutating func takeBackInsert(of row: JSON, _ shape: TableShape) {
        action = .delete
        written = row.only { shape.column($0)?.isGenerated == false }
    }

    private mutating func takeBackDelete(of row: JSON, _ shape: TableShape) throws(Impossible) {
        let names = Set(row.members?.map(\.name) ?? [])
        for column in shape.columns where !names.contains(column.name) && !column.isGenerated {
            if shape.excludedColumns?.contains(column.name) == true {
                throw Impossible("column \(column.name) is not recorded")
            }
            if column.isRequired && !column.hasDefault {
                throw Impossible("column \(column.name) came later and must have a value")
            }
        }
        action = .insert
        restored = row.only { shape.column($0)?.isGenerated == false }
    }

    private mutating func takeBackUpdate(of before: JSON, _ shape: TableShape) throws(Impossible) {
        guard let after = change.activity.rowAfter, let changed = change.activity.changedData else {
            throw Impossible("the row was too large to be read")
        }
        guard let oldKey = before.key(shape.keyColumns), let newKey = after.key(shape.keyColumns) else {
            // unreached: a change leaves the row all its columns, those of the key among them
            throw Impossible("the key is not in the data")
        }
        let keyNames = Set(shape.keyColumns)
        var columns: Set<String> = []
        for name in changed.members?.map(\.name) ?? [] {
            guard let column = shape.column(name) else { throw Impossible("the table has no column \(name) any more") }
            if column.isGenerated { continue }
            if column.isAlwaysIdentity { throw Impossible("column \(name) takes no other value than the server's") }
            columns.insert(name)
        }
        action = .update
        // Who refers to the row is looked for by all that a foreign key refers to.
        let referred = shape.foreignKeys.filter {
            $0.target == shape.name && $0.hasUpdateAction && !columns.isDisjoint(with: $0.targetColumns)
        }.flatMap(\.targetColumns)
        let guarded = columns.union(referred).subtracting(keyNames)
        written = .object(newKey + (after.members ?? []).filter { guarded.contains($0.name) })
        restored = .object(
            oldKey + (before.members ?? []).filter { columns.contains($0.name) && !keyNames.contains($0.name) }
        )
    }
}

/// Why a change cannot be taken back.
private struct Impossible: Error {
    var reason: String
    init(_ reason: String) { self.reason = reason }
}

extension Activity {
    /// The table as it is and the row that the change wrote or took, when changes of it can be taken back at all.
    fileprivate func revertible(in shape: TableShape?) throws(Impossible) -> (TableShape, row: JSON) {
        guard let shape, !shape.columns.isEmpty else { throw Impossible("table \(table) is gone") }
        if verb == .truncate { throw Impossible("the trail does not hold the rows of a TRUNCATE") }
        guard !shape.keyColumns.isEmpty else { throw Impossible("table \(table) has no primary key") }
        let row = verb == .insert ? rowAfter : rowBefore
        guard let row else { throw Impossible("the row was too large to be read") }
        guard row.key(shape.keyColumns) != nil else { throw Impossible("the key is not in the data") }
        return (shape, row)
    }
}

extension JSON {
    /// The object with those members only whose names pass.
    func only(_ isWanted: (String) -> Bool) -> JSON {
        .object((members ?? []).filter { isWanted($0.name) })
    }
}

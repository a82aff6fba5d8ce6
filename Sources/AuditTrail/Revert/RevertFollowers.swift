import JSON

/// Which rows of a revert follow a key that one of its steps changes: the change that it takes back has made them do so.
public struct RevertFollowers: Sendable {
    /// Rows of a table that refer.
    public struct Rows: Equatable, Sendable {
        /// The foreign key.
        public var key: TableShape.ForeignKey
        /// The table that refers.
        public var shape: TableShape
        /// The keys that the rows may have by then.
        public var keys: [RowKey]
        /// The steps of these rows.
        public var steps: [Int]
    }

    /// A reference that is taken from one row to another.
    private struct Turn: Hashable {
        var table: TableName
        var columns: [String]
        var before: [JSON]
        var after: [JSON]
    }

    private let plan: RevertPlan
    private var turns: [Turn: [Int]] = [:]
    /// The steps by the row that they leave.
    private var updates: [RowName: [Int]] = [:]

    /// What follows in a revert.
    public init(_ plan: RevertPlan) {
        self.plan = plan
        let keys = Set(
            plan.shapes.values.flatMap(\.foreignKeys).filter(\.cascadesUpdates).map {
                Turn(table: $0.table, columns: $0.columns, before: [], after: [])
            }
        )
        guard !keys.isEmpty else { return }
        for (index, step) in plan.steps.enumerated() where step.action == .update {
            let activity = step.change.activity
            for var turn in keys where turn.table == activity.table {
                guard let before = activity.rowAfter?.key(turn.columns),
                    let after = activity.rowBefore?.key(turn.columns),
                    before != after
                else { continue }
                (turn.before, turn.after) = (before.map(\.value), after.map(\.value))
                turns[turn, default: []].append(index)
            }
            guard let columns = plan.shapes[activity.table]?.keyColumns, let key = step.restoredKey(columns) else {
                continue
            }
            updates[RowName(table: activity.table, key: key), default: []].append(index)
        }
    }

    /// What follows a step, for each foreign key.
    public func rows(of index: Int) -> [Rows] {
        let step = plan.steps[index]
        let activity = step.change.activity
        guard step.action == .update, let shape = plan.shapes[activity.table] else { return [] }
        return shape.foreignKeys.compactMap { key in
            guard key.target == shape.name, key.cascadesUpdates, step.changes(key), let child = plan.shapes[key.table],
                !child.keyColumns.isEmpty, let before = activity.rowAfter?.key(key.targetColumns)?.map(\.value),
                let after = activity.rowBefore?.key(key.targetColumns)?.map(\.value)
            else { return nil }
            let turn = Turn(table: key.table, columns: key.columns, before: before, after: after)
            var rows = Rows(key: key, shape: child, keys: [], steps: [])
            for follower in turns[turn] ?? [] where follower != index { add(follower, to: &rows) }
            return rows.steps.isEmpty ? nil : rows
        }
    }

    /// Adds the keys that a row may have when a step or one before it is about to run.
    private func add(_ step: Int, to rows: inout Rows) {
        var next: Int? = step
        while let step = next, let key = plan.steps[step].currentKey(rows.shape.keyColumns) {
            rows.keys.append(key)
            rows.steps.append(step)
            next = updates[RowName(table: rows.shape.name, key: key)]?.last { $0 < step }
        }
    }
}

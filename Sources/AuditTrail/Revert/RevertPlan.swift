import JSON

/// A revert: the changes that are to be taken back, as steps in an order in which foreign keys hold.
public struct RevertPlan: Equatable, Sendable {
    /// The steps from the first to be run to the last.
    public var steps: [RevertStep]
    /// The tables that they are about, by name.
    public var shapes: [TableName: TableShape]

    /// The revert of changes, given newest first.
    ///
    /// Where they are of bytes, U+FFFD stands for some that cannot be written back.
    public init(of changes: [AttributedActivity], _ shapes: [TableName: TableShape], ofBytes: Bool = false) {
        self.shapes = shapes
        steps = changes.compactMap { RevertStep(of: $0, shapes[$0.activity.table]) }
        if ofBytes { for index in steps.indices { steps[index].refuseReplacedBytes() } }
        findEnds()
        steps = RevertOrder(of: steps, shapes).steps
    }

    /// The rows that come back with each of the steps that are one statement with others.
    public var companions: [Int: [(table: TableName, row: JSON)]] {
        var companions: [Int: [(table: TableName, row: JSON)]] = [:]
        for group in groups where group.count > 1 {
            for step in group { companions[step] = group.map { (steps[$0].change.activity.table, steps[$0].restored) } }
        }
        return companions
    }

    /// The steps that are one statement each.
    public var groups: [Range<Int>] {
        let starts = steps.indices.filter { !steps[$0].isWithPrevious }
        return zip(starts, starts.dropFirst() + [steps.count]).map { $0..<$1 }
    }

    /// Finds out how each row is left by the revert as a whole.
    private mutating func findEnds() {
        // The steps of one row, found by the key that it has at that point.
        var rows: [RowName: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            guard let columns = shapes[step.change.activity.table]?.keyColumns,
                let current = step.currentKey(columns), let restored = step.restoredKey(columns)
            else { continue }
            let table = step.change.activity.table
            let chain = (rows.removeValue(forKey: RowName(table: table, key: current)) ?? []) + [index]
            let earlier = chain.dropLast().last.flatMap { steps[$0].end }
            if step.action == .update, let earlier { steps[index].end = earlier.replacing(step.restored) }
            for member in chain { steps[member].end = steps[index].end }
            rows[RowName(table: table, key: restored)] = chain
        }
    }
}

/// A row by its table and key.
struct RowName: Hashable {
    var table: TableName
    var key: RowKey
}

import JSON

/// Puts the steps of a revert into an order in which foreign keys hold.
///
/// The order of the changes, reversed, is right but for what one statement did: deleting a row that others refer to
/// records it before those that went with it. A step that needs a row which a later one brings, or removes a row to which
/// one refers that a later one removes, waits for it. Rows that refer to each other in a circle come back as one.
struct RevertOrder {
    let steps: [RevertStep]

    private struct Event {
        var step: Int
        /// Whether the values are there after the step, or were there before it.
        var isThere: Bool
        /// Whether the row stays, under other values.
        var isMove: Bool
        var row: RowName?
    }

    /// Values in columns of a table.
    private struct Place: Hashable {
        var table: TableName
        var columns: [String]
        var values: [JSON]
    }

    init(of steps: [RevertStep], _ shapes: [TableName: TableShape]) {
        let keys = Set(shapes.values.flatMap(\.foreignKeys).map(ForeignKeyName.init))
        guard !keys.isEmpty else {
            self.steps = steps
            return
        }
        var targets: [Place: [Event]] = [:]
        var references: [Place: [Event]] = [:]
        for (index, step) in steps.enumerated() where step.isPossible {
            let table = step.change.activity.table
            let row = step.restoredKey(shapes[table]?.keyColumns ?? []).map { RowName(table: table, key: $0) }
            for key in keys {
                if key.target == table { Self.note(index, step, table, key.targetColumns, row, in: &targets) }
                if key.table == table { Self.note(index, step, table, key.columns, row, in: &references) }
            }
        }
        var waits = Self.waitsWithinRows(steps, shapes)
        for key in keys {
            for (place, events) in references where place.table == key.table && place.columns == key.columns {
                let target = targets[Place(table: key.target, columns: key.targetColumns, values: place.values)] ?? []
                // Those that refer follow a key that changes, where the foreign key says so.
                let leaving = key.cascadesUpdates ? target.filter { !$0.isMove } : target
                Self.wait(events, for: target, leaving, &waits)
            }
        }
        self.steps = StepComponents(waits).components.flatMap { component in
            let isCircle = component.allSatisfy { steps[$0].action == .insert }
            // A row that refers to itself and moves: moving it back takes its own reference along.
            let moves = isCircle ? [] : component.filter { steps[$0].isMove(shapes) }
            let ordered = moves + component.filter { !moves.contains($0) }
            return ordered.enumerated().map { place, index in
                var step = steps[index]
                step.isWithPrevious = place > 0 && isCircle
                return step
            }
        }
    }

    /// The steps of one row keep their order.
    private static func waitsWithinRows(_ steps: [RevertStep], _ shapes: [TableName: TableShape]) -> [[Int]] {
        var last: [RowName: Int] = [:]
        return steps.enumerated().map { index, step in
            let table = step.change.activity.table
            guard let columns = shapes[table]?.keyColumns, let current = step.currentKey(columns),
                let restored = step.restoredKey(columns)
            else { return [] }
            let previous = last.removeValue(forKey: RowName(table: table, key: current))
            last[RowName(table: table, key: restored)] = index
            return previous.map { [$0] } ?? []
        }
    }

    /// Lets what brings a reference wait for its target, and what removes the target for the last reference.
    private static func wait(_ references: [Event], for target: [Event], _ leaving: [Event], _ waits: inout [[Int]]) {
        for event in references where event.isThere {
            let before = target.last { $0.step < event.step }
            let bringing = before ?? target.first { $0.step > event.step }
            if let bringing, bringing.isThere { waits[event.step].append(bringing.step) }
            if let before, !before.isThere, let later = target.first(where: { $0.step > event.step }), later.isThere {
                waits[event.step].append(later.step)
            }
        }
        for event in leaving where !event.isThere {
            waits[event.step] += references.filter { $0.step < event.step && !$0.isThere }.map(\.step)
            waits[event.step] += removals(of: references, after: event.step)
        }
    }

    /// The next event of each row that refers, where it removes the reference.
    private static func removals(of events: [Event], after step: Int) -> [Int] {
        var seen: Set<RowName?> = []
        return events.filter { $0.step > step && seen.insert($0.row).inserted && !$0.isThere }.map(\.step)
    }

    /// Notes which values a step takes away from columns and which it brings.
    private static func note(
        _ index: Int,
        _ step: RevertStep,
        _ table: TableName,
        _ columns: [String],
        _ row: RowName?,
        in places: inout [Place: [Event]]
    ) {
        let before = step.change.activity.rowAfter?.key(columns)?.map(\.value)
        let after = step.change.activity.rowBefore?.key(columns)?.map(\.value)
        guard before != after else { return }
        if let before {
            places[Place(table: table, columns: columns, values: before), default: []]
                .append(Event(step: index, isThere: false, isMove: after != nil, row: row))
        }
        if let after {
            places[Place(table: table, columns: columns, values: after), default: []]
                .append(Event(step: index, isThere: true, isMove: before != nil, row: row))
        }
    }
}

/// A foreign key, told apart by what it refers from and to: both tables know it.
private struct ForeignKeyName: Hashable {
    var table: TableName
    var columns: [String]
    var target: TableName
    var targetColumns: [String]
    var cascadesUpdates: Bool

    init(_ key: TableShape.ForeignKey) {
        (table, columns, target, targetColumns) = (key.table, key.columns, key.target, key.targetColumns)
        cascadesUpdates = key.cascadesUpdates
    }
}

import JSON

/// The columns that an update puts back, in units: the columns of one foreign key are taken back together or not at all.
///
/// A row of which half a reference was taken back would refer to a row to which it never did.
public struct RevertUnits: Equatable, Sendable {
    /// Columns that are taken back together.
    public struct Unit: Equatable, Sendable {
        /// Those that the change wrote.
        public var columns: [String]
        /// Those that it did not, and that must be as they were all the same: others refer to them together.
        public var guards: [String]

        /// A unit from its parts.
        public init(columns: [String], guards: [String] = []) {
            self.columns = columns
            self.guards = guards
        }

        /// All that is compared.
        public var compared: [String] { columns + guards }
    }

    /// What becomes of a column of a row that is there.
    public enum State: String, Sendable {
        /// It holds what the change wrote, as does its whole unit: it is taken back.
        case held
        /// It is as the revert leaves it already.
        case done
        /// It holds another value now, and stays.
        case changed
        /// It holds what the change wrote and stays, for another of its unit was changed.
        case kept
    }

    /// What goes with a key that is given back, without the columns of the key; nil where the key stays.
    ///
    /// Where it was changed the whole row is another.
    public let key: Unit?
    /// The columns of the key that are given back.
    public let keyColumns: [String]
    /// All other units.
    public let others: [Unit]

    /// The units of a step that updates.
    public init(of step: RevertStep, _ shape: TableShape) {
        let changed = Set(step.change.activity.changedData?.members?.map(\.name) ?? [])
        let compared = (step.written.members ?? []).map(\.name).filter {
            !shape.keyColumns.contains($0) && shape.column($0)?.isGenerated == false
        }
        let isMove = step.currentKey(shape.keyColumns) != step.restoredKey(shape.keyColumns)
        keyColumns = isMove ? shape.keyColumns.filter(changed.contains) : []
        var sets = compared.map { Set([$0]) } + (isMove ? [Set(keyColumns)] : [])
        for group in Self.groups(step, shape) {
            let together = sets.filter { !$0.isDisjoint(with: group) }
            sets.removeAll { !$0.isDisjoint(with: group) }
            sets.append(together.reduce(into: []) { $0.formUnion($1) })
        }
        let moved = Set(keyColumns)
        func unit(_ set: Set<String>) -> Unit {
            let columns = compared.filter(set.contains)
            return Unit(columns: columns.filter(changed.contains), guards: columns.filter { !changed.contains($0) })
        }
        key = isMove ? sets.first { !$0.isDisjoint(with: moved) }.map(unit) : nil
        others = sets.filter { $0.isDisjoint(with: moved) }.map(unit).filter { !$0.columns.isEmpty }
    }

    /// The columns that each foreign key is about: those that refer, and those that take others along when they change.
    private static func groups(_ step: RevertStep, _ shape: TableShape) -> [[String]] {
        shape.foreignKeys.flatMap { key -> [[String]] in
            (key.table == shape.name ? [key.columns] : [])
                + (key.hasUpdateAction && step.changes(key) ? [key.targetColumns] : [])
        }
    }
}

extension RevertUnits {
    /// The names of all columns that have a state, in the order of `states`.
    public var names: [String] { others.flatMap(\.compared) + (key?.columns ?? []) + keyColumns }

    /// What becomes of each column, from which of them hold what the change wrote and which are as the revert leaves them.
    ///
    /// Holds for a row that has the key and all that goes with it.
    public func states(isHeld: (String) -> Bool, isDone: (String) -> Bool) -> [(name: String, state: State)] {
        let states = others.flatMap { unit -> [(String, State)] in
            let isWhole = unit.compared.allSatisfy(isHeld)
            let isDone = unit.columns.allSatisfy(isDone)
            return unit.columns.map { ($0, isWhole ? .held : isDone ? .done : isHeld($0) ? .kept : .changed) }
                + unit.guards.map { ($0, isDone || isHeld($0) ? .done : .changed) }
        }
        return states + ((key?.columns ?? []) + keyColumns).map { ($0, .held) }
    }

    /// What is skipped, in words; nil for nothing.
    public static func skipped(_ states: [(name: String, state: State)]) -> String? {
        func names(_ state: State) -> String { states.filter { $0.state == state }.map(\.name).joined(separator: ", ") }
        let (changed, kept) = (names(.changed), names(.kept))
        return changed.isEmpty ? nil : "changed since: \(changed)" + (kept.isEmpty ? "" : "; kept with it: \(kept)")
    }
}

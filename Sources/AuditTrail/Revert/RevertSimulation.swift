import JSON

/// Runs a revert in memory on the rows that its tables hold, to tell what would become of each statement.
public struct RevertSimulation {
    /// A row as its table would hold it, and what the database holds of it.
    public struct Facts: Equatable, Sendable {
        /// The row, or a part of it with the columns of the key.
        public var row: JSON
        /// The row of that key; nil when there is none.
        public var live: JSON?
        /// For each of the table's references: how many rows refer to the row, or how many it refers to.
        public var references: [Int64]
        /// The rows that have the values of the unique keys.
        public var holders: [JSON]

        /// Facts from their parts.
        public init(row: JSON, live: JSON?, references: [Int64] = [], holders: [JSON] = []) {
            self.row = row
            self.live = live
            self.references = references
            self.holders = holders
        }
    }

    /// What is known of the rows of one step; nil for what it has not.
    public struct StepFacts: Equatable, Sendable {
        /// Of what the change wrote.
        public var written: Facts?
        /// Of what takes its place.
        public var restored: Facts?
        /// Of how the row ends.
        public var end: Facts?

        /// Nothing.
        public init() {}
    }

    /// Values in columns of a table.
    private struct Place: Hashable {
        var table: TableName
        var columns: [String]
        var values: [String]
    }

    private let shapes: [TableName: TableShape]
    private let isPartial: Bool
    private var rows: [RowName: JSON?] = [:]
    private var counts: [Place: Int64] = [:]
    private var live: [RowName: JSON?] = [:]
    private var companions: [(table: TableName, row: JSON)] = []
    private var followers: [(key: TableShape.ForeignKey, rows: [Facts])] = []
    /// Which row has the values of a unique key by now.
    private var holders: [Place: RowName] = [:]

    /// A simulation before its first step; a partial one skips columns that were changed since.
    public init(_ shapes: [TableName: TableShape], isPartial: Bool = false) {
        self.shapes = shapes
        self.isPartial = isPartial
    }

    /// What becomes of the next step.
    ///
    /// The companions are the rows that come back with it; the followers, for each foreign key, what is known of the rows that
    /// follow a key which it changes.
    public mutating func run(
        _ step: RevertStep,
        _ facts: StepFacts,
        with companions: [(table: TableName, row: JSON)] = [],
        followedBy followers: [(key: TableShape.ForeignKey, rows: [Facts])] = []
    ) -> RevertScript.Verdict {
        self.companions = companions
        self.followers = followers
        if case .none(let reason) = step.action { return .impossible(reason) }
        let table = step.change.activity.table
        guard let shape = shapes[table] else { return .impossible("table \(table) is gone") }
        for facts in [facts.written, facts.restored, facts.end] { note(facts, shape) }
        for (key, rows) in followers {
            guard let shape = shapes[key.table] else { continue }
            for row in rows { note(row, shape) }
        }
        let verdict: RevertScript.Verdict
        switch step.action {
        case .insert: verdict = insert(facts, shape)
        case .delete: verdict = delete(facts, shape)
        default: verdict = update(step, facts, shape)
        }
        guard case .conflict = verdict else { return verdict }
        let row = step.action == .insert ? facts.restored : facts.written
        let ends = [(facts.end, step.end == nil), (step.action == .update ? facts.restored : nil, false)]
        for (end, isAbsence) in ends {
            guard let name = (isAbsence ? row : end).flatMap({ name($0.row, shape) }) else { continue }
            // A row that is still under its other key has not been moved, whoever is there.
            if let current = row.flatMap({ self.name($0.row, shape) }), current != name, self.row(current) != nil {
                continue
            }
            let isThere = isAbsence ? self.row(name) == nil : end.map { isHeld($0.row, at: name, shape) } ?? false
            // What a statement before, or a foreign key with it, has done is done by the revert.
            if isThere { return rows[name] == nil ? .reverted : .applies }
        }
        return verdict
    }

    private func isHeld(_ values: JSON, at name: RowName, _ shape: TableShape) -> Bool {
        row(name).map { shape.differingColumns(values, $0).isEmpty } ?? false
    }

    private mutating func insert(_ facts: StepFacts, _ shape: TableShape) -> RevertScript.Verdict {
        guard let restored = facts.restored, let name = name(restored.row, shape) else { return .impossible("no key") }
        if row(name) != nil { return .conflict("there is a row of this key") }
        if let problem = missingTarget(of: restored, shape) ?? takenKey(restored.row, name, shape) {
            return .conflict(problem)
        }
        put(restored.row, at: name, shape)
        return .applies
    }

    private mutating func delete(_ facts: StepFacts, _ shape: TableShape) -> RevertScript.Verdict {
        guard let written = facts.written, let name = name(written.row, shape) else { return .impossible("no key") }
        guard let row = row(name) else { return .conflict("the row is gone") }
        let differing = shape.differingColumns(written.row, row)
        if !differing.isEmpty { return .conflict("changed since: " + differing.joined(separator: ", ")) }
        if let referring = referringTable(to: written, row, shape, { _ in true }) {
            return .conflict("rows of \(referring) refer to it")
        }
        put(nil, at: name, shape)
        return .applies
    }

    private mutating func update(
        _ step: RevertStep,
        _ facts: StepFacts,
        _ shape: TableShape
    ) -> RevertScript.Verdict {
        guard let written = facts.written, let restored = facts.restored, let name = name(written.row, shape),
            let target = self.name(restored.row, shape)
        else { return .impossible("no key") }
        guard let row = row(name) else { return .conflict("the row is gone") }
        let states = states(of: step, facts, row, shape)
        let skipped = RevertUnits.skipped(states)
        let taken = Set(states.filter { $0.state == .held }.map(\.name))
        if taken.isEmpty {
            if let skipped { return .conflict(skipped) }
            return rows[name] == nil ? .reverted : .applies
        }
        if target != name, self.row(target) != nil { return .conflict("another row has the key") }
        var put = restored
        put.row = restored.row.only { taken.contains($0) || shape.keyColumns.contains($0) }
        let replaced = row.replacing(put.row)
        if let problem = missingTarget(of: put, shape) ?? takenKey(replaced, name, shape) { return .conflict(problem) }
        let moves = { (key: TableShape.ForeignKey) in
            key.hasUpdateAction && step.changes(key) && !taken.isDisjoint(with: key.targetColumns)
        }
        if let referring = referringTable(to: written, row, shape, moves) {
            return .conflict("rows of \(referring) refer to it")
        }
        self.put(nil, at: name, shape)
        self.put(replaced, at: target, shape)
        for key in shape.foreignKeys where key.target == shape.name && key.cascadesUpdates {
            cascade(key, from: row, to: replaced)
        }
        return skipped.map(RevertScript.Verdict.partly) ?? .applies
    }

    /// What becomes of each column of a row that is there; of a revert that is not partial all of them, or none.
    private func states(
        of step: RevertStep,
        _ facts: StepFacts,
        _ row: JSON,
        _ shape: TableShape
    ) -> [(name: String, state: RevertUnits.State)] {
        func differing(_ facts: Facts?) -> [String] { facts.map { shape.differingColumns($0.row, row) } ?? [] }
        let changed = differing(facts.written)
        let units = RevertUnits(of: step, shape)
        let isWhole = !isPartial || units.key?.compared.contains(where: changed.contains) == true
        if isWhole, !changed.isEmpty { return changed.map { ($0, .changed) } }
        let ends = [facts.restored, facts.end].compactMap { facts in
            facts.map { (Set($0.row.members?.map(\.name) ?? []), Set(differing($0))) }
        }
        let different = Set(changed)
        return units.states(
            isHeld: { !different.contains($0) },
            isDone: { name in ends.contains { $0.0.contains(name) && !$0.1.contains(name) } }
        )
    }

    /// Lets the rows that are known and refer to a row follow its key.
    private mutating func cascade(_ key: TableShape.ForeignKey, from old: JSON, to new: JSON) {
        guard let shape = shapes[key.table], let before = old.key(key.targetColumns)?.map(\.value),
            let after = new.key(key.targetColumns)?.map(\.value), before != after
        else { return }
        for name in Set(live.keys).union(rows.keys) where name.table == key.table {
            guard let row = row(name), row.key(key.columns)?.map(\.value) == before else { continue }
            let followed = row.replacing(.object(zip(key.columns, after).map { JSON.Member($0, $1) }))
            put(nil, at: name, shape)
            if let name = self.name(followed, shape) { put(followed, at: name, shape) }
        }
    }

    private mutating func note(_ facts: Facts?, _ shape: TableShape) {
        guard let facts, let name = name(facts.row, shape) else { return }
        if live[name] == nil { live[name] = .some(facts.live) }
        for row in facts.holders + [facts.live].compactMap(\.self) { hold(row, shape) }
    }

    /// Remembers which row has the values of unique keys, unless the revert has written it by now.
    private mutating func hold(_ row: JSON, _ shape: TableShape) {
        guard let name = name(row, shape), rows[name] == nil else { return }
        for place in shape.uniqueKeys.compactMap({ place($0, row, shape) }) { holders[place] = name }
    }

    /// That another row has the values of a unique key, in words.
    private func takenKey(_ row: JSON, _ name: RowName, _ shape: TableShape) -> String? {
        for columns in shape.uniqueKeys {
            guard let place = place(columns, row, shape), let holder = holders[place], holder != name else { continue }
            return "another row has \(columns.joined(separator: ", ")) \(place.values.joined(separator: ", "))"
        }
        return nil
    }

    private func name(_ row: JSON, _ shape: TableShape) -> RowName? {
        row.key(shape.keyColumns).map { RowName(table: shape.name, key: $0) }
    }

    private func row(_ name: RowName) -> JSON? { (rows[name] ?? live[name]) ?? nil }

    private mutating func put(_ row: JSON?, at name: RowName, _ shape: TableShape) {
        for (row, change) in [(self.row(name), Int64(-1)), (row, 1)] {
            guard let row else { continue }
            let columns =
                shape.foreignKeys.filter { $0.table == shape.name }.map(\.columns)
                + shape.foreignKeys.filter { $0.target == shape.name }.map(\.targetColumns)
            for columns in Set(columns) {
                if let place = place(columns, row, shape) { counts[place, default: 0] += change }
            }
        }
        for place in shape.uniqueKeys.compactMap({ columns in self.row(name).flatMap { place(columns, $0, shape) } })
        where holders[place] == name { holders[place] = nil }
        for place in shape.uniqueKeys.compactMap({ columns in row.flatMap { place(columns, $0, shape) } }) {
            holders[place] = name
        }
        rows[name] = .some(row)
    }

    private func place(_ columns: [String], _ row: JSON, _ shape: TableShape) -> Place? {
        row.key(columns).map { Place(table: shape.name, columns: columns, values: $0.map(\.value.description)) }
    }

    /// That a row to which this one refers is neither there nor put back, in words.
    private func missingTarget(of facts: Facts, _ shape: TableShape) -> String? {
        for ((key, role), count) in zip(shape.references, facts.references) where role == .refers && key.isReadable {
            guard let values = facts.row.key(key.columns)?.map(\.value) else { continue }
            let place = Place(table: key.target, columns: key.targetColumns, values: values.map(\.description))
            let isCompanion = companions.contains { companion in
                companion.table == key.target && companion.row.key(key.targetColumns)?.map(\.value) == values
            }
            let isItself = key.target == shape.name && facts.row.key(key.targetColumns)?.map(\.value) == values
            if count + (counts[place] ?? 0) <= 0, !isCompanion, !isItself {
                return "\(key.target) #\(values.map(\.description).joined(separator: ",")) is not there"
            }
        }
        return nil
    }

    /// The table of rows that refer to this one by one of the foreign keys, and stay.
    private func referringTable(
        to facts: Facts,
        _ current: JSON,
        _ shape: TableShape,
        _ isWanted: (TableShape.ForeignKey) -> Bool
    ) -> TableName? {
        for ((key, role), count) in zip(shape.references, facts.references)
        where role == .isReferredTo && key.isReadable && isWanted(key) {
            guard let values = facts.row.key(key.targetColumns)?.map(\.value) else { continue }
            let place = Place(table: key.table, columns: key.columns, values: values.map(\.description))
            let isItself = key.table == shape.name && current.key(key.columns)?.map(\.value) == values
            let others = count + (counts[place] ?? 0) - (isItself ? 1 : 0)
            if others > following(key, values, isItself ? name(current, shape) : nil) { return key.table }
        }
        return nil
    }

    /// How many of the rows that follow refer to these values now.
    private func following(_ key: TableShape.ForeignKey, _ values: [JSON], _ itself: RowName?) -> Int64 {
        guard let shape = shapes[key.table] else { return 0 }
        let rows = followers.filter { $0.key == key }.flatMap(\.rows)
        let names = Set(rows.compactMap { name($0.row, shape) }).filter { $0 != itself }
        return Int64(names.filter { row($0)?.key(key.columns)?.map(\.value) == values }.count)
    }
}

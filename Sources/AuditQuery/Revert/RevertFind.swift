import AuditTrail
import JSON
import Postgres

/// The look at a row of which the columns that were changed since are skipped.
extension RevertStatement {
    /// The statement that locks the row and answers with what becomes of each of its columns (`RevertUnits.states`), as an
    /// array of words; nil where the row is taken back as a whole.
    ///
    /// What is locked here is what the next statements act on, so that nobody changes a column in between. Who refers to the
    /// row waits only where others would be changed along with it.
    var find: SQL? {
        units.map { units in
            let lock: SQL = looks.isEmpty ? "no key update" : "update"
            return """
                select pg_catalog.to_jsonb(array[\(states(units).joined(separator: ",\n    "))]::pg_catalog.text[])
                from \(([table + " as t"] + recordsFound + [comparisons(units)]).joined(separator: ",\n  "))
                where \(isFound(units))
                for \(lock) of t
                """
        }
    }

    /// That a row is there of which the columns can be told: the key, and what goes with one that is given back.
    func isFound(_ units: RevertUnits) -> SQL {
        let required = (units.key?.compared ?? []).compactMap(shape.column).map { records.holds($0, "was") }
        return ([records.hasKey("was")] + required).joined(separator: "\n  and ")
    }

    /// The value of a column that is put back, or the one that it has where that is not to be changed.
    func kept(_ column: TableShape.Column, unlessHeld value: SQL) -> SQL {
        guard let place = units?.others.flatMap(\.compared).firstIndex(of: column.name) else { return value }
        return "case when \(isTaken(place)) then \(value) else t.\(identifier: column.name) end"
    }

    /// That what a foreign key refers to is taken back at all; nil where it is, or nothing is.
    func isTaken(_ key: TableShape.ForeignKey) -> SQL? {
        let names = units?.others.flatMap(\.compared)
        return names?.firstIndex { key.targetColumns.contains($0) && step.restored[$0] != nil }.map(isTaken)
    }

    private func isTaken(_ place: Int) -> SQL {
        "pg_catalog.jsonb_extract_path_text($1, 'states', '\(place)') operator(pg_catalog.=) '\(.held)'"
    }

    /// The records that the row is compared with: what the change wrote, what takes its place, and how it ends.
    private var recordsFound: [SQL] {
        [recordWas, recordOf(step.restored, as: "back")] + (end.map { [recordOf($0, as: "last")] } ?? [])
    }

    /// How the row ends where that is not what the statement puts there.
    private var end: JSON? { step.end == step.restored ? nil : step.end }

    /// For each column whether it holds what the change wrote, `held_1`, and whether it is as the revert leaves it, `done_1`.
    private func comparisons(_ units: RevertUnits) -> SQL {
        let names = units.others.flatMap(\.compared)
        let values = names.enumerated().flatMap { place, name -> [SQL] in
            guard let column = shape.column(name) else { return [] }
            let held: SQL = "(\(records.holds(column, "was"))) as held_\(place)"
            guard step.restored[name] != nil else { return [held] }
            let isLast = end?[name] != nil && end?[name] != step.restored[name]
            let ends = [records.holds(column, "back")] + (isLast ? [records.holds(column, "last")] : [])
            return [held, "(\(ends.joined(separator: " or "))) as done_\(place)"]
        }
        return "lateral (select \(values.joined(separator: ",\n    "))) as c"
    }

    private func states(_ units: RevertUnits) -> [SQL] {
        var place = 0
        let states = units.others.flatMap { unit -> [SQL] in
            let places = place..<place + unit.compared.count
            let columns = places.prefix(unit.columns.count)
            let isWhole = places.map { (place) -> SQL in "c.held_\(place)" }.joined(separator: " and ")
            let isDone = columns.map { (place) -> SQL in "c.done_\(place)" }.joined(separator: " and ")
            place = places.upperBound
            return columns.map { (place) -> SQL in
                """
                case when \(isWhole) then '\(.held)' when \(isDone) then '\(.done)' when c.held_\(place) then '\(.kept)' \
                else '\(.changed)' end
                """
            }
                + places.dropFirst(unit.columns.count).map { (place) -> SQL in
                    "case when (\(isDone)) or c.held_\(place) then '\(.done)' else '\(.changed)' end"
                }
        }
        return states + units.names.dropFirst(place).map { _ in "'\(.held)'" }
    }
}

extension SQL.StringInterpolation {
    /// Adds the word of a state.
    fileprivate mutating func appendInterpolation(_ state: RevertUnits.State) {
        switch state {
        case .held: appendLiteral("held")
        case .done: appendLiteral("done")
        case .kept: appendLiteral("kept")
        case .changed: appendLiteral("changed")
        }
    }
}

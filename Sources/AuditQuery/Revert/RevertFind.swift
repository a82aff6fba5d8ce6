import AuditTrail
import JSON
import Postgres

/// The look at a row of which the columns that were changed since are skipped.
extension RevertStatement {
    /// The statement that locks the row and answers with what becomes of each of its columns (`RevertUnits.states`), as an
    /// array of words; nil where the row is taken back as a whole.
    ///
    /// What is locked here is what the next statements act on, so that nobody changes a column in between. Of a row that
    /// another session has changed meanwhile the words are made anew, since they stand in the list of the select: what comes
    /// from a subquery would be as it was. Who refers to the row waits only where others would be changed along with it.
    var find: SQL? {
        units.map { units in
            let lock: SQL = looks.isEmpty ? "no key update" : "update"
            return """
                select pg_catalog.to_jsonb(array[\(states(units).joined(separator: ",\n    "))]::pg_catalog.text[])
                from \(([table + " as t"] + recordsFound).joined(separator: ",\n  "))
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

    /// The word for each column.
    private func states(_ units: RevertUnits) -> [SQL] {
        let states = units.others.flatMap { unit -> [SQL] in
            let isWhole = unit.compared.map(held).joined(separator: " and ")
            let isDone = unit.columns.map(done).joined(separator: " and ")
            let columns = unit.columns.map { name -> SQL in
                let kept: SQL = unit.compared.count > 1 ? " when \(held(name)) then '\(.kept)'" : ""
                let done: SQL = " when \(isDone) then '\(.done)'"
                return "case when \(isWhole) then '\(.held)'\(done)\(kept) else '\(.changed)' end"
            }
            let guards = unit.guards.map { name -> SQL in
                "case when \(held(name)) or (\(isDone)) then '\(.done)' else '\(.changed)' end"
            }
            return columns + guards
        }
        return states + units.names.dropFirst(states.count).map { _ in "'\(.held)'" }
    }

    /// That a column holds what the change wrote.
    private func held(_ name: String) -> SQL {
        guard let column = shape.column(name) else { return "false" }
        return "(\(records.holds(column, "was")))"
    }

    /// That a column is as the revert leaves it already: as the statement would, or as the revert as a whole does.
    private func done(_ name: String) -> SQL {
        guard let column = shape.column(name) else { return "false" }
        let isLast = end?[name] != nil && end?[name] != step.restored[name]
        let ends = [records.holds(column, "back")] + (isLast ? [records.holds(column, "last")] : [])
        return "(\(ends.joined(separator: " or ")))"
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

import AuditTrail
import JSON
import Postgres

/// The SQL of one step of a revert, which acts only while the row holds what the change wrote.
///
/// Values are not in it: they are taken out of JSON by the server, each in the type of its column, so that what the trail
/// holds is what is compared and written: numbers to the last digit, arrays, domains and composite types alike.
struct RevertStatement {
    let step: RevertStep
    let shape: TableShape
    /// The rows that follow a key which changes and are part of the revert.
    let followers: [RevertFollowers.Rows]
    /// The place among the steps that are one statement; nil where it is the only one.
    let place: Int?
    /// Which columns are taken back together where those that were changed since are skipped; nil where none is.
    let units: RevertUnits?

    var table: SQL { shape.name.quoted }
    var records: RevertRecord { RevertRecord(shape: shape) }

    /// The row in words, for messages.
    var name: String {
        let key = step.currentKey(shape.keyColumns).map {
            " #" + $0.map { keyValueText($0.value) }.joined(separator: ",")
        }
        return "activity \(step.change.activity.id): \(shape.name)\(key ?? "")"
    }

    /// What the change wrote; nil where there is no row of it.
    var was: JSON? { step.action == .insert ? nil : records.kept(step.written) }

    /// What takes its place; nil for no row.
    var put: JSON? { step.action == .delete ? nil : records.readable(step.restored) }

    /// What is done, without its end.
    var action: SQL {
        switch step.action {
        case .update: update
        case .insert: insertion
        case .delete: deletion
        case .none: ""
        }
    }

    private var update: SQL {
        let assignments = records.columns(of: step.restored).filter { changed.contains($0.name) }.map {
            (column) -> SQL in
            "\(identifier: column.name) = \(kept(column, unlessHeld: records.value(column, of: "put")))"
        }
        return """
            update \(table) as t
            set \(assignments.joined(separator: ", "))
            from \(records.written(source("put"), as: "put", step.restored)),
              \(recordWas)
            where \(units.map(isFound) ?? isHeld)
            """
    }

    private var insertion: SQL {
        let columns = records.columns(of: step.restored)
        return """
            insert into \(table) (\(columns.map { SQL.identifier($0.name) }.joined(separator: ", ")))
            overriding system value
            select \(columns.map { records.value($0, of: "put") }.joined(separator: ", "))
            from \(records.written(source("put"), as: "put", step.restored))
            where not exists (select from \(table) as t where \(records.hasKey(toWrite: "put")))
            """
    }

    private var deletion: SQL {
        """
        delete from \(table) as t
        using \(recordWas)
        where \(isHeld)
        """
    }

    /// The record `was` of what the change wrote.
    var recordWas: SQL { records.compared(source("was"), as: "was", step.written) }
    /// That the row `t` still holds that.
    var isHeld: SQL { "\(records.hasKey("was"))\n  and \(records.holds(step.written, "was"))" }

    /// The columns that an update changed, the key's among them only where it moved the row.
    private var changed: Set<String> {
        Set(step.change.activity.changedData?.members?.map(\.name) ?? [])
    }

    /// A part of the values: `$1 -> 'was'`, which are one behind the other where steps are one statement.
    func source(_ part: SQL) -> SQL {
        let value: SQL = "pg_catalog.jsonb_extract_path($1, '\(part)'"
        return place.map { (place) -> SQL in "\(value), '\(place)')" } ?? value + ")"
    }
}

extension RevertStatement {
    /// How the row may be already: as this statement or the revert as a whole leaves it; the first is so where a foreign key
    /// has passed the change on.
    private var possibleEnds: [JSON?] {
        step.action == .update && step.end != step.restored ? [step.restored, step.end] : [step.end]
    }

    /// Those that are told apart from what the statement puts there.
    var ends: [JSON] { possibleEnds.compactMap { $0.map(records.kept) }.filter { $0 != put } }

    /// Whether the row is so already.
    var isThere: SQL { "(" + possibleEnds.map(isAs).joined(separator: "\n    or ") + ")" }

    private func isAs(_ end: JSON?) -> SQL {
        guard let end else { return isGone }
        let isThere: SQL = """
            exists (select from \(table) as t,
                \(recordOf(end, as: "seen"))
              where \(records.hasKey("seen")) and \(records.holds(end, "seen")))
            """
        // A row that is still under its other key has not been moved, whoever is there.
        let isMoved = step.currentKey(shape.keyColumns) != end.key(shape.keyColumns)
        return isMoved ? "\(isThere)\n      and \(isGone)" : isThere
    }

    /// The record of how the row may be already.
    func recordOf(_ end: JSON, as alias: SQL) -> SQL {
        let values = ends.firstIndex(of: records.kept(end)).map { (index) -> SQL in
            "pg_catalog.jsonb_array_element(\(source("ends")), \(index))"
        }
        return records.compared(values ?? source("put"), as: alias, end)
    }

    private var isGone: SQL {
        let (part, values): (SQL, JSON) =
            step.action == .insert ? ("put", step.restored) : ("was", step.written)
        let record = records.compared(source(part), as: "gone", values)
        return "not exists (select from \(table) as t, \(record) where \(records.hasKey("gone")))"
    }
}

import AuditTrail
import JSON
import Postgres

/// The SQL of one step of a revert, which acts only while the row holds what the change wrote.
///
/// Values are taken out of JSON by the server, each in the type of its column, so that what the trail holds is what is
/// compared and written: numbers to the last digit, arrays, domains and composite types alike.
struct RevertStatement {
    let step: RevertStep
    let shape: TableShape

    private var table: SQL { shape.name.quoted }

    /// The row in words, for messages.
    var name: String {
        let key = step.currentKey(shape.keyColumns).map {
            " #" + $0.map { keyValueText($0.value) }.joined(separator: ",")
        }
        return "activity \(step.change.activity.id): \(shape.name)\(key ?? "")"
    }

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
        let assignments: [SQL] = columns(of: step.restored).filter { changed.contains($0.name) }
            .map { (column) -> SQL in "\(identifier: column.name) = \(value(column, of: "put"))" }
        return """
            update \(table) as t
            set \(assignments.joined(separator: ", "))
            from \(record(step.restored)) as put\(definition(step.restored)),
              \(record(step.written)) as was\(definition(step.written))
            where \(hasKey("was")) and \(holds(step.written, "was", where: changed.contains))
            """
    }

    private var insertion: SQL {
        let columns = columns(of: step.restored)
        return """
            insert into \(table) (\(columns.map { SQL.identifier($0.name) }.joined(separator: ", ")))
            overriding system value
            select \(columns.map { value($0, of: "put") }.joined(separator: ", "))
            from \(record(step.restored)) as put\(definition(step.restored))
            where not exists (select from \(table) as t where \(hasKey("put")))
            """
    }

    private var deletion: SQL {
        let references = shape.foreignKeys.filter { $0.target == shape.name && $0.hasDeleteAction }.map {
            (key) -> SQL in
            let child = key.table.quoted
            let matches: [SQL] = zip(key.columns, key.targetColumns).map { (own, target) -> SQL in
                "c.\(identifier: own) = t.\(identifier: target)"
            }
            // A row that refers to itself goes with itself.
            let others: SQL = key.table == shape.name ? " and not (\(isKey("c", "t")))" : ""
            return "\n  and not exists (select from \(child) as c where \(matches.joined(separator: " and "))\(others))"
        }
        return """
            delete from \(table) as t
            using \(record(step.written)) as was\(definition(step.written))
            where \(hasKey("was")) and \(holds(step.written, "was") { _ in true })\(references.joined())
            """
    }

    /// Whether the row is already as this statement or the revert as a whole leaves it; the first is so where a foreign key
    /// has passed the change on.
    var isThere: SQL {
        let ends = step.action == .update && step.end != step.restored ? [step.restored, step.end] : [step.end]
        return "(" + ends.map(isAs).joined(separator: "\n    or ") + ")"
    }

    private func isAs(_ end: JSON?) -> SQL {
        guard let end else {
            let row = step.action == .insert ? step.restored : step.written
            return
                "not exists (select from \(table) as t, \(record(row)) as was\(definition(row)) where \(hasKey("was")))"
        }
        let isThere: SQL =
            "exists (select from \(table) as t, \(record(end)) as was\(definition(end)) "
            + "where \(hasKey("was")) and \(holds(end, "was") { _ in true }))"
        // A row that is still under its other key has not been moved, whoever is there.
        let isMoved = step.currentKey(shape.keyColumns) != end.key(shape.keyColumns)
        return isMoved ? "\(isThere)\n      and \(isAs(nil))" : isThere
    }

    /// The columns that an update changed, the key's among them only where it moved the row.
    private var changed: Set<String> {
        Set(step.change.activity.changedData?.members?.map(\.name) ?? [])
    }

    private func columns(of values: JSON) -> [TableShape.Column] {
        let names = Set(values.members?.map(\.name) ?? [])
        return shape.columns.filter { names.contains($0.name) && !$0.isGenerated }
    }

    private func record(_ values: JSON) -> SQL {
        let kept = JSON.object((values.members ?? []).filter { shape.column($0.name)?.isGenerated == false })
        return "pg_catalog.jsonb_to_record(\(literal: kept.description))"
    }

    private func definition(_ values: JSON) -> SQL {
        "("
            + columns(of: values).map { (column) -> SQL in "\(identifier: column.name) \(column.typeName)" }.joined(
                separator: ", "
            ) + ")"
    }

    private func hasKey(_ record: SQL) -> SQL { isKey("t", record) }

    private func isKey(_ left: SQL, _ right: SQL) -> SQL {
        shape.keyColumns.map { (name) -> SQL in "\(left).\(identifier: name) = \(right).\(identifier: name)" }
            .joined(separator: " and ")
    }

    /// That the row holds the values of the record, the key apart.
    private func holds(_ values: JSON, _ record: SQL, where isWanted: (String) -> Bool) -> SQL {
        let columns = columns(of: values).filter { isWanted($0.name) && !shape.keyColumns.contains($0.name) }
        let conditions = columns.map { (column) -> SQL in
            comparison(column, "t.\(identifier: column.name)", "\(record).\(identifier: column.name)")
        }
        return conditions.isEmpty ? "true" : conditions.joined(separator: "\n  and ")
    }

    /// The comparison of two values of a column as the trail compares them.
    ///
    /// It does not hold the scale of a number that is all that changed, nor tell a null from the null of JSON.
    private func comparison(_ column: TableShape.Column, _ left: SQL, _ right: SQL) -> SQL {
        switch column.kind {
        case .document:
            "coalesce(\(left)::jsonb, 'null') = coalesce(\(right)::jsonb, 'null')"
        case .number: "\(left) is not distinct from \(right)"
        // Rows of one column would be compared as the column's own operator has it.
        case .moment, .other:
            "cast(row(\(left)) as record) operator(pg_catalog.*=) cast(row(\(right)) as record)"
        }
    }

    /// A value to be written; a column of documents that must not be null can only have held the null of JSON.
    private func value(_ column: TableShape.Column, of record: SQL) -> SQL {
        let value: SQL = "\(record).\(identifier: column.name)"
        return column.kind == .document && column.isRequired ? "coalesce(\(value), 'null')" : value
    }
}

import AuditTrail
import JSON
import Postgres

/// A look for rows of others that the server would change along with a row.
struct RevertLook {
    /// The table that refers.
    let table: TableName
    /// What finds such rows.
    let sql: SQL
}

extension RevertStatement {
    /// The statement that locks the row, so that nobody begins to refer to it; nil where the server would change no others,
    /// or the row is locked by `find`.
    var lock: SQL? {
        guard !looks.isEmpty, units == nil else { return nil }
        return "select from \(table) as t, \(recordWas)\nwhere \(isHeld)\nfor update of t"
    }

    /// For each foreign key with an action what looks for rows of others, once the row is locked.
    var looks: [RevertLook] {
        let keys = shape.foreignKeys.filter { $0.target == shape.name }
        switch step.action {
        case .delete: return keys.filter(\.hasDeleteAction).map { look($0, nil) }
        case .update:
            return keys.filter { $0.hasUpdateAction && step.changes($0) }.map { key in
                look(key, followers.firstIndex { $0.key == key })
            }
        case .insert, .none: return []
        }
    }

    private func look(_ key: TableShape.ForeignKey, _ place: Int?) -> RevertLook {
        // Nobody knows what they compare by: none may be there that might be one.
        guard let operators = key.operators, operators.count == key.columns.count else {
            let references =
                key.columns.map { (column) -> SQL in "c.\(identifier: column) is not null" }
                + (isTaken(key).map { [$0] } ?? [])
            return RevertLook(
                table: key.table,
                sql: "select from \(key.table.quoted) as c\nwhere \(references.joined(separator: " and "))\nlimit 1"
            )
        }
        let matches = key.columns.indices.compactMap { (index) -> SQL? in
            shape.column(key.targetColumns[index]).map { column in
                let child: SQL = "c.\(identifier: key.columns[index])"
                return records.equal(column, "was.\(identifier: column.name)", child, by: operators[index])
            }
        }
        let (selves, others) = key.table == shape.name ? itself : ([], [])
        let strangers = place.map { [isStranger(followers[$0], place: $0)] } ?? []
        let taken = isTaken(key).map { [$0] } ?? []
        return RevertLook(
            table: key.table,
            sql: """
                select from \(([key.table.quoted + " as c", referred(by: key)] + selves).joined(separator: ",\n  "))
                where \((matches + others + strangers + taken).joined(separator: "\n  and "))
                limit 1
                """
        )
    }

    /// A row that refers to itself goes with itself.
    private var itself: ([SQL], [SQL]) {
        ([records.compared(source("was"), as: "own", step.written)], ["not (\(records.hasKey("own", of: "c")))"])
    }

    /// The values that a foreign key refers to, in the types by which the server compares them.
    private func referred(by key: TableShape.ForeignKey) -> SQL {
        let columns = key.targetColumns.compactMap(shape.column).map { (column) -> SQL in
            "\(identifier: column.name) \(column.plainTypeName)"
        }
        return "pg_catalog.jsonb_to_record(\(source("was"))) as was(\(columns.joined(separator: ", ")))"
    }

    private func isStranger(_ followers: RevertFollowers.Rows, place: Int) -> SQL {
        let others = RevertRecord(shape: followers.shape)
        let rows: SQL = "pg_catalog.jsonb_extract_path($1, 'along', '\(place)')"
        let record = others.compared("f.value", as: "along", .object(followers.keys.first ?? []))
        return """
            not exists (select from pg_catalog.jsonb_array_elements(\(rows)) as f(value),
              \(record)
              where \(others.hasKey("along", of: "c")))
            """
    }
}

import AuditTrail
import Postgres

/// Columns of the audit tables that were dropped from an installation of ours.
extension Catalog {
    /// A column that an installation has, and what it is made with.
    struct AuditColumn {
        var relation: String
        var name: String
        var type: SQL
        /// Without it a transaction's row is written without the value; without any other, writes fail.
        var isDispensable = false
    }

    static let auditColumns: [AuditColumn] = [
        AuditColumn(relation: "transaction", name: "native_transaction_id", type: "bigint"),
        AuditColumn(relation: "transaction", name: "issued_at", type: "timestamp without time zone"),
        AuditColumn(relation: "transaction", name: "client_addr", type: "inet", isDispensable: true),
        AuditColumn(relation: "transaction", name: "actor_id", type: "", isDispensable: true),
        AuditColumn(relation: "activity", name: "schema", type: "text"),
        AuditColumn(relation: "activity", name: "table_name", type: "text"),
        AuditColumn(relation: "activity", name: "relid", type: "integer"),
        AuditColumn(relation: "activity", name: "issued_at", type: "timestamp without time zone"),
        AuditColumn(relation: "activity", name: "native_transaction_id", type: "bigint"),
        AuditColumn(relation: "activity", name: "verb", type: "text"),
        AuditColumn(relation: "activity", name: "old_data", type: "jsonb default '{}'"),
        AuditColumn(relation: "activity", name: "changed_data", type: "jsonb default '{}'"),
        AuditColumn(relation: "activity", name: "transaction_id", type: "bigint"),
    ]

    /// Those that are gone; none where there is no installation of ours, with both tables.
    var missingColumns: [AuditColumn] {
        guard audit.mark != nil, !isRemnant else { return [] }
        return Self.auditColumns.filter { column in
            !audit.columns(of: column.relation).contains { $0.name == column.name }
        }
    }

    func missingColumnHoles(_ profile: Profile) -> [Hole] {
        var holes = missingColumns.map { column in
            let what = column.isDispensable ? "what it holds is not recorded" : "writes fail"
            return Hole(
                kind: column.isDispensable ? .stale : .writeFails,
                table: TableName(schema: auditSchema, name: column.relation),
                detail: "column \(column.name) is gone, \(what); audit-tui init puts it back"
            )
        }
        if profile == .standard && !hasContext {
            let detail = "column context is gone, nothing is recorded of roles; audit-tui init puts it back"
            let table = TableName(schema: auditSchema, name: "transaction")
            holes.append(Hole(kind: .stale, table: table, detail: detail))
        }
        return holes
    }

    /// What puts them back, empty; what they held is lost.
    func missingColumnSteps(_ settings: InstallSettings) -> [Plan.Step] {
        missingColumns.map { column in
            let table = TableName(schema: auditSchema, name: column.relation)
            let type = column.name == "actor_id" ? settings.actor?.type ?? "text" : column.type
            var sql: SQL = "alter table \(table.quoted) add column \(identifier: column.name) \(type);\n"
            if column.name == "actor_id", let actor = settings.actor {
                sql +=
                    "alter table \(table.quoted) add foreign key (actor_id) "
                    + "references \(actor.table.quoted) (\(identifier: actor.key));\n"
            }
            if column.name == "transaction_id" {
                sql +=
                    "alter table \(table.quoted) add foreign key (transaction_id) "
                    + "references \(SQL.name(auditSchema, "transaction")) (id);\n"
            }
            return Plan.Step("put back column \(column.relation).\(column.name)", sql, table: table)
        }
    }
}

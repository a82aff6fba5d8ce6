import AuditTrail
import Postgres

/// An index of the audit tables.
struct AuditIndex: Equatable, Sendable {
    /// At most 63 bytes: the server would cut off what is beyond.
    var name: String
    var relation: String
    /// What follows the table's name in `create index`.
    var definition: String

    /// The indexes of a profile.
    ///
    /// Names follow the models of the Python package, which prefix the schema when it is not `public`. The first has
    /// one name in both profiles; what Alembic makes of its second column, and of the other indexes, is what
    /// `alembicFilter` is for.
    static func all(schema: String, profile: Profile) -> [AuditIndex] {
        func index(_ relation: String, _ suffix: String, _ definition: String) -> AuditIndex {
            let plain = "\(relation)_\(suffix)"
            let prefixed = schema == "public" ? "ix_\(plain)" : "ix_\(schema)_\(plain)"
            return AuditIndex(
                name: prefixed.utf8.count <= 63 ? prefixed : "ix_\(plain)",
                relation: relation,
                definition: definition
            )
        }
        switch profile {
        case .flask:
            return [index("activity", "native_transaction_id", "(native_transaction_id)")]
        case .standard:
            return [
                index("activity", "native_transaction_id", "(native_transaction_id, id)"),
                index("activity", "table_name_id", "(table_name, id)"),
                index("activity", "without_transaction", "(id) where transaction_id is null"),
                index("transaction", "actor_id_id", "(actor_id, id)"),
            ]
        }
    }
}

extension Catalog {
    /// More rows than this are not indexed in the transaction of an installation, which keeps writers out meanwhile.
    private static let rowsIndexedInPlace: Int64 = 200_000

    func addIndexes(to plan: inout Plan, _ installation: Installation, _ settings: InstallSettings) {
        for index in settings.indexes where !audit.objects.indexNames.contains(index.name) {
            let rows =
                index.relation == "activity"
                ? audit.objects.estimatedActivities : audit.objects.estimatedTransactions
            guard rows <= Self.rowsIndexedInPlace else {
                plan.notes.append(
                    "index \(sqlIdentifier(index.name)) is left out: \(index.relation) holds about \(rows) rows, "
                        + "and writers would wait while it is built; build it concurrently"
                )
                continue
            }
            let table = TableName(schema: auditSchema, name: index.relation)
            let sql = "create index \(quotedIdentifier(index.name)) on \(table.quoted) \(index.definition);\n"
            let lock = installation == .absent ? nil : table
            plan.steps.append(Plan.Step("create index \(sqlIdentifier(index.name))", sql, table: lock))
        }
    }
}

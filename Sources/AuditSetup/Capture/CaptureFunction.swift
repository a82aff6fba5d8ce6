import AuditTrail
import Postgres

/// The trigger function of one table.
///
/// It runs for every write, so it is written for the columns that the table has, and leaves the catalog alone. It
/// belongs to the table's owner: nothing that it evaluates runs with more rights than the table's owner has anyway.
/// It has no search path of its own, which would cost a tenth of its time; every name in it is qualified instead.
struct CaptureFunction {
    var auditSchema: String
    var relation: RelationFacts
    /// The captured columns, without the excluded ones and those that triggers see nothing of.
    var columns: [ColumnFacts]
    var excludedColumns: [ColumnFacts]
    var hasVirtualColumns: Bool
    var isSwitchable: Bool

    init(
        for relation: RelationFacts,
        columns: [ColumnFacts],
        excluding excluded: [String],
        auditSchema: String,
        isAlways: Bool
    ) {
        self.auditSchema = auditSchema
        self.relation = relation
        self.columns = columns.filter { !excluded.contains($0.name) && !$0.isVirtual }
        excludedColumns = columns.filter { excluded.contains($0.name) && !$0.isVirtual }
        hasVirtualColumns = columns.contains(where: \.isVirtual)
        isSwitchable = !isAlways
    }

    var name: String { relation.captureFunctionName }
    private var signature: SQL { "\(SQL.name(auditSchema, name))()" }

    /// Copies of row triggers cover the partitions, among them those that are made later.
    var isPartitioned: Bool { relation.kind == .partitioned }

    /// Whether all events are captured row by row: a statement trigger would record a child by inheritance twice, and
    /// has no way out when a column is not what it was.
    var needsRowTriggers: Bool {
        isPartitioned || relation.root != nil || relation.inherits || isReplicated
            || !columns.allSatisfy { $0.form == .plain }
    }

    /// Whether what a subscription brings is captured: its worker fires no statement trigger but those of truncate (manual,
    /// "Architecture" of logical replication).
    private var isReplicated: Bool { relation.isSubscribed && !isSwitchable }

    /// What makes the function, and lets its owner write the trail through it.
    func creation(for server: ServerFacts, replacing installed: AuditFacts.Function? = nil) -> SQL {
        // Before it has a body that is worth anything: a former owner may change it until then.
        let isOfOther = server.isSuperuser && installed.map { $0.owner != relation.owner } ?? false
        var sql: SQL = isOfOther ? "alter function \(signature) owner to \(identifier: relation.owner);\n" : ""
        sql += """
            create or replace function \(signature)
            returns trigger
            language plpgsql
            security definer
            as \(SQL.dollarQuoted(body, tag: "body"));
            revoke all on function \(signature) from public;

            """
        guard server.isSuperuser && relation.owner != server.role else { return sql }
        let schema = SQL.identifier(auditSchema)
        let owner = SQL.identifier(relation.owner)
        sql += """
            alter function \(signature) owner to \(owner);
            grant usage on schema \(schema) to \(owner);
            grant insert on table \(schema).activity to \(owner);
            grant select (ctid, id, native_transaction_id, issued_at) on table \(schema).transaction to \(owner);
            grant usage on sequence \(schema).activity_id_seq to \(owner);
            grant execute on function \(schema).audit_transaction() to \(owner);
            grant execute on function \(schema).audit_move(integer, jsonb) to \(owner);

            """
        return sql
    }

    /// Whether the function is there as it should be.
    func isInstalled(in catalog: Catalog) -> Bool {
        catalog.audit.functions.contains { function in
            function.name == name && function.arguments.isEmpty && function.body == body.text
                && (!catalog.server.isSuperuser || function.owner == relation.owner)
        }
    }

    /// Whom the function belongs to when that is not the owner of its table; nil for a role that merely made it for them.
    func wrongOwner(in catalog: Catalog) -> String? {
        let installed = catalog.audit.functions.first { $0.name == name && $0.arguments.isEmpty }
        guard let owner = installed?.owner, owner != relation.owner else { return nil }
        return owner == catalog.server.role && !catalog.server.isSuperuser ? nil : owner
    }
}

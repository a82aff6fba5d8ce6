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
    /// The captured columns, without the excluded ones.
    var columns: [ColumnFacts]
    var hasExclusions: Bool
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
        self.columns = columns.filter { !excluded.contains($0.name) }
        hasExclusions = !excluded.isEmpty
        isSwitchable = !isAlways
    }

    /// `table_create_activity` for a table in `public`; otherwise what is plain of both names, and a hash of them.
    ///
    /// The reader of flask-audit-logger finds the excluded columns by the end of the name, and only behind one that
    /// needs no quotes. FNV-1a, after Fowler, Noll and Vo.
    static func name(for table: TableName) -> String {
        let suffix = "_create_activity"
        func isPlain(_ byte: UInt8) -> Bool {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "_")
        }
        let startsPlain =
            table.name.utf8.first.map { isPlain($0) && !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0) } ?? false
        if table.schema == "public" && startsPlain && table.name.utf8.allSatisfy(isPlain)
            && table.name.utf8.count + suffix.utf8.count <= 63
        {
            return table.name + suffix
        }
        let hash = table.description.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let plain = "\(table.schema)_\(table.name)".utf8.filter(isPlain).prefix(36)
        return "t_\(String(decoding: plain, as: UTF8.self))_\(String(hash, radix: 16))\(suffix)"
    }

    var name: String { Self.name(for: relation.name) }
    private var signature: SQL { "\(SQL.name(auditSchema, name))()" }

    /// Copies of row triggers cover the partitions, among them those that are made later.
    var isPartitioned: Bool { relation.kind == .partitioned }

    /// Whether all events are captured row by row: a statement trigger would record a child by inheritance twice, and
    /// has no way out when a column is not what it was.
    var needsRowTriggers: Bool {
        isPartitioned || relation.root != nil || relation.inherits || !columns.allSatisfy { $0.form == .plain }
    }

    /// What makes the function, and lets its owner write the trail through it.
    func creation(for server: ServerFacts) -> SQL {
        var sql: SQL = """
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
            grant select (id, native_transaction_id, issued_at) on table \(schema).transaction to \(owner);
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
}

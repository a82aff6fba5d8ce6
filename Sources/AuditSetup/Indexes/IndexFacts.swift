import AuditTrail
import Postgres

/// One index of an audit table, or of a partition of one, as the catalog has it.
struct IndexFacts: Equatable, Sendable {
    var table: TableName
    var name: String
    /// Complete and in use, which an index that is being built is not, nor one whose building was broken off.
    var isValid: Bool
    /// A B-tree over the columns' own order and collation.
    var isUsual: Bool
    /// Columns and expressions as the server spells them, without those that are only included.
    var keys: [String]
    /// As the server spells it; nil when every row is indexed.
    var predicate: String?
    /// The index of the partitioned table that this one is a part of.
    var parent: String?

    static func readAll(from connection: borrowing Connection, schema: String) throws(PostgresError) -> [IndexFacts] {
        try connection.execute(Statement("audit_indexes", SQLFiles.auditIndexes), [schema])
            .map { row throws(PostgresError) in
                IndexFacts(
                    table: TableName(schema: try row.text(0), name: try row.text(1)),
                    name: try row.text(2),
                    isValid: try row.boolean(3),
                    isUsual: try row.boolean(4),
                    keys: elements(ofArrayLiteral: try row.text(5)) ?? [],
                    predicate: row.optionalText(6),
                    parent: row.optionalText(7)
                )
            }
    }
}

/// One partition of an audit table.
struct PartitionFacts: Equatable, Sendable {
    /// `transaction` or `activity`.
    var root: String
    var table: TableName
    /// The table that it is a partition of.
    var parent: TableName
    var kind: RelationFacts.Kind
    /// What it holds of rows is compressed with lz4.
    var isCompressed: Bool

    static func readAll(
        from connection: borrowing Connection,
        schema: String
    ) throws(PostgresError) -> [PartitionFacts] {
        try connection.execute(Statement("audit_partitions", SQLFiles.auditPartitions), [schema])
            .map { row throws(PostgresError) in
                PartitionFacts(
                    root: try row.text(0),
                    table: TableName(schema: try row.text(1), name: try row.text(2)),
                    parent: TableName(schema: try row.text(3), name: try row.text(4)),
                    kind: try row.value(5, of: RelationFacts.Kind.self),
                    isCompressed: try row.boolean(6)
                )
            }
    }
}

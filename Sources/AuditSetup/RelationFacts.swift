import AuditTrail
import Postgres

/// What the catalog says about one relation that a person may name.
struct RelationFacts: Equatable, Sendable {
    /// `pg_class.relkind`, as far as `user_tables.sql` lists it.
    enum Kind: String, Sendable {
        case ordinary = "r"
        case partitioned = "p"
        case view = "v"
        case materializedView = "m"
        case foreign = "f"
    }

    var name: TableName
    var kind: Kind
    /// The topmost parent of a partition; nil for what is no partition.
    var root: TableName?
    /// Has or is a child by inheritance, partitions aside.
    var inherits: Bool
    var isOwned: Bool
    var canBeReferredTo: Bool
    var isOfExtension: Bool
    /// The planner's estimate; nil when the table was never analysed.
    var estimatedRows: Int64?
    /// In the order of the primary key; empty without one.
    var keyColumns: [String]
    var columns: [String]
    /// In the order of `columns`, as SQL spells them.
    var columnTypes: [String]
    /// The type of the first key column without its length limits.
    var keyBaseType: String?
    var owner: String
    /// The number of columns there ever were, dropped ones included: `pg_class.relnatts`.
    var attributeCount: Int64
    /// The number of the first column that was dropped.
    var firstDropped: Int64?

    static func readAll(from connection: borrowing Connection) throws(PostgresError) -> [RelationFacts] {
        try connection.execute(Statement("user_tables", SQLFiles.userTables))
            .map { row throws(PostgresError) in try decode(row) }
    }

    private static func decode(_ row: borrowing Row) throws(PostgresError) -> RelationFacts {
        var root: TableName?
        if let schema = row.optionalText(4), let name = row.optionalText(5) {
            root = TableName(schema: schema, name: name)
        }
        return RelationFacts(
            name: TableName(schema: try row.text(0), name: try row.text(1)),
            kind: try row.value(2, of: Kind.self),
            root: root,
            inherits: try row.boolean(6),
            isOwned: try row.boolean(7),
            canBeReferredTo: try row.boolean(8),
            isOfExtension: try row.boolean(9),
            estimatedRows: try row.optionalInteger(10),
            keyColumns: elements(ofArrayLiteral: try row.text(11)) ?? [],
            columns: elements(ofArrayLiteral: try row.text(12)) ?? [],
            columnTypes: elements(ofArrayLiteral: try row.text(13)) ?? [],
            keyBaseType: row.optionalText(14),
            owner: try row.text(15),
            attributeCount: try row.integer(16),
            firstDropped: try row.optionalInteger(17)
        )
    }
}

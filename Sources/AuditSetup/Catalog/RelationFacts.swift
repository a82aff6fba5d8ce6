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
    var isReadable: Bool
    var isOfExtension: Bool
    /// The planner's estimate; nil when the table was never analysed.
    var estimatedRows: Int64?
    /// In the order of the primary key; empty without one.
    var keyColumns: [String]
    var columns: [String]
    /// In the order of `columns`, as SQL spells them.
    var columnTypes: [String]
    /// The type of a key column.
    struct KeyType: Equatable, Sendable {
        /// As SQL spells it, domains looked through, without limits of length.
        var base: String
        var isDomain: Bool
        /// PostgreSQL's or a superuser's.
        var isTrusted: Bool
    }

    /// The type of the first key column.
    var keyType: KeyType?
    var owner: String
    /// The number of columns there ever were, dropped ones included: `pg_class.relnatts`.
    var attributeCount: Int64
    /// The number of the first column that was dropped.
    var firstDropped: Int64?

    /// 20 hexadecimal digits that stand for schema and name, and for no other table's.
    var digest: String
    /// A subscription writes to it, to one of its partitions or to what it is a partition of.
    var isSubscribed: Bool

    static func readAll(from connection: borrowing Connection) throws(PostgresError) -> [RelationFacts] {
        try connection.execute(Statement("user_tables", SQLFiles.userTables))
            .map { row throws(PostgresError) in try decode(row) }
    }

    private static func decode(_ row: borrowing Row) throws(PostgresError) -> RelationFacts {
        var root: TableName?
        if let schema = row.optionalText(4), let name = row.optionalText(5) {
            root = TableName(schema: schema, name: name)
        }
        var keyType: KeyType?
        if let base = row.optionalText(14) {
            keyType = KeyType(base: base, isDomain: try row.boolean(18), isTrusted: try row.boolean(19))
        }
        return RelationFacts(
            name: TableName(schema: try row.text(0), name: try row.text(1)),
            kind: try row.value(2, of: Kind.self),
            root: root,
            inherits: try row.boolean(6),
            isOwned: try row.boolean(7),
            canBeReferredTo: try row.boolean(8),
            isReadable: try row.boolean(21),
            isOfExtension: try row.boolean(9),
            estimatedRows: try row.optionalInteger(10),
            keyColumns: elements(ofArrayLiteral: try row.text(11)) ?? [],
            columns: elements(ofArrayLiteral: try row.text(12)) ?? [],
            columnTypes: elements(ofArrayLiteral: try row.text(13)) ?? [],
            keyType: keyType,
            owner: try row.text(15),
            attributeCount: try row.integer(16),
            firstDropped: try row.optionalInteger(17),
            digest: try row.text(20),
            isSubscribed: try row.boolean(22)
        )
    }
}

extension RelationFacts {
    private static let suffix = "_create_activity"

    /// `table_create_activity` for a table in `public`; otherwise what is plain of both names, and a digest of them.
    ///
    /// The reader of flask-audit-logger finds the excluded columns by the end of the name, and only behind one that
    /// needs no quotes.
    var captureFunctionName: String {
        if name.schema == "public" && isNamedPlainly { return name.name + Self.suffix }
        let plain = "\(name.schema)_\(name.name)".utf8.filter(Self.isPlain).prefix(
            63 - 3 - digest.utf8.count - Self.suffix.utf8.count
        )
        return "t_\(String(decoding: plain, as: UTF8.self))_\(digest)\(Self.suffix)"
    }

    /// Whether the name may stand for itself: nothing needs quotes, and it does not look like one that was made.
    private var isNamedPlainly: Bool {
        let bytes = Array(name.name.utf8)
        guard let first = bytes.first, !Self.isDigit(first), bytes.allSatisfy(Self.isPlain),
            bytes.count + Self.suffix.utf8.count <= 63
        else { return false }
        return !name.name.hasPrefix("t_") || bytes.count < 22 || !bytes.suffix(20).allSatisfy(Self.isHexadecimal)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_")
    }
}

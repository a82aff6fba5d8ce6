import AuditTrail
import Postgres

/// What the catalog says about one audit schema, whoever made it.
struct AuditFacts: Equatable, Sendable {
    struct Column: Equatable, Sendable {
        var relation: String
        var name: String
        var type: String
        var isCommented: Bool
        /// `l` for lz4, `p` for pglz, empty for the database's default.
        var compression: String
        /// Domains looked through, without limits of length.
        var baseType: String
        var isDomain: Bool
        /// The type under all domains is PostgreSQL's or a superuser's.
        var isTrusted: Bool
    }

    struct Function: Equatable, Sendable {
        var name: String
        var arguments: String
        var body: String
        var comment: String?
        var owner: String
        var isOfSuperuser: Bool
        /// Everybody may call it.
        var isPublic: Bool

        /// Whether it captures one table: a trigger function that this program writes.
        var isOfOneTable: Bool {
            name != "create_activity" && name.hasSuffix("_create_activity") && arguments.isEmpty
                && body.contains("Made by audit-tui")
        }
    }

    var columns: [Column]
    var functions: [Function]
    var indexes: [IndexFacts]
    var partitions: [PartitionFacts]
    var objects: AuditObjects
    var strangeObjects: [StrangeObject]
    var missingRights: [MissingRight]
    var partitionPlaces: [PartitionPlace]

    static func read(
        from connection: borrowing Connection,
        schema: String
    ) throws(PostgresError) -> AuditFacts {
        let columns = try connection.execute(Statement("audit_columns", SQLFiles.auditColumns), [schema])
            .map { row throws(PostgresError) in
                Column(
                    relation: try row.text(0),
                    name: try row.text(1),
                    type: try row.text(2),
                    isCommented: try row.boolean(3),
                    compression: try row.text(4),
                    baseType: try row.text(5),
                    isDomain: try row.boolean(6),
                    isTrusted: try row.boolean(7)
                )
            }
        let names = arrayLiteral(Routine.allNames)
        let functions = try connection.execute(Statement("audit_functions", SQLFiles.auditFunctions), [schema, names])
            .map { row throws(PostgresError) in
                Function(
                    name: try row.text(0),
                    arguments: try row.text(1),
                    body: try row.text(2),
                    comment: row.optionalText(3),
                    owner: try row.text(4),
                    isOfSuperuser: try row.boolean(5),
                    isPublic: try row.boolean(6)
                )
            }
        return AuditFacts(
            columns: columns,
            functions: functions,
            indexes: try IndexFacts.readAll(from: connection, schema: schema),
            partitions: try PartitionFacts.readAll(from: connection, schema: schema),
            objects: try AuditObjects.read(from: connection, schema: schema, functionNames: names),
            strangeObjects: try StrangeObject.readAll(from: connection, schema: schema),
            missingRights: try MissingRight.readAll(from: connection, schema: schema, functionNames: names),
            partitionPlaces: try PartitionPlace.readAll(from: connection, schema: schema)
        )
    }

    func columns(of relation: String) -> [Column] { columns.filter { $0.relation == relation } }

    /// The trigger function, without which nothing is captured.
    var captureFunction: Function? { functions.first { $0.name == "create_activity" && $0.arguments.isEmpty } }

    /// The mark that this program left; nil when another, or nobody, made the installation.
    var mark: VersionMark? { captureFunction?.comment.flatMap { VersionMark($0) } }
}

/// Rights, sizes and the actor table of one audit schema.
struct AuditObjects: Equatable, Sendable {
    var schemaExists: Bool
    var canCreate: Bool
    var ownsTables: Bool
    var hasConstraint: Bool
    /// Somebody but the owner may change what is written.
    var isAlterable: Bool
    /// Those of ours that are on the transaction table.
    var transactionTriggers: [String]
    var estimatedActivities: Int64
    var estimatedTransactions: Int64
    var activityBytes: Int64
    var transactionBytes: Int64
    var actorTable: TableName?
    /// This program has made the schema, and nothing but the trail is in it.
    var isOurSchemaAlone: Bool
    /// The server looks for the transaction of each new activity.
    var checksReferences: Bool
    /// The trigger that tells of what is written is there.
    var hasNotification: Bool
    /// Whom `activity` belongs to; nil when there is no trail.
    var owner: String?
    var isOfSuperuser: Bool
    /// Both tables belong to the same role.
    var isOfOneOwner: Bool
    /// The owner may make functions in the schema, and so be given some.
    var ownerCanCreate: Bool
    /// A subscription writes to the trail.
    var isSubscribed: Bool
    /// The first publication that sends the trail; nil for none.
    var publication: String?
    /// Those of them that fire in replica sessions, too.
    var transactionTriggersAlways: [String]
    /// Those of the two tables that have row security.
    var rowSecurity: [String]
    /// Transactions can be prepared for a commit in two phases.
    var preparesTransactions: Bool
    /// What has a name that an index of ours could have and is none of the two tables: of a partition, say.
    var otherIndexNames: Set<String>

    static func read(
        from connection: borrowing Connection,
        schema: String,
        functionNames names: String
    ) throws(PostgresError) -> AuditObjects {
        try connection.execute(Statement("audit_schema", SQLFiles.auditSchema), [schema, names])
            .only { row throws(PostgresError) in try decode(row) }
    }

    private static func decode(_ row: borrowing Row) throws(PostgresError) -> AuditObjects {
        var actorTable: TableName?
        if let schema = row.optionalText(10), let name = row.optionalText(11) {
            actorTable = TableName(schema: schema, name: name)
        }
        return AuditObjects(
            schemaExists: try row.boolean(0),
            canCreate: try row.boolean(1),
            ownsTables: try row.boolean(2),
            hasConstraint: try row.boolean(3),
            isAlterable: try row.boolean(4),
            transactionTriggers: elements(ofArrayLiteral: try row.text(5)) ?? [],
            estimatedActivities: try row.integer(6),
            estimatedTransactions: try row.integer(7),
            activityBytes: try row.integer(8),
            transactionBytes: try row.integer(9),
            actorTable: actorTable,
            isOurSchemaAlone: try row.boolean(13),
            checksReferences: try row.boolean(14),
            hasNotification: try row.boolean(15),
            owner: row.optionalText(16),
            isOfSuperuser: try row.boolean(17),
            isOfOneOwner: try row.boolean(18),
            ownerCanCreate: try row.boolean(19),
            isSubscribed: try row.boolean(20),
            publication: row.optionalText(21),
            transactionTriggersAlways: elements(ofArrayLiteral: try row.text(22)) ?? [],
            rowSecurity: elements(ofArrayLiteral: try row.text(23)) ?? [],
            preparesTransactions: try row.boolean(24),
            otherIndexNames: Set(elements(ofArrayLiteral: try row.text(25)) ?? [])
        )
    }
}

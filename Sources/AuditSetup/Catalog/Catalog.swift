import AuditTrail
import Postgres

/// All that setting up needs to know of a database, read in one snapshot.
///
/// Plans, candidates and status are computed from it without asking the server again.
public struct Catalog: Equatable, Sendable {
    /// The schema of the audit tables, which need not exist yet.
    public let auditSchema: String
    let searchPath: [String]
    let server: ServerFacts
    let audit: AuditFacts
    let relations: [RelationFacts]
    let triggers: [TriggerFacts]
    let columns: [TableName: [ColumnFacts]]
    let index: CatalogIndex

    /// Reads the catalog of the connection's database in a read-only transaction of its own.
    ///
    /// Throws `SetupError.serverTooOld` and `.server`.
    public static func read(
        from connection: borrowing Connection,
        auditSchema: String
    ) throws(SetupError) -> Catalog {
        try requireSupported(serverVersion: connection.serverVersion)
        return try inSnapshot(on: connection) { () throws(SetupError) in
            try readInTransaction(from: connection, auditSchema: auditSchema)
        }
    }

    /// Reads within the transaction that is open, and pins its settings.
    static func readInTransaction(
        from connection: borrowing Connection,
        auditSchema: String
    ) throws(SetupError) -> Catalog {
        do {
            let path =
                try connection.execute(Statement("search_path", SQLFiles.searchPath))
                .first { row throws(PostgresError) in elements(ofArrayLiteral: try row.text(0)) } ?? nil
            try pinSession(on: connection)
            let relations = try RelationFacts.readAll(from: connection)
            let triggers = try TriggerFacts.readAll(from: connection)
            return Catalog(
                auditSchema: auditSchema,
                searchPath: path ?? [],
                server: try ServerFacts.read(from: connection),
                audit: try AuditFacts.read(from: connection, schema: auditSchema),
                relations: relations,
                triggers: triggers,
                columns: try ColumnFacts.readAll(from: connection),
                index: CatalogIndex(relations, triggers)
            )
        } catch {
            throw .server(error)
        }
    }

    /// From here on nothing that the session's own search path names can stand in for the system's objects, and no setting
    /// of the database or the role changes what a text means.
    static func pinSession(on connection: borrowing Connection) throws(PostgresError) {
        try connection.execute(Statement("session_pins", SQLFiles.sessionPins))
    }

    /// Runs the reading in a read-only transaction that sees one state of the database.
    static func inSnapshot<T>(
        on connection: borrowing Connection,
        _ read: () throws(SetupError) -> T
    ) throws(SetupError) -> T {
        do throws(SetupError) {
            try execute("begin isolation level repeatable read read only", on: connection)
            let value = try read()
            try execute("commit", on: connection)
            return value
        } catch {
            // Leaves the session usable; the first failure is the one worth telling.
            _ = try? connection.execute(Statement("rollback", "rollback"))
            throw error
        }
    }

    private static func execute(_ sql: SQL, on connection: borrowing Connection) throws(SetupError) {
        do {
            try connection.execute(Statement(sql.text, sql))
        } catch {
            throw .server(error)
        }
    }

    /// The schemas that hold audit tables, in the order of their names.
    ///
    /// Throws `SetupError.server`.
    public static func installations(on connection: borrowing Connection) throws(SetupError) -> [String] {
        try inSnapshot(on: connection) { () throws(SetupError) in
            do throws(PostgresError) {
                try pinSession(on: connection)
                return try connection.execute(Statement("installations", SQLFiles.installations))
                    .map { row throws(PostgresError) in try row.text(0) }
            } catch {
                throw .server(error)
            }
        }
    }
}

/// Refuses a server whose version, as `Connection.serverVersion`, is too old to be worked on.
///
/// A session that has ended has the version 0, and the next statement says so. Throws `SetupError.serverTooOld`.
func requireSupported(serverVersion: Int) throws(SetupError) {
    guard serverVersion == 0 || serverVersion >= 140_000 else { throw .serverTooOld(serverVersion) }
}

/// What the server and the role can do.
struct ServerFacts: Equatable, Sendable {
    var role: String
    var canCreateSchema: Bool
    var hasBtreeGist: Bool
    var canCreateBtreeGist: Bool
    var hasAlembic: Bool
    var isSuperuser: Bool
    /// Values can be compressed with lz4.
    var hasLZ4: Bool

    static func read(from connection: borrowing Connection) throws(PostgresError) -> ServerFacts {
        try connection.execute(Statement("server_facts", SQLFiles.serverFacts))
            .only { row throws(PostgresError) in
                ServerFacts(
                    role: try row.text(0),
                    canCreateSchema: try row.boolean(1),
                    hasBtreeGist: try row.boolean(2),
                    canCreateBtreeGist: try row.boolean(3),
                    hasAlembic: try row.boolean(4),
                    isSuperuser: try row.boolean(5),
                    hasLZ4: try row.boolean(6)
                )
            }
    }
}

import AuditTrail
import JSON
import Postgres

/// An audit trail that was found in a database, and how its statements are to be worded.
public struct Trail: Equatable, Sendable {
    /// The schema that holds `transaction` and `activity`.
    public var schema: String
    /// Whether this role may read both.
    public var isReadable: Bool
    /// Whether a walk from transaction to transaction has an index to go by; without one every page is slow.
    public var hasNativeIndex: Bool
    /// What the person has decided about reading it.
    public private(set) var preferences = TrailPreferences()
    /// What is hidden in all that is read of it.
    public var masks: Masks {
        get { preferences.masks }
        set { preferences.masks = newValue }
    }
    /// What else it can be walked by.
    var indexes = TrailIndexes()
    /// Whether activity is a table of this database rather than a view, or made of partitions or elsewhere.
    var isPlain = true
    /// Whether the server can tell of what is written, so that following need not wait for its next look.
    public var notifies = false
    /// The times at which partitions begin or end, in their order; none where time does not make the partitions.
    var partitionEdges: [Timestamp] = []
    /// Whether its partitions can be read in the order of time, but not in that of ids.
    var isByTime = false
    /// Whether native ids rise with time, so that a list can go by them.
    var isInNativeOrder = false
    /// The table that names actors; nil without a foreign key or without the right to read it.
    var actorTable: ActorTable?
    /// The type of `transaction.actor_id`, schema and name.
    var actorType: (schema: String, name: String)

    struct ActorTable: Equatable, Sendable {
        var schema: String
        var name: String
        var key: String
        /// The column with the names; nil when the table has none of those that are looked for.
        var label: String?
    }

    /// Two trails are equal when all that was found of them is.
    public static func == (left: Trail, right: Trail) -> Bool {
        left.schema == right.schema && left.isReadable == right.isReadable
            && left.hasNativeIndex == right.hasNativeIndex && left.actorTable == right.actorTable
            && left.actorType == right.actorType && left.indexes == right.indexes && left.isPlain == right.isPlain
            && left.isInNativeOrder == right.isInNativeOrder && left.notifies == right.notifies
            && left.partitionEdges == right.partitionEdges
            && left.isByTime == right.isByTime && left.preferences == right.preferences
    }

    /// The identifiers of the statements: `:"schema"`, `:"actor_table"` and so on.
    var identifiers: [String: String] {
        var names = ["schema": schema, "actor_type_schema": actorType.schema, "actor_type": actorType.name]
        if let actorTable {
            names["actor_schema"] = actorTable.schema
            names["actor_table"] = actorTable.name
            names["actor_key"] = actorTable.key
            names["actor_label"] = actorTable.label
        }
        return names
    }

    /// To what the indexes lead, as a filter's cost says it.
    public var indexedTerms: IndexedTerms {
        IndexedTerms(
            tables: indexes.hasTable,
            rows: !indexes.rowKeys.isEmpty && !indexes.movedKeys.isEmpty,
            actors: indexes.hasActor
        )
    }

    /// From when to before when is what partitions hold of the time of a moment, as literals.
    func partition(of moment: Timestamp) -> [String?] {
        let start = partitionEdges.last { $0 <= moment }
        let end = partitionEdges.first { $0 > moment }
        return [start.map(timestampLiteral) ?? "-infinity", end.map(timestampLiteral) ?? "infinity"]
    }

    /// The table to look labels up in; nil when there is none.
    var labelledActorTable: ActorTable? { actorTable?.label == nil ? nil : actorTable }
}

/// Why there is no trail to read.
public enum TrailError: Error, Equatable, Sendable {
    /// No schema of the database, or not the one that was named, holds the two tables.
    case missing(schema: String?, database: String)
    /// Several schemas do, and none was named.
    case ambiguous(schemas: [String])
    /// The role may not read the tables.
    case unreadable(schema: String)
}

extension TrailError: CustomStringConvertible {
    /// What is the matter and what to do, for the person at the keyboard.
    public var description: String {
        switch self {
        case .missing(nil, let database):
            "database \"\(database)\" has no audit tables; install them with: audit-tui init TABLE..."
        case .missing(let schema?, let database):
            "schema \"\(schema)\" of database \"\(database)\" has no audit tables in the format of flask-audit-logger"
        case .ambiguous(let schemas):
            "several schemas hold audit tables (\(schemas.joined(separator: ", "))); choose one with --schema"
        case .unreadable(let schema):
            "this role may not read the audit tables in schema \"\(schema)\"; "
                + "grant usage on the schema and select on transaction and activity"
        }
    }
}

extension Trail {
    /// The statement that prepares a browsing session: read-only, with time limits and fixed formats.
    public static func session(
        of connection: borrowing Connection
    ) -> (statement: Statement, parameters: [String?]) {
        (Statements.session, [String(connection.backendPID)])
    }

    /// Takes in what that statement has answered: behind a pooler it goes in front of each other one.
    ///
    /// Returns whether there is a pooler. Throws `PostgresError.undecodable`.
    public static func takeSession(
        _ result: borrowing QueryResult,
        on connection: borrowing Connection
    ) throws(PostgresError) -> Bool {
        let isPooled = try result.first { row throws(PostgresError) in try row.boolean(0) } ?? false
        let session = session(of: connection)
        if isPooled { connection.precedeEach(by: session.statement, session.parameters) }
        return isPooled
    }

    /// The statement that finds the trails of a database, or the one of a schema.
    public static func search(
        schema: String?,
        preferences: TrailPreferences = TrailPreferences()
    ) -> (statement: Statement, parameters: [String?]) {
        (Statements.trails, [schema, arrayLiteral(preferences.actorLabels)])
    }

    /// The one trail among those that `search` found.
    ///
    /// Throws `TrailError` when there is none, more than one, or one that may not be read.
    public static func choose(
        from result: borrowing QueryResult,
        schema: String?,
        database: String,
        preferences: TrailPreferences = TrailPreferences()
    ) throws -> Trail {
        let trails = try result.map(Trail.init(row:))
        guard var trail = trails.first else { throw TrailError.missing(schema: schema, database: database) }
        guard trails.count == 1 else { throw TrailError.ambiguous(schemas: trails.map(\.schema)) }
        guard trail.isReadable else { throw TrailError.unreadable(schema: trail.schema) }
        trail.preferences = preferences
        // A name that is masked in its own table names nobody in a list.
        if let table = trail.actorTable, let label = table.label,
            preferences.masks.hide(label, of: TableName(schema: table.schema, name: table.name))
        {
            trail.actorTable?.label = nil
        }
        return trail
    }

    /// The statement that finds out whether native ids rise with time; nil where they are not asked.
    ///
    /// Partitions are: each would be asked for every step of the list.
    public var orderProbe: Statement? {
        hasNativeIndex && isPlain ? Statements.order.naming(identifiers) : nil
    }

    /// The statement after which the session is told of what is written; nil where nobody tells.
    public var listenStatement: Statement? { notifies ? Statements.listen : nil }

    /// Takes in what the probe has found out.
    ///
    /// Throws `PostgresError.undecodable`.
    public mutating func takeOrder(from result: borrowing QueryResult) throws(PostgresError) {
        isInNativeOrder = try result.first { row throws(PostgresError) in try row.boolean(0) } ?? true
    }

    /// Prepares the session and finds the trail, waiting for the server.
    ///
    /// Throws `TrailError` and `PostgresError`.
    public static func open(
        on connection: borrowing Connection,
        schema: String?,
        preferences: TrailPreferences = TrailPreferences()
    ) throws -> Trail {
        let session = session(of: connection)
        _ = try takeSession(connection.execute(session.statement, session.parameters), on: connection)
        let search = search(schema: schema, preferences: preferences)
        let result = try connection.execute(search.statement, search.parameters)
        var trail = try choose(
            from: result,
            schema: schema,
            database: connection.databaseName,
            preferences: preferences
        )
        if let probe = trail.orderProbe { try trail.takeOrder(from: connection.execute(probe)) }
        return trail
    }

    private init(row: borrowing Row) throws(PostgresError) {
        schema = try row.text(0)
        isReadable = try row.boolean(1)
        hasNativeIndex = try row.boolean(2)
        actorType = (try row.text(3), try row.text(4))
        if let actorSchema = row.optionalText(5) {
            actorTable = ActorTable(
                schema: actorSchema,
                name: try row.text(6),
                key: try row.text(7),
                label: row.optionalText(8)
            )
        }
        indexes = TrailIndexes(try json(row, 9))
        isPlain = try row.boolean(10)
        notifies = try row.boolean(11)
        partitionEdges = try json(row, 12)?.elements?.compactMap(timestamp(of:)) ?? []
        isByTime = try row.boolean(13)
        if !isPlain { indexes = indexes.ofTransaction }
    }
}

/// The moment of a number of microseconds since 1970.
private func timestamp(of number: JSON) -> Timestamp? {
    if case .number(let text) = number { Int64(text).map(Timestamp.init(microseconds:)) } else { nil }
}

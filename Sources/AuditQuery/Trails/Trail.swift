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
    /// Whether policies of row security decide which entries this role sees.
    public var isFiltered = false
    /// What the person has decided about reading it.
    public private(set) var preferences = TrailPreferences()
    /// What is hidden in all that is read of it.
    public var masks: Masks {
        get { preferences.masks }
        set { preferences.masks = newValue }
    }
    /// Values in rows of more bytes than that stay on the server where a row or its history is asked for; nil for none.
    var mostBytes: Int? { preferences.hasExcerpts ? Excerpts.mostBytes : nil }
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
    /// Whether a subscription or a view brings it, so that this server's snapshots say nothing of its native ids.
    var isOfAnotherServer = false
    /// Whether the server does not know what bytes mean, as in a database of the encoding SQL_ASCII: those that are no UTF-8
    /// are read as U+FFFD.
    public var isOfBytes = false
    /// The table that names actors; nil without a foreign key or without the right to read it.
    var actorTable: ActorTable?
    /// Whether `transaction.context` is there.
    var hasContext = false
    /// What must hold of its tables while they are read; nil where they belong to roles that are trusted.
    var safeguard: Safeguard?
    /// Whether `transaction.actor_id` is of a type of PostgreSQL's or of a superuser's.
    var isActorTypePlain = true
    /// The type of `transaction.actor_id` with domains looked through, schema and name.
    var actorType: (schema: String, name: String)

    struct ActorTable: Equatable, Sendable {
        var schema: String
        var name: String
        var key: String
        /// The column with the names; nil when the table has none of those that are looked for.
        var label: String?
        /// Whether the key is of a type of PostgreSQL's or of a superuser's.
        var isKeyPlain = true
        /// Whether the label is.
        var isLabelPlain = true
        /// Whether nobody but superusers, the reader and whom he trusts can make of the table what it is not.
        var isTrusted = true
        /// The numbers of the types of both columns.
        var types: [(String, String)] = []

        static func == (left: ActorTable, right: ActorTable) -> Bool {
            (left.schema, left.name, left.key, left.label) == (right.schema, right.name, right.key, right.label)
        }
    }

    /// Two trails are equal when all that was found of them is.
    public static func == (left: Trail, right: Trail) -> Bool {
        left.schema == right.schema && left.isReadable == right.isReadable
            && left.hasNativeIndex == right.hasNativeIndex && left.isFiltered == right.isFiltered
            && left.actorTable == right.actorTable
            && left.actorType == right.actorType && left.indexes == right.indexes && left.isPlain == right.isPlain
            && left.isOfAnotherServer == right.isOfAnotherServer && left.isOfBytes == right.isOfBytes
            && left.isInNativeOrder == right.isInNativeOrder && left.notifies == right.notifies
            && left.partitionEdges == right.partitionEdges
            && left.isByTime == right.isByTime && left.preferences == right.preferences
            && left.hasContext == right.hasContext && left.safeguard == right.safeguard
            && left.isActorTypePlain == right.isActorTypePlain
    }

    /// The variables of the statements: `:"schema"`, `:"actor_table"` and so on.
    var values: [String: Template.Value] {
        let own: [String: Template.Value] = [
            "schema": .text(schema), "keys": .sql(SQLFiles.primaryKeys), "actor_id_text": .sql(actorID(of: "t")),
            "origin": .sql(origin),
            "context": .sql(hasContext ? "t.context" : "null::pg_catalog.jsonb"),
        ]
        return actorValues.merging(own) { _, own in own }
    }

    /// What the context of transaction row t holds of the session, and no more of what may be large.
    private var origin: SQL {
        guard hasContext else { return "null::pg_catalog.jsonb" }
        func fact(_ name: SQL) -> SQL { "'\(name)', pg_catalog.left(t.context #>> '{db,\(name)}', 200)" }
        return "(case when t.context #>> '{db,session_user}' is not null then pg_catalog.jsonb_build_object('db', "
            + "pg_catalog.jsonb_build_object(\(fact("session_user")), \(fact("current_user")), "
            + "\(fact("application_name")))) end)"
    }

    /// To what the indexes lead, as a filter's cost says it.
    public var indexedTerms: IndexedTerms {
        IndexedTerms(
            tables: indexes.hasTable,
            rows: !indexes.rowKeys.isEmpty && !indexes.movedKeys.isEmpty,
            actors: indexes.hasActor
        )
    }

    /// That this role sees a part of it; nil where it sees all.
    public var partWarning: String? {
        guard isFiltered else { return nil }
        return
            "row security of the audit tables in schema \(sqlIdentifier(schema)) shows this role a part of the trail only"
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
    /// There are but views or foreign tables, which run the code of these roles with the reader's rights.
    case untrusted(schema: String, owners: [String])
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
        case .untrusted(let schema, let owners):
            "transaction and activity in schema \"\(schema)\" are views or foreign tables, which run code of role "
                + owners.joined(separator: ", ") + " with your rights; --trust names a role whose code may"
        }
    }
}

extension Trail {
    /// The statement that finds the trails of a database, or the one of a schema.
    public static func search(
        schema: String?,
        preferences: TrailPreferences = TrailPreferences()
    ) -> (statement: Statement, parameters: [String?]) {
        (
            Statements.trails.statement(),
            [schema, arrayLiteral(preferences.actorLabels), arrayLiteral(preferences.trustedRoles)]
        )
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
        let found = try result.map { row throws(PostgresError) in try Found(row, trusting: preferences.trustedRoles) }
        var trails = found.filter { !$0.isView || $0.strangers.isEmpty }
        // Whoever may create a schema could otherwise keep others from their trail.
        if trails.count > 1, let own = trails.only(where: { $0.strangers.isEmpty }) { trails = [own] }
        guard var trail = trails.first?.trail else {
            guard let view = found.first else { throw TrailError.missing(schema: schema, database: database) }
            throw TrailError.untrusted(schema: view.trail.schema, owners: view.strangers)
        }
        guard trails.count == 1 else { throw TrailError.ambiguous(schemas: trails.map(\.trail.schema)) }
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
        hasNativeIndex && isPlain ? Statements.order.statement(of: self) : nil
    }

    /// The statement after which the session is told of what is written; nil where nobody tells.
    public var listenStatement: Statement? { notifies ? Statements.listen.statement() : nil }

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
        let session = session(of: connection, preferences: preferences)
        let prepared = try connection.execute(session.statement, session.parameters)
        _ = try takeSession(prepared, on: connection, preferences: preferences)
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

    fileprivate init(_ row: borrowing Row) throws(PostgresError) {
        schema = try row.text(0)
        isReadable = try row.boolean(1)
        hasNativeIndex = try row.boolean(2)
        actorType = (try row.text(3), try row.text(4))
        if let actorSchema = row.optionalText(5) {
            actorTable = ActorTable(
                schema: actorSchema,
                name: try row.text(6),
                key: try row.text(7),
                label: row.optionalText(8),
                isKeyPlain: try row.boolean(18),
                isLabelPlain: row.optionalText(19) == "t",
                isTrusted: try row.boolean(20),
                types: try types(row, 23)
            )
        }
        indexes = TrailIndexes(try json(row, 9))
        isPlain = try row.boolean(10)
        notifies = try row.boolean(11)
        partitionEdges = try json(row, 12)?.elements?.compactMap(timestamp(of:)) ?? []
        isByTime = try row.boolean(13)
        hasContext = try row.boolean(16)
        isActorTypePlain = try row.boolean(17)
        isOfAnotherServer = try row.boolean(24)
        isOfBytes = try row.boolean(25)
        isFiltered = try row.boolean(26)
        if !isPlain { indexes = indexes.ofTransaction }
    }
}

/// A trail that was found, and whose code it may run.
private struct Found {
    var trail: Trail
    /// Whether it is made of views or foreign tables.
    let isView: Bool
    /// The owners of its relations or its schema who are not trusted.
    let strangers: [String]

    init(_ row: borrowing Row, trusting roles: [String]) throws(PostgresError) {
        trail = try Trail(row)
        strangers = texts(try json(row, 14))
        isView = try row.boolean(15)
        guard !strangers.isEmpty else { return }
        let relations = [
            Safeguard.Relation(trail.schema, "transaction", types: try types(row, 21), mayBeView: isView),
            Safeguard.Relation(trail.schema, "activity", types: try types(row, 22), mayBeView: isView),
        ]
        trail.safeguard = Safeguard(relations, trustedRoles: roles)
    }
}

/// The numbers of the types of columns: an object of name to oid.
private func types(_ row: borrowing Row, _ column: Int) throws(PostgresError) -> [(String, String)] {
    (try json(row, column)?.members ?? []).map { ($0.name, $0.value.text ?? "") }
}

extension Array {
    /// The one element that is so; nil when there are none or several.
    fileprivate func only(where isWanted: (Element) -> Bool) -> Element? {
        let found = filter(isWanted)
        return found.count == 1 ? found[0] : nil
    }
}

/// The moment of a number of microseconds since 1970.
private func timestamp(of number: JSON) -> Timestamp? {
    if case .number(let text) = number { Int64(text).map(Timestamp.init(microseconds:)) } else { nil }
}

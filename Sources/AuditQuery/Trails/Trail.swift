import AuditTrail
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
    public internal(set) var preferences = TrailPreferences()
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
    /// Whether activity is a table, of partitions or not, and no view.
    var isTable = true
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
            && left.isActorTypePlain == right.isActorTypePlain && left.isTable == right.isTable
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

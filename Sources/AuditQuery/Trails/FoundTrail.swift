import AuditTrail
import JSON
import Postgres

extension Trail {
    /// The trail that a row of `trails.sql` describes.
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
struct FoundTrail {
    var trail: Trail
    /// Whether it is made of views or foreign tables.
    let isView: Bool
    /// The owners of its relations or its schema who are not trusted.
    let strangers: [String]

    init(_ row: borrowing Row, trusting roles: [String]) throws(PostgresError) {
        trail = try Trail(row)
        strangers = texts(try json(row, 14))
        isView = try row.boolean(15)
        trail.isTable = !isView
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

/// The moment of a number of microseconds since 1970.
private func timestamp(of number: JSON) -> Timestamp? {
    if case .number(let text) = number { Int64(text).map(Timestamp.init(microseconds:)) } else { nil }
}

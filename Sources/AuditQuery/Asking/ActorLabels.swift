import AuditTrail
import Postgres

/// The labels of the actors that have been met, each looked up once.
struct ActorLabels {
    private var labels: [String: String?] = [:]

    /// Names the actors of what was found, looking up those that are new.
    mutating func name<Found>(
        _ found: inout [Found],
        _ actor: WritableKeyPath<Found, Actor?>,
        of trail: Trail,
        on connection: borrowing Connection
    ) throws(PostgresError) {
        try lookUp(found.compactMap { $0[keyPath: actor]?.id }, of: trail, on: connection)
        for index in found.indices { found[index][keyPath: actor]?.name(by: labels) }
    }

    private mutating func lookUp(
        _ keys: [String],
        of trail: Trail,
        on connection: borrowing Connection
    ) throws(PostgresError) {
        let unknown = Set(keys).subtracting(labels.keys)
        guard trail.labelledActorTable != nil, !unknown.isEmpty else { return }
        for key in unknown { labels[key] = .some(nil) }
        let result = try connection.execute(
            Statements.actorLabels.statement(of: trail),
            [arrayLiteral(unknown.sorted())]
        )
        for (key, label) in try result.map({ row throws(PostgresError) in (try row.text(0), row.optionalText(1)) }) {
            labels[key] = .some(label)
        }
    }
}

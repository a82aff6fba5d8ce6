import AuditTrail
import Postgres

/// A filter as the parameters of a statement; patterns are those of `like`, without regard to case.
struct FilterParameters: Equatable, Sendable {
    /// Which actors are meant, once their labels have been looked up.
    struct Actors: Equatable, Sendable {
        var keys: [String] = []
        var keyPatterns: [String] = []
        var includesNone = false

        var isAnyone: Bool { keys.isEmpty && keyPatterns.isEmpty }
    }

    let filter: Filter
    let actors: Actors

    var tableNames: String {
        arrayLiteral(filter.tables.filter { $0.schema == nil }.map { likePattern($0.name) })
    }

    var qualifiedTableNames: String {
        arrayLiteral(
            filter.tables.compactMap { table in
                table.schema.map { likePattern($0) + "." + likePattern(table.name) }
            }
        )
    }

    var verbs: String { arrayLiteral(filter.verbs.map(\.word)) }
    var since: String? { filter.since.map(timestampLiteral) }
    var until: String? { filter.until.map(timestampLiteral) }
    var actorKeys: String { arrayLiteral(actors.keys) }
    var actorKeyPatterns: String { arrayLiteral(actors.keyPatterns) }

    /// Whether transactions are walked by those of the actors; writes without a transaction row have none.
    var isDrivenByActors: Bool { !actors.isAnyone && !actors.includesNone }

    /// Whether the filter names actors, but the trail has none of that name.
    var selectsNobody: Bool { !filter.actors.isEmpty && actors.isAnyone && !actors.includesNone }
}

/// The pattern of `like` that matches what the glob matches: `*` any text, `?` one character.
func likePattern(_ glob: String) -> String {
    var pattern = ""
    for character in glob {
        switch character {
        case "*": pattern += "%"
        case "?": pattern += "_"
        case "%", "_", "\\": pattern += "\\\(character)"
        default: pattern.append(character)
        }
    }
    return pattern
}

/// The moment as a literal of a timestamp without time zone, in UTC.
private func timestampLiteral(_ timestamp: Timestamp) -> String {
    String(timestamp.iso8601.dropLast())
}

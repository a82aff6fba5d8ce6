import AuditTrail
import Postgres

/// What a filter means for a walk: whose transactions it goes through, and between which times.
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

    var since: String? { filter.since.map(timestampLiteral) }
    var until: String? { filter.until.map(timestampLiteral) }
    var actorKeys: String { arrayLiteral(actors.keys) }
    var actorKeyPatterns: String { arrayLiteral(actors.keyPatterns) }

    /// Whether transactions are walked by those of the actors; writes without a transaction row have none.
    var isDrivenByActors: Bool { !actors.isAnyone && !actors.includesNone }

    /// What is left to ask of each activity: a walk by transactions of the actors has asked for them.
    func condition(of trail: Trail, after parameterCount: Int) -> FilterCondition {
        FilterCondition(
            isDrivenByActors ? filter.withoutActors : filter,
            of: trail,
            actors: actors,
            after: parameterCount
        )
    }

    /// Whether the filter names actors, but the trail has none of that name.
    var selectsNobody: Bool { !filter.actors.isEmpty && actors.isAnyone && !actors.includesNone }
}

/// The pattern of `like` that matches what the glob matches: `*` any text, `?` one character.
func likePattern(_ glob: String) -> String {
    var pattern = ""
    for character in glob.unicodeScalars {
        switch character {
        case "*": pattern += "%"
        case "?": pattern += "_"
        default: pattern += likePattern(literal: String(character))
        }
    }
    return pattern
}

/// The pattern of `like` that matches just the text.
func likePattern(literal text: String) -> String {
    var pattern = ""
    for scalar in text.unicodeScalars {
        if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
        pattern.unicodeScalars.append(scalar)
    }
    return pattern
}

/// The moment as a literal of a timestamp without time zone, in UTC.
func timestampLiteral(_ timestamp: Timestamp) -> String {
    String(timestamp.iso8601.dropLast())
}

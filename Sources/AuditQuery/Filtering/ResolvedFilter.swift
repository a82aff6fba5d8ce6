import AuditTrail
import Postgres

/// A filter with all that has been looked up to find a way through the trail for it.
struct ResolvedFilter: Equatable, Sendable {
    /// Which actors are meant, once their labels have been looked up.
    struct Actors: Equatable, Sendable {
        var keys: [String] = []
        /// What keys or labels are compared with, where keys were not looked up or are too many.
        var patterns: [String] = []
        var includesNone = false

        var isAnyone: Bool { keys.isEmpty && patterns.isEmpty }
    }

    /// A table name of the trail that the filter means.
    struct NamedTable: Equatable, Sendable {
        var name: String
        /// How large a part of the activities is of tables of that name; nil when the server has no statistics.
        var share: Double?
    }

    /// A table of the database that a term `row` means, with the columns of the key in their order.
    struct KeyedTable: Equatable, Sendable {
        var schema: String
        var name: String
        var key: [KeyColumn]
    }

    var filter: Filter
    var actors = Actors()
    /// What the terms for rows mean; without those that were not looked up, or mean too many tables to name them all.
    var rows: [FilterTerm: [KeyedTable]] = [:]
    /// Nil when they were not looked up, since there is no index to reach them by.
    var tables: [NamedTable]?
    /// How large a part of the transactions is of the actors; nil when nobody has asked or knows.
    var actorShare: Double?
    var bounds = TimeBounds()

    /// Whether transactions can be walked by those of the actors; writes without a transaction row have none.
    var namesActors: Bool { !actors.isAnyone && !actors.includesNone }

    /// Whether nothing can be selected: the trail has no actors or tables of these names, or nothing of that time.
    func selectsNothing(in trail: Trail) -> Bool {
        bounds.isEmpty || !filter.actors.isEmpty && actors.isAnyone && !actors.includesNone
            || walk(through: trail, in: .activity) == .entries([])
    }

    /// How much the first step of a walk from an anchor has to look at for being out of order where it begins at a bound of
    /// time.
    func disorder(of walk: Walk, at anchor: Anchor) -> Int {
        let isBounded = (anchor.isTowardsThePast ? filter.until : filter.since) != nil && anchor.position == nil
        return walk == .window && isBounded ? Int(TimeBounds.disorderOfPages) ?? 0 : 0
    }

    /// The condition on activities; a walk by the transactions of the actors has asked for them already.
    func condition(of trail: Trail, after parameterCount: Int, withoutActors: Bool = false) -> FilterCondition {
        FilterCondition(
            withoutActors ? filter.withoutActors : filter,
            of: trail,
            actors: actors,
            rows: rows,
            after: parameterCount
        )
    }
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

/// The moment of a number of microseconds since 1970 as a literal; the least and the greatest number are before and after
/// all times.
func momentLiteral(_ microseconds: Int64) -> String {
    switch microseconds {
    case .min: "-infinity"
    case .max: "infinity"
    default: timestampLiteral(Timestamp(microseconds: microseconds))
    }
}

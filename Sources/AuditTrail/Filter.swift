/// Which activities are wanted: all terms must hold; a term with several values holds when one of them does.
public struct Filter: Hashable, Sendable {
    /// The tables; empty for all.
    public var tables: [TablePattern] = []
    /// The actors; empty for all.
    public var actors: [ActorTerm] = []
    /// The verbs; empty for all.
    public var verbs: [Verb] = []
    /// The first moment, included.
    public var since: Timestamp?
    /// The moment after the last, excluded.
    public var until: Timestamp?

    /// A filter from its terms; without arguments it selects everything.
    public init(
        tables: [TablePattern] = [],
        actors: [ActorTerm] = [],
        verbs: [Verb] = [],
        since: Timestamp? = nil,
        until: Timestamp? = nil
    ) {
        self.tables = tables
        self.actors = actors
        self.verbs = verbs
        self.since = since
        self.until = until
    }

    /// Whether everything is selected.
    public var isEmpty: Bool { self == Filter() }

    /// Whether the filter says something of the activity itself, beyond who made it.
    public var selectsAmongActivities: Bool {
        !tables.isEmpty || !verbs.isEmpty || since != nil || until != nil
    }
}

/// A table, or several by glob: `orders`, `sales.orders`, `pub*.order?`; without regard to case.
public struct TablePattern: Hashable, Sendable {
    /// The glob of the schema; nil for any.
    public var schema: String?
    /// The glob of the name.
    public var name: String

    /// A pattern from its parts.
    public init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    /// Reads a pattern as it is typed; double quotes protect dots and blanks.
    public init(parsing text: String) throws(QualifiedName.ParseError) {
        let parts = try QualifiedName(parsing: text).parts
        guard parts.count <= 2, let name = parts.last else { throw .tooManyParts }
        self.init(schema: parts.count == 2 ? parts[0] : nil, name: name)
    }
}

/// Which actors are wanted.
public enum ActorTerm: Hashable, Sendable {
    /// Those whose label or key matches the glob, without regard to case.
    case matching(String)
    /// Exactly this one, by key.
    case exactly(Actor)
    /// None: writes that have no transaction row.
    case none

    /// Reads a term as it is typed: `none`, or a glob.
    public init(parsing text: String) {
        self = text.lowercased() == "none" ? .none : .matching(text)
    }
}

extension Filter: CustomStringConvertible {
    /// The filter as one would type it: `table:orders actor:alice,bob verb:update`; empty for no filter.
    public var description: String {
        var terms: [String] = []
        if !tables.isEmpty { terms.append("table:" + tables.map(\.description).joined(separator: ",")) }
        if !actors.isEmpty { terms.append("actor:" + actors.map(\.description).joined(separator: ",")) }
        if !verbs.isEmpty { terms.append("verb:" + verbs.map(\.word).joined(separator: ",")) }
        if let since { terms.append("since:" + since.iso8601) }
        if let until { terms.append("until:" + until.iso8601) }
        return terms.joined(separator: " ")
    }
}

extension TablePattern: CustomStringConvertible {
    /// `name` or `schema.name`, quoted where a blank or a sign of the grammar stands in it.
    public var description: String {
        (schema.map { quotedTerm($0) + "." } ?? "") + quotedTerm(name)
    }
}

extension ActorTerm: CustomStringConvertible {
    /// What stands behind `actor:`.
    public var description: String {
        switch self {
        case .matching(let glob): quotedTerm(glob)
        case .exactly(let actor): quotedTerm(actor.label ?? actor.id)
        case .none: "none"
        }
    }
}

/// The text, in double quotes when it holds a character that ends or divides a term.
private func quotedTerm(_ text: String) -> String {
    let isPlain = !text.isEmpty && !text.contains { $0.isWhitespace || "\":,().|&!<>=~".contains($0) }
    return isPlain
        ? text : "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

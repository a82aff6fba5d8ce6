import AuditTrail
import Postgres

/// Finds out which names in a filter stand for nothing, and what may be meant.
///
/// Takes a few statements of which none reads more of the trail than its newest entries and, where an index on them stands,
/// the names of its tables. Does no input or output itself: `next` says what to run, `received` is given the result.
struct NameReading: Dialogue {
    private enum Lookup: CaseIterable {
        case trailTables, namedTables, databaseTables, actors, recentActors, similarActors, columns
    }

    /// So many relations, and as many columns, are looked at; of a larger database nothing is said.
    private static let mostNames = 20_000
    /// How many of the newest changes tell of columns that are gone.
    private static let columnSample = "500"

    private let trail: Trail
    private let filter: Filter
    private let names: FilterNames
    private var pending = Lookup.allCases[...]
    private var current = Lookup.trailTables

    /// Tables by schema and name; those that an index told have a name only.
    private var tables: [(schema: String?, name: String)] = []
    private var isWholeTrail = false
    private var databaseTables: [TableName] = []
    /// The actors of the newest transactions by key, and what people call those who are like the missing ones.
    private var recentActors: [String] = []
    private var similarLabels: [String] = []
    private var missingActors: [ActorTerm] = []
    private var columns: [String] = []

    init(_ filter: Filter, in trail: Trail) {
        self.trail = trail
        self.filter = filter
        names = FilterNames(of: filter)
    }

    /// What has been read, or why it cannot be.
    var finished: Answer { .names(unknown) }

    /// The statement to run next, with its parameters; nil when all has been found out.
    mutating func next() -> Request? {
        while let lookup = pending.popFirst() {
            current = lookup
            if let next = statement(for: lookup) { return (next.0.statement(of: trail), next.1) }
        }
        return nil
    }

    private func statement(for lookup: Lookup) -> (StatementFile, [String?])? {
        switch lookup {
        case .trailTables where !names.tables.isEmpty: (Statements.tables, [Inquiry.newestSample, trail.schema])
        case .namedTables where !missingTables.isEmpty && trail.indexes.hasTable && !isWholeTrail:
            (Statements.tablesNamed, ["{%}", trail.schema])
        case .databaseTables where !missingTables.isEmpty: (Statements.knownTables, [String(Self.mostNames)])
        case .actors where !names.actors.isEmpty && trail.labelledActorTable != nil:
            (Statements.knownActors, [arrayLiteral(names.actors.map(\.likePattern))])
        case .recentActors where !names.actors.isEmpty && trail.labelledActorTable == nil:
            (Statements.actorsRecent, [Inquiry.newestSample])
        case .similarActors where !missingActors.isEmpty && trail.labelledActorTable != nil:
            (Statements.actorsMatching, [arrayLiteral(missingActors.flatMap(\.similarPatterns)), "200"])
        case .columns where !names.columns.isEmpty:
            (Statements.knownColumns, [tablePatterns, Self.columnSample, String(Self.mostNames)])
        default: nil
        }
    }

    /// The names of the tables whose columns may be meant; nil for all.
    private var tablePatterns: String? {
        filter.tables.isEmpty ? nil : arrayLiteral(filter.tables.map { AuditQuery.likePattern($0.name) })
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult, milliseconds: Int) throws(PostgresError) {
        switch current {
        case .trailTables:
            let counts = try result.map(tableCount(from:))
            isWholeTrail = !counts.contains(where: \.isEstimate)
            tables = counts.map { ($0.table.schema, $0.table.name) }
        case .namedTables:
            isWholeTrail = true
            tables += try result.map { row throws(PostgresError) in (nil, try row.text(0)) }
        case .databaseTables:
            databaseTables = try result.map { row throws(PostgresError) in
                TableName(schema: try row.text(0), name: try row.text(1))
            }
        case .actors:
            let known = try result.map { row throws(PostgresError) in try row.boolean(0) }
            missingActors = zip(names.actors, known).filter { !$0.1 }.map(\.0)
        case .recentActors:
            recentActors = try result.map { row throws(PostgresError) in row.optionalText(0) }.compactMap(\.self)
            missingActors = names.actors.filter { actor in !recentActors.contains(where: actor.matches(key:)) }
        case .similarActors:
            similarLabels = try result.map { row throws(PostgresError) in row.optionalText(1) }.compactMap(\.self)
        case .columns: columns = try result.map { row throws(PostgresError) in try row.text(0) }
        }
    }

    /// The tables that the trail does not have as far as has been found out.
    private var missingTables: [TablePattern] {
        names.tables.filter { table in !tables.contains { table.matches(schema: $0.schema, name: $0.name) } }
    }

    /// The names that stand for nothing.
    var unknown: [UnknownName] {
        missingTables.map(unknownTable) + missingActors.map(unknownActor) + missingColumns
    }

    private func unknownTable(_ table: TablePattern) -> UnknownName {
        if databaseTables.contains(where: { table.matches(schema: $0.schema, name: $0.name) }) {
            return UnknownName(.table(table), .inDatabaseOnly)
        }
        let isCertain = isWholeTrail && databaseTables.count < Self.mostNames
        let near = table.isGlob ? [] : nearest(to: table.name, among: tables.map(\.name))
        let known = near.map { name in
            let schema = tables.first { $0.name == name && $0.schema != nil }?.schema ?? "public"
            return "\(TablePattern(schema: schema == "public" && table.schema == nil ? nil : schema, name: name))"
        }
        return UnknownName(.table(table), isCertain ? .everywhere : .newest, suggestions: known)
    }

    private func unknownActor(_ actor: ActorTerm) -> UnknownName {
        guard let name = actor.typedName else { return UnknownName(.actor(actor), .everywhere) }
        guard trail.labelledActorTable == nil else {
            let near = nearest(to: name, amongLabels: similarLabels)
            return UnknownName(.actor(actor), .everywhere, suggestions: near.map { "\(ActorTerm.matching($0))" })
        }
        let near = nearest(to: name, amongLabels: recentActors)
        return UnknownName(.actor(actor), .newest, suggestions: near.map { "\(ActorTerm.matching($0))" })
    }

    /// A table without a column that is known, such as one that is gone, tells of none.
    private var missingColumns: [UnknownName] {
        guard !columns.isEmpty, columns.count < Self.mostNames else { return [] }
        return names.columns.filter { name in !columns.contains { $0 == name || matchesGlob($0, name) } }.map { name in
            let near = holdsWildcard(name) ? [] : nearest(to: name, among: columns)
            return UnknownName(.column(name), .newest, suggestions: near.map(sqlIdentifier))
        }
    }
}

extension TablePattern {
    /// Whether a table is one of these; what is not known of it does not keep it from that.
    fileprivate func matches(schema: String?, name: String) -> Bool {
        matchesGlob(name, self.name)
            && (self.schema.flatMap { pattern in schema.map { matchesGlob($0, pattern) } } ?? true)
    }
}

extension ActorTerm {
    /// What was typed: a name, or a key.
    fileprivate var typedName: String? {
        switch self {
        case .matching(let glob): glob
        case .exactly(let actor): actor.id
        case .none: nil
        }
    }

    fileprivate var likePattern: String {
        switch self {
        case .matching(let glob): AuditQuery.likePattern(glob)
        case .exactly(let actor): AuditQuery.likePattern(literal: actor.id)
        case .none: ""
        }
    }

    fileprivate func matches(key: String) -> Bool {
        if case .matching(let glob) = self { matchesGlob(key, glob) } else { typedName == key }
    }

    /// What labels are like that may be meant: they hold the name, or a word of them begins or ends as it does.
    fileprivate var similarPatterns: [String] {
        guard case .matching(let glob) = self, !holdsWildcard(glob) else { return [] }
        func literal(_ text: some StringProtocol) -> String { AuditQuery.likePattern(literal: String(text)) }
        let (head, tail) = (literal(glob.prefix(2)), literal(glob.suffix(2)))
        return ["%\(literal(glob))%", "\(head)%", "% \(head)%", "%\(tail)", "%\(tail) %"]
    }
}

import AuditTrail
import Postgres

/// Looks up what a filter needs before its pages can be asked for, one statement after the other.
///
/// Does no input or output itself: `nextLookup` says what to run, `received` is given the result.
struct FilterResolution: Sendable {
    private enum Lookup: CaseIterable {
        case actors, rows, tables, actorShare, bounds
    }

    /// So many actors are named by their keys; where globs mean more, each transaction's actor is looked up.
    private static let mostActors = 10_000

    private(set) var resolved: ResolvedFilter
    private let trail: Trail
    private let disorder: String
    private let order: ListOrder?
    private let anchor: Anchor
    private var pending = Lookup.allCases[...]
    private var current = Lookup.actors
    /// The terms for rows that have not been looked up.
    private var rows: RowTermLookups

    /// The lookups of a filter for a walk in an order; the disorder is one of those of `TimeBounds`.
    ///
    /// What is known of another filter, which differs in its times only, is not looked up again.
    init(
        of filter: Filter,
        in trail: Trail,
        disorder: String,
        finding order: ListOrder? = nil,
        at anchor: Anchor = .newest,
        knowing other: ResolvedFilter? = nil
    ) {
        self.order = order
        self.anchor = anchor
        self.trail = trail
        self.disorder = disorder
        if var known = other {
            known.filter = filter
            known.bounds = TimeBounds()
            resolved = known
            pending = [.bounds]
            rows = RowTermLookups(of: Filter())
            return
        }
        resolved = ResolvedFilter(filter: filter)
        rows = RowTermLookups(of: filter)
        for term in filter.actors {
            switch term {
            case .none: resolved.actors.includesNone = true
            case .exactly(let actor): resolved.actors.keys.append(actor.id)
            case .matching(let glob) where trail.labelledActorTable == nil:
                resolved.actors.patterns.append(likePattern(glob))
            case .matching: break
            }
        }
    }

    /// The next statement to run with its parameters; nil when all has been found out.
    mutating func nextLookup() -> Request? {
        while let lookup = pending.popFirst() {
            current = lookup
            if lookup == .rows {
                let next = rows.next(in: trail)
                guard let next else {
                    resolved.rows.merge(rows.rows) { $1 }
                    continue
                }
                pending.insert(.rows, at: pending.startIndex)
                return next
            }
            if let next = statement(for: lookup) { return (next.0.statement(of: trail), next.1) }
        }
        return nil
    }

    /// Whether there is a way on after the server has refused the statement.
    mutating func recover(from error: PostgresError) -> Bool { current == .rows && rows.recover(from: error) }

    private func statement(for lookup: Lookup) -> (StatementFile, [String?])? {
        switch lookup {
        case .actors:
            guard !actorPatterns.isEmpty, trail.labelledActorTable != nil else { return nil }
            return (Statements.actorsMatching, [arrayLiteral(actorPatterns), String(Self.mostActors + 1)])
        case .rows: return nil
        case .tables:
            let names = resolved.tableNames
            guard trail.indexes.hasTable, !names.isEmpty else { return nil }
            return (Statements.tablesNamed, [arrayLiteral(names.map { likePattern($0) }), trail.schema])
        case .actorShare:
            guard resolved.tables != nil, resolved.namesActors, resolved.actors.patterns.isEmpty else { return nil }
            return (Statements.actorShare, [arrayLiteral(resolved.actors.keys), trail.schema])
        case .bounds:
            let filter = resolved.filter
            guard filter.since != nil || filter.until != nil || resolved.walk(through: trail, in: order).needsBounds
            else { return nil }
            guard trail.isPlain else { return boundsOfPartitions }
            return (
                Statements.bounds,
                [filter.since.map(timestampLiteral), filter.until.map(timestampLiteral), disorder]
            )
        }
    }

    /// The globs of the actors, as patterns of `like`.
    private var actorPatterns: [String] {
        resolved.filter.actors.compactMap { if case .matching(let glob) = $0 { likePattern(glob) } else { nil } }
    }

    /// Where the walk through partitions begins, unless a position tells; that it ends its statements find out.
    private var boundsOfPartitions: (StatementFile, [String?])? {
        let walk = resolved.walk(through: trail, in: order)
        guard anchor.position == nil, walk != .times else { return nil }
        let moment = anchor.isTowardsThePast ? resolved.filter.until : resolved.filter.since
        let values = [moment.map(timestampLiteral), String(anchor.isTowardsThePast), disorder]
        guard walk.order != .transaction else { return (Statements.boundsTransactions, values) }
        return (Statements.boundsPartitioned, values + (moment.map(trail.partition) ?? [nil, nil]))
    }

    /// Takes in the result of the last lookup.
    ///
    /// Throws `PostgresError.undecodable` when it is not what the statement promises.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) {
        switch current {
        case .actors:
            let keys = try result.map { row throws(PostgresError) in try row.text(0) }
            if keys.count <= Self.mostActors {
                resolved.actors.keys += keys
            } else {
                resolved.actors.patterns += actorPatterns
            }
        case .rows: try rows.received(result)
        case .tables: resolved.tables = try result.map(namedTable(from:))
        case .actorShare:
            resolved.actorShare = try result.first { row in row.optionalText(0).flatMap(Double.init) } ?? nil
        case .bounds: resolved.bounds = try TimeBounds(result)
        }
    }

    /// All lookups, waiting for the server.
    ///
    /// Throws `PostgresError`.
    static func resolve(
        _ filter: Filter,
        in trail: Trail,
        disorder: String,
        finding order: ListOrder? = nil,
        on connection: borrowing Connection
    ) throws(PostgresError) -> ResolvedFilter {
        var resolution = FilterResolution(of: filter, in: trail, disorder: disorder, finding: order)
        while let lookup = resolution.nextLookup() {
            do throws(PostgresError) {
                try resolution.received(connection.execute(lookup.statement, lookup.parameters))
            } catch {
                guard resolution.recover(from: error) else { throw error }
            }
        }
        return resolution.resolved
    }
}

/// The columns of `tables_named.sql`.
private func namedTable(from row: borrowing Row) throws(PostgresError) -> ResolvedFilter.NamedTable {
    ResolvedFilter.NamedTable(name: try row.text(0), share: row.optionalText(1).flatMap(Double.init))
}

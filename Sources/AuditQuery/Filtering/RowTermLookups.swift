import AuditTrail
import Postgres

/// Looks up what all terms `row` of a filter mean, one after the other.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct RowTermLookups: Sendable {
    private var pending: [RowTermLookup]
    /// What has been found; without the terms that mean too many tables, or such as are gone.
    private(set) var rows: [FilterTerm: [ResolvedFilter.KeyedTable]] = [:]

    init(of filter: Filter) { pending = filter.allTerms.compactMap(RowTermLookup.init) }

    /// The statement to run next, with its parameters; nil when all has been found out.
    mutating func next(in trail: Trail) -> Request? {
        while !pending.isEmpty {
            if let next = pending[0].next(in: trail) { return next }
            let done = pending.removeFirst()
            if let tables = done.tables { rows[done.term] = tables }
        }
        return nil
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) { try pending[0].received(result) }

    /// Whether there is a way on after the server has refused the statement: a text that is no value of the key's type, or a table
    /// that somebody has locked, is no reason not to look for the text in the trail.
    mutating func recover(from error: PostgresError) -> Bool {
        guard !pending.isEmpty, case .refused(let refusal) = error, refusal.sqlState != "57014" else { return false }
        pending[0].giveUp()
        return true
    }

    /// All lookups, waiting for the server.
    ///
    /// Throws `PostgresError`.
    static func find(
        _ filter: Filter,
        in trail: Trail,
        on connection: borrowing Connection
    ) throws(PostgresError) -> [FilterTerm: [ResolvedFilter.KeyedTable]] {
        var lookups = RowTermLookups(of: filter)
        while let next = lookups.next(in: trail) {
            do throws(PostgresError) {
                try lookups.received(connection.execute(next.statement, next.parameters))
            } catch {
                guard lookups.recover(from: error) else { throw error }
            }
        }
        return lookups.rows
    }
}

extension Filter {
    /// The filter with all texts of the keys in its terms for rows.
    func spelled(by rows: [FilterTerm: [ResolvedFilter.KeyedTable]]) -> Filter {
        rows.isEmpty ? self : Filter(terms.map { $0.spelled(by: rows) })
    }
}

extension FilterExpression {
    fileprivate func spelled(by rows: [FilterTerm: [ResolvedFilter.KeyedTable]]) -> FilterExpression {
        switch self {
        case .term(let term):
            guard case .row(let pattern, let key) = term, let tables = rows[term], !tables.isEmpty else { return self }
            let terms = tables.map { table -> FilterExpression in
                if case .columns = key { return .term(.row(pattern, .columns(table.key))) }
                return .term(.row(TablePattern(schema: table.schema, name: table.name), .columns(table.key)))
            }
            return terms.count == 1 ? terms[0] : .any(terms)
        case .not(let operand): return .not(operand.spelled(by: rows))
        case .all(let operands): return .all(operands.map { $0.spelled(by: rows) })
        case .any(let operands): return .any(operands.map { $0.spelled(by: rows) })
        }
    }
}

extension Question {
    /// The filter of a question that is answered by one condition, without a way through the trail to be found for it.
    var conditionFilter: Filter? {
        get {
            switch self {
            case .activities(let scope, _, _): scope.filter
            case .histogram(_, _, _, let filter), .news(_, let filter): filter
            default: nil
            }
        }
        set {
            guard let newValue else { return }
            switch self {
            case .activities(var scope, let after, let limit):
                scope.filter = newValue
                self = .activities(scope, after: after, limit: limit)
            case .histogram(let from, let to, let spans, _):
                self = .histogram(from: from, to: to, spans: spans, of: newValue)
            case .news(let since, _): self = .news(since: since, newValue)
            default: break
            }
        }
    }
}

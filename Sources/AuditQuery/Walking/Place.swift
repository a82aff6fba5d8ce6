import AuditTrail
import Postgres

/// Where a moment lies in a list.
enum Place {
    /// At a position that is known.
    case at(Position)
    /// Where the statement finds it.
    case lookup(StatementFile, [String?])
}

extension ResolvedFilter {
    /// Where a moment lies in the list of the filter's transactions.
    func place(of moment: Timestamp, in trail: Trail) -> Place {
        let order = walk(through: trail, in: nil).order
        let literal = timestampLiteral(moment)
        switch order {
        case .time: return .at(Position(order: order, place: moment.microseconds + 1))
        case _ where trail.isPlain: return .lookup(Statements.place, [literal])
        case .transaction: return .lookup(Statements.placeTransactions, [literal])
        case .activity, .native:
            return .lookup(Statements.placePartitioned, [literal] + trail.partition(of: moment))
        }
    }

    /// The place that the lookup has found, in the order in which the filter's transactions are found.
    func anchor(from result: borrowing QueryResult, in trail: Trail) throws(PostgresError) -> Anchor {
        let order = walk(through: trail, in: nil).order
        let column =
            switch order {
            case .activity, .time: 0
            case .transaction: 1
            case .native: 2
            }
        let place = try result.first { row throws(PostgresError) in try row.optionalInteger(column) } ?? nil
        return place.map { .older(than: Position(order: order, place: $0)) } ?? .newest
    }
}

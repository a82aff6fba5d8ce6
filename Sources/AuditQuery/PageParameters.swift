import AuditTrail
import Postgres

extension Anchor {
    /// Whether the page is read from the newer to the older.
    var isTowardsThePast: Bool {
        switch self {
        case .newest, .older: true
        case .oldest, .newer: false
        }
    }
}

/// `transactions.sql` for a page, with its parameters.
///
/// A walk that is driven by actors goes by transaction ids, of which the bounds say nothing: it only stops at them.
func transactionPage(
    _ parameters: FilterParameters,
    of trail: Trail,
    at anchor: Anchor,
    limit: Int,
    within bounds: TimeBounds
) -> (statement: Statement, parameters: [String?]) {
    let isDriven = parameters.isDrivenByActors
    let isFiltered = !(isDriven ? parameters.filter.withoutActors : parameters.filter).isEmpty
    let start: Int64 =
        switch anchor {
        case .newest: isDriven ? .max : bounds.lastNativeID.map { $0 + 1 } ?? .max
        case .oldest: isDriven ? .min : bounds.firstNativeID.map { $0 - 1 } ?? .min
        case .older(let position), .newer(let position):
            isDriven ? position.transactionID ?? position.nativeID : position.nativeID
        }
    let values: [String?] = [
        String(anchor.isTowardsThePast), String(start), String(limit),
        String(isFiltered ? Inquiry.searchStep : limit), String(isFiltered),
        String(isDriven), parameters.actorKeys, parameters.actorKeyPatterns,
        anchor.isTowardsThePast ? bounds.firstNativeID.map { String($0) } : nil,
    ]
    let condition = parameters.condition(of: trail, after: values.count)
    return (condition.within(Statements.transactions), values + condition.parameters)
}

/// `activities.sql` for a page of one transaction, with its parameters.
///
/// Whose transaction it is has been asked already.
func activityPage(
    _ scope: ActivityScope,
    of trail: Trail,
    after: Int64,
    limit: Int
) -> (statement: Statement, parameters: [String?]) {
    let start = scope.isLarge ? max(after, scope.firstActivityID - 1) : after
    let values: [String?] = [
        String(scope.nativeID), String(start), String(limit),
        String(Inquiry.dataLimitBytes), scope.isLarge ? String(start + Inquiry.largeTransactionWindow) : nil,
    ]
    let condition = FilterCondition(scope.filter.withoutActors, of: trail, after: values.count)
    return (condition.within(Statements.activities), values + condition.parameters)
}

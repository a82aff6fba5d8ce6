import AuditTrail

extension Anchor {
    /// Whether the page is read from the newer to the older.
    var isTowardsThePast: Bool {
        switch self {
        case .newest, .older: true
        case .oldest, .newer: false
        }
    }
}

/// The parameters of `transactions.sql`.
///
/// A walk that is driven by actors goes by transaction ids, of which the bounds say nothing: it only stops at them.
func transactionParameters(
    _ parameters: FilterParameters,
    at anchor: Anchor,
    limit: Int,
    within bounds: TimeBounds
) -> [String?] {
    let isDriven = parameters.isDrivenByActors
    let isFiltered = parameters.filter.selectsAmongActivities || parameters.actors.includesNone
    let start: Int64 =
        switch anchor {
        case .newest: isDriven ? .max : bounds.lastNativeID.map { $0 + 1 } ?? .max
        case .oldest: isDriven ? .min : bounds.firstNativeID.map { $0 - 1 } ?? .min
        case .older(let position), .newer(let position):
            isDriven ? position.transactionID ?? position.nativeID : position.nativeID
        }
    return [
        String(anchor.isTowardsThePast), String(start), String(limit),
        String(isFiltered ? Inquiry.searchStep : limit), String(isFiltered),
        parameters.tableNames, parameters.qualifiedTableNames, parameters.verbs, parameters.since, parameters.until,
        String(parameters.actors.includesNone), String(isDriven), parameters.actorKeys, parameters.actorKeyPatterns,
        anchor.isTowardsThePast ? bounds.firstNativeID.map { String($0) } : nil,
    ]
}

/// The parameters of `activities.sql`.
func activityParameters(_ scope: ActivityScope, after: Int64, limit: Int) -> [String?] {
    let parameters = FilterParameters(filter: scope.filter, actors: FilterParameters.Actors())
    let start = scope.isLarge ? max(after, scope.firstActivityID - 1) : after
    return [
        String(scope.nativeID), String(start), String(limit),
        parameters.tableNames, parameters.qualifiedTableNames, parameters.verbs, parameters.since, parameters.until,
        String(Inquiry.dataLimitBytes), scope.isLarge ? String(start + Inquiry.largeTransactionWindow) : nil,
    ]
}

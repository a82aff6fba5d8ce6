import AuditTrail

/// To which session questions go, and which of them make others needless.
extension Question {
    /// Whether it begins a screen anew.
    public var isList: Bool {
        if case .transactions = self { true } else { false }
    }

    /// Whether a later question of this kind makes the other one needless: only the last place of the cursor counts.
    public func replaces(_ other: Question) -> Bool {
        switch (self, other) {
        case (.activities, .activities), (.actors, .actors), (.names, .names): true
        default: false
        }
    }

    /// Whether the page shows it, rather than a picker or the count of what is new.
    public var isForPage: Bool {
        switch self {
        case .transactions, .activities, .activity, .history, .row, .revert: true
        case .tables, .actors, .histogram, .timeline, .tableOverview, .actorOverview, .summary, .health, .news,
            .shape, .changes, .count, .table, .names:
            false
        }
    }
}

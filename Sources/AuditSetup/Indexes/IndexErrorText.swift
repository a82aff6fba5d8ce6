import AuditTrail

extension SetupError {
    /// What has kept `index` from its work.
    var aboutIndexing: String {
        switch self {
        case .notIndexable(let table, let kind):
            return "\(table) is \(kind), which has no browsing indexes; "
                + "run audit-tui index where the tables behind it are"
        case .indexingThroughPooler:
            return
                "there is a connection pooler between here and the server, and indexes are built in a session that keeps its "
                + "settings; connect to the server itself"
        case .otherIndexing(let blockers):
            let who = blockers.isEmpty ? "" : ", \(list(blockers))"
            return "another audit-tui index is at work in this database\(who); wait for it, or end its session"
        case .indexingStopped(let unfinished):
            return "interrupted" + (unfinished.map { "; \(isUnfinished($0))" } ?? ", audit-tui index goes on from here")
        case .indexingTimeout(let step, let milliseconds, let blockers, let unfinished):
            let who = blockers.isEmpty ? "who was waited for is no longer to be seen" : "waited for \(list(blockers))"
            return "cannot \(step) within \(milliseconds) ms: \(who); try again or raise --lock-timeout"
                + (unfinished.map { "; \(isUnfinished($0))" } ?? "")
        case .indexingFailed(let step, let error, let unfinished):
            return "cannot \(step): \(error)" + (unfinished.map { "; \(isUnfinished($0))" } ?? "")
        default: return ""
        }
    }

    private func isUnfinished(_ index: String) -> String {
        "index \(sqlIdentifier(index)) is left unfinished and of no use; the next audit-tui index puts it right"
    }
}

import AuditTrail
import Postgres

/// How a plan gets the locks that it needs, all of them before it changes anything.
///
/// Writers lock the tables that they write to, and then those of the trail. A plan that changed the one and waited for the
/// other would be in a circle with them, which the server ends after a second by failing one of the two (`deadlock_timeout`), and
/// be it the writer. So the plan asks for all locks within less than that, and else gives up what it has and begins again.
struct SetupLocks {
    /// Less than the second after which the server looks for circles.
    private static let patience = Duration.milliseconds(700)

    private let lockTimeoutMilliseconds: Int
    /// What is waited for.
    var wait = LockWait.setup
    /// The role may not lock what it may change: a right of its own was taken away.
    private var isForbidden = false
    private var isTaking = false

    init(lockTimeoutMilliseconds: Int) {
        self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    }

    /// The SQL that opens the transaction and takes the lock of setting up.
    var opening: SQL { Plan(lockTimeoutMilliseconds: lockTimeoutMilliseconds).opening }

    /// Locks the tables that the steps change and that are there.
    ///
    /// Throws `SetupError.lockTimeout` where one of them is not to be had in the time.
    mutating func take(
        for plan: Plan,
        in catalog: Catalog,
        on connection: borrowing Connection,
        _ progress: (SetupProgress) -> Void
    ) throws(SetupError) {
        guard !isForbidden else { return }
        let present = plan.steps.enumerated().filter { $1.table.flatMap(catalog.relation)?.isOwned ?? false }
        // As writers do: who waits for a table that they write to holds nothing of the trail yet.
        let steps = present.filter { !isOfTrail($1, catalog) } + present.filter { isOfTrail($1, catalog) }
        let waits = steps.map { LockWait(of: $1, auditSchema: catalog.auditSchema) }
        let exclusive = Set(zip(steps, waits).filter { $1.excludesReaders }.compactMap { $0.0.element.table })
        let start = ContinuousClock.now
        isTaking = true
        var taken: Set<TableName> = []
        for ((index, step), wait) in zip(steps, waits) {
            guard let table = step.table, taken.insert(table).inserted else { continue }
            progress(SetupProgress(position: index + 1, count: plan.steps.count, step: step.description))
            self.wait = wait
            let left = Int((Self.patience - (ContinuousClock.now - start)) / .milliseconds(1))
            guard left > 0 else {
                throw .lockTimeout(table: table, milliseconds: lockTimeoutMilliseconds, blockers: [])
            }
            let mode: SQL = exclusive.contains(table) ? "access exclusive" : "share row exclusive"
            let sql: SQL = """
                set local lock_timeout = \(min(left, lockTimeoutMilliseconds));
                lock table \(table.quoted) in \(mode) mode;
                set local lock_timeout = \(lockTimeoutMilliseconds);
                """
            try Installer.run(Plan.Step("lock \(table)", sql, table: table), on: connection, lockTimeoutMilliseconds)
        }
        isTaking = false
    }

    private func isOfTrail(_ step: Plan.Step, _ catalog: Catalog) -> Bool {
        step.table.map { $0.schema == catalog.auditSchema && ["activity", "transaction"].contains($0.name) } ?? false
    }

    /// Whether to begin anew after a failure: other locks may be free by then.
    mutating func mayTryAgain(after error: SetupError, until end: ContinuousClock.Instant) -> Bool {
        defer { isTaking = false }
        switch error {
        case .lockTimeout: return isTaking && ContinuousClock.now < end
        case .stepFailed(_, let failure) where failure.sqlState == "40P01": return ContinuousClock.now < end
        case .stepFailed(_, let failure) where isTaking && failure.sqlState == "42501":
            isForbidden = true
            return true
        default: return false
        }
    }
}

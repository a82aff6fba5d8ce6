import AuditTrail
import Postgres

/// What is to be told while indexes are built.
public enum IndexReport: Equatable, Sendable {
    /// A step begins, or has come further.
    case progress(SetupProgress)
    /// The step waits for these; told once for each.
    case waiting([LockBlocker])
}

/// Builds or drops the browsing indexes, one at a time, while others read and write.
///
/// Owns the session that does it, and a second one that watches. May be stopped at any moment, and killed: what is left
/// then is one unfinished index at worst, which the next run drops and builds anew.
public struct IndexBuilder: ~Copyable {
    let connection: Connection
    let watch: BuildWatch?
    let isStopped: () -> Bool
    let report: (IndexReport) -> Void
    private let auditSchema: String

    /// Takes over a session, and opens another with the same settings if the server has one to spare.
    ///
    /// `isStopped` is called ten times a second, and says whether the person has asked to stop since the last call.
    public init(
        on connection: consuming Connection,
        _ settings: ConnectionSettings,
        auditSchema: String,
        isStopped: @escaping () -> Bool,
        report: @escaping (IndexReport) -> Void
    ) {
        watch = BuildWatch(of: connection, settings)
        self.connection = connection
        self.auditSchema = auditSchema
        self.isStopped = isStopped
        self.report = report
    }

    /// Makes the plan again, applies it step by step, and returns it.
    ///
    /// `expected` is the plan that a person has agreed to; any other throws `SetupError.changedMeanwhile` before
    /// anything is done. Blocks until all is done, for hours where the trail is large or a transaction stays open.
    /// Throws also `SetupError.indexingThroughPooler`, `.otherIndexing`, `.indexingStopped`, `.indexingTimeout`, `.indexingFailed`, `.server` and
    /// what `Catalog.plan(for:)` throws; steps that are done by then stay done.
    @discardableResult
    public func apply(_ request: IndexRequest, expecting expected: IndexPlan? = nil) throws(SetupError) -> IndexPlan {
        try requireOwnSession()
        try prepareSession()
        var plan = try makePlan(request)
        if let expected, expected != plan { throw .changedMeanwhile }
        if plan.steps.contains(where: { $0.kind == .drop }) && !request.drop {
            try waitForOtherBuilders(plan)
            plan = try makePlan(request)
        }
        for (index, step) in plan.steps.enumerated() {
            if isStopped() { throw .indexingStopped(unfinished: nil) }
            let place = SetupProgress(position: index + 1, count: plan.steps.count, step: step.description)
            try run(step, place, lockTimeoutMilliseconds: plan.lockTimeout(of: step))
        }
        return plan
    }

    private func makePlan(_ request: IndexRequest) throws(SetupError) -> IndexPlan {
        try Catalog.read(from: connection, auditSchema: auditSchema).plan(for: request)
    }

    /// Through a pooler, what is set and the lock would stay behind in sessions that others use next.
    private func requireOwnSession() throws(SetupError) {
        let process: Int64
        do {
            process = try connection.execute(Statement("backend_pid", "select pg_catalog.pg_backend_pid()"))
                .only { row throws(PostgresError) in try row.integer(0) }
        } catch {
            throw .server(error)
        }
        guard process == Int64(connection.backendPID) else { throw .indexingThroughPooler }
    }

    private func prepareSession() throws(SetupError) {
        let holders: [LockBlocker]?
        do {
            holders = try lockHolders()
        } catch {
            throw .server(error)
        }
        if let holders { throw .otherIndexing(holders) }
    }

    /// Who keeps the lock of building indexes from this session; nil when it has the lock now.
    private func lockHolders() throws(PostgresError) -> [LockBlocker]? {
        try connection.executeScript(Statement("index_session", SQLFiles.indexSession))
        let isOurs = try connection.execute(Statement("index_lock", SQLFiles.indexLock))
            .first { row throws(PostgresError) in try row.boolean(0) }
        if isOurs == true { return nil }
        let holders =
            try connection.execute(Statement("index_lock_holders", SQLFiles.indexLockHolders))
            .first { row throws(PostgresError) in elements(ofArrayLiteral: try row.text(0)) } ?? nil
        return try LockBlocker.read((holders ?? []).compactMap { Int64($0) }, waitedForBy: "0", on: connection)
    }

    /// Waits until nobody builds an index on the tables of which the plan drops unfinished ones.
    ///
    /// An index that is being built looks like one whose building was broken off. Who builds holds this lock all the
    /// time, so that after it an unfinished index is nobody's.
    private func waitForOtherBuilders(_ plan: IndexPlan) throws(SetupError) {
        for step in plan.steps where step.kind == .drop {
            let place = SetupProgress(position: 1, count: plan.steps.count, step: step.description)
            let sql: SQL = "lock table \(step.table.quoted) in share update exclusive mode;\n"
            var lock = step
            lock.sql = sql
            lock.kind = .brief
            try execute("begin")
            defer { _ = try? execute("rollback") }
            try run(lock, place, lockTimeoutMilliseconds: plan.lockTimeoutMilliseconds ?? 0)
        }
    }

    func execute(_ sql: SQL) throws(SetupError) {
        do {
            try connection.execute(Statement(sql.text, sql))
        } catch {
            throw .server(error)
        }
    }
}

import AuditTrail
import Postgres

/// Applies plans: one transaction, one setup at a time, everything or nothing.
public enum Installer {
    /// Makes the plan for an installation again under the lock of setting up, applies it, and returns it.
    ///
    /// `expected` is the plan that a person has agreed to; any other throws `SetupError.changedMeanwhile` before
    /// anything is done. Blocks until the server answers, at most the plan's lock timeout for each lock, one table at a
    /// time. `progress` is called before each step.
    /// Throws also `SetupError.lockTimeout`, `.stepFailed`, `.server` and what `Catalog.plan(for:)` throws; nothing is
    /// changed then.
    @discardableResult
    public static func install(
        _ request: InstallRequest,
        auditSchema: String,
        on connection: borrowing Connection,
        expecting expected: Plan? = nil,
        progress: (SetupProgress) -> Void = { _ in }
    ) throws(SetupError) -> Plan {
        try apply(
            auditSchema: auditSchema,
            lockTimeoutMilliseconds: request.lockTimeoutMilliseconds,
            on: connection,
            expecting: expected,
            progress: progress
        ) { catalog throws(SetupError) in try catalog.plan(for: request) }
    }

    /// Does the same for a removal.
    ///
    /// Calls `progress` and throws as `install` does.
    @discardableResult
    public static func remove(
        _ request: RemovalRequest,
        auditSchema: String,
        on connection: borrowing Connection,
        expecting expected: Plan? = nil,
        progress: (SetupProgress) -> Void = { _ in }
    ) throws(SetupError) -> Plan {
        try apply(
            auditSchema: auditSchema,
            lockTimeoutMilliseconds: request.lockTimeoutMilliseconds,
            on: connection,
            expecting: expected,
            progress: progress
        ) { catalog throws(SetupError) in try catalog.plan(for: request) }
    }

    private static func apply(
        auditSchema: String,
        lockTimeoutMilliseconds: Int,
        on connection: borrowing Connection,
        expecting expected: Plan?,
        progress: (SetupProgress) -> Void,
        makePlan: (Catalog) throws(SetupError) -> Plan
    ) throws(SetupError) -> Plan {
        try requireSupported(serverVersion: connection.serverVersion)
        let end = ContinuousClock.now + .milliseconds(lockTimeoutMilliseconds)
        var locks = SetupLocks(lockTimeoutMilliseconds: lockTimeoutMilliseconds)
        while true {
            do throws(SetupError) {
                try run(Plan.Step("begin", locks.opening), on: connection, lockTimeoutMilliseconds)
                let catalog = try Catalog.readInTransaction(from: connection, auditSchema: auditSchema)
                let plan = try makePlan(catalog)
                if let expected, expected != plan { throw SetupError.changedMeanwhile }
                try locks.take(for: plan, in: catalog, on: connection, progress)
                for (index, step) in plan.steps.enumerated() {
                    progress(SetupProgress(position: index + 1, count: plan.steps.count, step: step.description))
                    locks.wait = LockWait(of: step, auditSchema: auditSchema)
                    try run(step, on: connection, lockTimeoutMilliseconds)
                }
                try run(Plan.Step("commit", "commit"), on: connection, lockTimeoutMilliseconds)
                return plan
            } catch {
                // The first failure is the one worth telling; a lost connection has rolled back by itself.
                _ = try? connection.execute(Statement("rollback", "rollback"))
                if locks.mayTryAgain(after: error, until: end) { continue }
                guard case .lockTimeout = error else { throw error }
                throw .lockTimeout(
                    table: locks.wait.tables.first,
                    milliseconds: lockTimeoutMilliseconds,
                    blockers: LockBlocker.read(from: connection, of: locks.wait, milliseconds: lockTimeoutMilliseconds)
                )
            }
        }
    }

    static func run(
        _ step: Plan.Step,
        on connection: borrowing Connection,
        _ lockTimeoutMilliseconds: Int
    ) throws(SetupError) {
        do {
            try connection.executeScript(Statement(step.description, step.sql))
        } catch {
            if error.sqlState == "55P03" {
                throw .lockTimeout(table: step.table, milliseconds: lockTimeoutMilliseconds, blockers: [])
            }
            if case .refused = error { throw .stepFailed(step: step.description, error) }
            throw .server(error)
        }
    }
}

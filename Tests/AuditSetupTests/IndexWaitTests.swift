import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Building indexes beside sessions that are in the way.
@Suite struct IndexWaitTests {
    /// What a test has been told, and when it asks to stop.
    private final class Observer {
        var blockers: [LockBlocker] = []
        var steps: [String] = []
        var stops = 0

        func take(_ report: IndexReport) {
            switch report {
            case .progress(let progress): steps.append(progress.step)
            case .waiting(let blockers):
                self.blockers += blockers
                stops += 1
            }
        }

        /// Asks once for each time that the builder has said that it waits.
        func isStopped() -> Bool {
            defer { stops = max(0, stops - 1) }
            return stops > 0
        }
    }

    private func unfinished(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows("select indexrelid::regclass from pg_index where not indisvalid")
    }

    private func installTrail(on connection: borrowing Connection) throws {
        try connection.run("create table a (id int primary key)")
        try install(request("a") { $0.profile = .flask }, on: connection)
    }

    @Test func anOldTransactionIsToldAndStoppingLeavesNothing() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            let other = try database.connect()
            try other.run("set application_name = 'report'; begin isolation level repeatable read; select 1")
            let pid = try Int64(other.rows("select pg_backend_pid()")[0])
            let observer = Observer()
            #expect(throws: SetupError.indexingStopped(unfinished: nil)) {
                try IndexBuilderTests.apply(in: database, isStopped: observer.isStopped, report: observer.take)
            }
            #expect(observer.blockers.map(\.processID) == [pid] && observer.blockers[0].application == "report")
            #expect(observer.steps.contains("build index ix_audit_activity_table_name_id, waiting for old snapshots"))
            #expect(try unfinished(connection) == [])
            try other.run("rollback")
            #expect(try IndexBuilderTests.apply(in: database).steps.count == 5)
        }
    }

    /// As long as a writer has the table, no statement can take the index away; it is left to the next run.
    @Test func stoppingTwiceLeavesAnUnfinishedIndexForTheNextRun() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            let other = try database.connect()
            try other.run("begin; insert into a values (1)")
            let observer = Observer()
            let error = SetupError.indexingStopped(unfinished: "ix_audit_activity_table_name_id")
            #expect(throws: error) {
                try IndexBuilderTests.apply(in: database, isStopped: observer.isStopped, report: observer.take)
            }
            #expect(
                error.description == "interrupted; index ix_audit_activity_table_name_id is left unfinished and of no "
                    + "use; the next audit-tui index puts it right"
            )
            #expect(observer.steps.last?.hasPrefix("drop unfinished index ix_audit_activity_table_name_id") == true)
            #expect(try unfinished(connection) == ["audit.ix_audit_activity_table_name_id"])
            try other.run("commit")
            #expect(try IndexBuilderTests.apply(in: database).steps.count == 6)
            #expect(try unfinished(connection) == [])
        }
    }

    @Test func whoIsInTheWayTooLongIsNamed() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            let other = try database.connect()
            try other.run("begin isolation level repeatable read; select 1")
            let pid = try Int64(other.rows("select pg_backend_pid()")[0])
            let error = #expect(throws: SetupError.self) {
                try IndexBuilderTests.apply(in: database) { $0.lockTimeoutMilliseconds = 1000 }
            }
            guard case .indexingTimeout(let step, 1000, let blockers, nil) = error else {
                Issue.record("not the lock timeout: \(String(describing: error))")
                return
            }
            #expect(step == "build index ix_audit_activity_table_name_id" && blockers.map(\.processID) == [pid])
            let text = try #require(error).description
            #expect(
                text.hasPrefix("cannot build index ix_audit_activity_table_name_id within 1000 ms: waited for pid ")
            )
            #expect(text.hasSuffix("; try again or raise --lock-timeout"))
            #expect(try unfinished(connection) == [])
        }
    }

    @Test func onlyOneBuilderIsAtWork() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            let other = try database.connect()
            try other.run("select pg_advisory_lock(4705209123518)")
            let pid = try other.rows("select pg_backend_pid()")[0]
            let error = #expect(throws: SetupError.self) { try IndexBuilderTests.apply(in: database) }
            let text = try #require(error).description
            #expect(text.hasPrefix("another audit-tui index is at work in this database, pid \(pid) ("))
            #expect(text.hasSuffix("; wait for it, or end its session"))
        }
    }

    @Test func aFailedStepIsNamedAndTheStepsBeforeItStay() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            try connection.run("create table audit.ix_audit_activity_row_id ()")
            let error = #expect(throws: SetupError.self) { try IndexBuilderTests.apply(in: database) }
            #expect(
                error?.description
                    == "cannot build index ix_audit_activity_row_id: relation \"ix_audit_activity_row_id\" already exists"
            )
            #expect(try IndexBuilderTests.plan(on: connection).steps.count == 4)
        }
    }

    @Test func aPlanThatNoLongerHoldsIsNotApplied() throws {
        try withDatabase { connection, database in
            try installTrail(on: connection)
            let shown = try IndexBuilderTests.plan(on: connection)
            try IndexBuilderTests.apply(in: database)
            let settings = try database.settings()
            let builder = IndexBuilder(
                on: try Connection.open(settings),
                settings,
                auditSchema: "audit",
                isStopped: { false },
                report: { _ in }
            )
            #expect(throws: SetupError.changedMeanwhile) { try builder.apply(IndexRequest(), expecting: shown) }
        }
    }
}

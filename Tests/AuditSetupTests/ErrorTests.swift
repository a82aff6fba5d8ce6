import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditSetup

/// What a setup is refused with, in the words that a person reads.
@Suite struct ErrorTests {
    private func words(
        _ request: InstallRequest,
        on connection: borrowing Connection,
        schema: String = "audit"
    ) -> String? {
        refusal(of: request, on: connection, schema: schema)?.description
    }

    /// What `body` is refused with.
    private func words(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func whatCannotBeAuditedIsNamedWithTheReason() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int); create materialized view seen as select 1 as x;
                create foreign data wrapper dummy; create server there foreign data wrapper dummy;
                create foreign table far (id int) server there; create view now as select 1 as x
                """
            )
            #expect(words(request("nosuch"), on: connection) == "no table public.nosuch")
            #expect(words(request("now"), on: connection) == "public.now is a view, only tables can be audited")
            #expect(
                words(request("seen"), on: connection)
                    == "public.seen is a materialized view, only tables can be audited"
            )
            #expect(
                words(request("far"), on: connection) == "public.far is a foreign table, only tables can be audited"
            )
            try install(request("orders"), on: connection)
            let activity = TableName(schema: "audit", name: "activity")
            #expect(
                words(request { $0.tables = [activity] }, on: connection)
                    == "audit.activity belongs to the audit trail itself"
            )
            #expect(
                words(request("orders"), on: connection, schema: "second")
                    == "public.orders is audited in schema audit already; go on there with --schema audit"
            )
        }
    }

    /// A request that leaves out a column of `users`.
    private func excluding(_ column: String, _ audited: String) -> InstallRequest {
        var request = request(audited)
        request.excludedColumns = [ColumnName(table: table("users"), name: column)]
        return request
    }

    /// A request with a table of those who act.
    private func acting(_ actorTable: String, _ audited: String...) -> InstallRequest {
        var request = InstallRequest()
        request.tables = audited.map(table)
        request.actorTable = table(actorTable)
        return request
    }

    @Test func whatIsWrongWithColumnsAndActorsIsTold() throws {
        try withDatabase { connection, database in
            try connection.run(
                """
                create table users (id int primary key, password text); create table others (id int primary key);
                create table keyless (id int); create table orders (id int)
                """
            )
            #expect(
                words(excluding("pasword", "users"), on: connection)
                    == "no column pasword in public.users; did you mean password"
            )
            #expect(
                words(excluding("zzzzzzzzz", "users"), on: connection)
                    == "no column zzzzzzzzz in public.users"
            )
            #expect(
                words(excluding("password", "orders"), on: connection)
                    == "users.password cannot be excluded or included: public.users is neither named nor audited"
            )
            #expect(
                words(acting("nosuch"), on: connection) == "no table nosuch"
            )
            #expect(
                words(acting("keyless"), on: connection)
                    == "actor table public.keyless has no primary key of one column"
            )
            let role = try database.makeRole("guest", on: connection)
            try connection.run("grant create on database \(database.name) to \(role)")
            let guest = try database.connect(as: role)
            #expect(
                words(acting("users"), on: guest)
                    == "role \(role) needs select and references on actor table public.users"
            )
            try install(acting("users", "orders"), on: connection)
            let other = acting("others")
            #expect(words(other, on: connection) == "the actor table is public.users already, not public.others")
            try install(request("keyless"), on: connection, schema: "second")
            #expect(
                words(other, on: connection, schema: "second")
                    == "the audit trail was set up without an actor table; public.others cannot be added to it"
            )
        }
    }

    @Test func whatIsNoInstallationOfOursIsToldApart() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int); create schema half; create table half.activity (id int)")
            let advice = "; name another schema with --schema"
            #expect(
                words(request("orders"), on: connection, schema: "half")
                    == "schema half is not ours: it has one of the tables transaction and activity only" + advice
            )
            try install(request("orders") { $0.profile = .standard }, on: connection)
            #expect(
                words(request { $0.profile = .flask }, on: connection)
                    == "schema audit has the profile standard; flask has no place for transaction.context"
            )
            let guest = try database.connect(as: database.makeRole("guest", on: connection))
            let role = try guest.rows("select current_user")[0]
            #expect(
                words { _ = try Installer.remove(RemovalRequest(), auditSchema: "audit", on: guest) }
                    == "role \(role) does not own the audit tables in schema audit; connect as their owner"
            )
            var removal = RemovalRequest()
            removal.tables = [table("orders")]
            #expect(
                words { _ = try Installer.remove(removal, auditSchema: "audit", on: guest) }
                    == "role \(role) does not own public.orders; connect as its owner"
            )
            try connection.run(
                #"comment on function audit.create_activity() is '{"audit-tui": "9.1.2", "profile": "standard"}'"#
            )
            #expect(
                words(request("orders"), on: connection) == "schema audit was set up by audit-tui 9.1.2, "
                    + "which is newer than this one (\(InstallationVersion.current))"
            )
            try connection.run(
                "comment on function audit.create_activity() is null; alter table audit.activity rename column verb to word"
            )
            #expect(
                words(request("orders"), on: connection)
                    == "schema audit is not ours: its table activity has no column verb" + advice
            )
            try connection.run("alter table audit.activity add verb int")
            #expect(
                words(request("orders"), on: connection)
                    == "schema audit is not ours: column verb of its table activity is integer, not text" + advice
            )
        }
    }

    @Test func anOldServerIsRefused() {
        #expect(
            words { try requireSupported(serverVersion: 120_005) }
                == "PostgreSQL 14 or later is needed, the server is 12"
        )
        #expect(words { try requireSupported(serverVersion: 140_000) } == nil)
    }

    @Test func aPreparedTransactionWithoutNameIsToldAsOne() {
        #expect(LockBlocker(processID: nil).description == "a prepared transaction")
    }

    @Test func nobodyLeftToBeAuditedOrWaitedForIsSaid() {
        #expect(SetupError.nothingNamed(candidates: []).description == "no table is left to audit in this database")
        #expect(
            SetupError.indexingTimeout(step: "build index i", milliseconds: 50, blockers: [], unfinished: nil)
                .description == "cannot build index i within 50 ms: who was waited for is no longer to be seen; "
                + "try again or raise --lock-timeout"
        )
    }
}

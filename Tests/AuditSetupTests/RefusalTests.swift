import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct RefusalTests {
    @Test func namesThatFitNoTableAreAnsweredWithNearOnes() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int); create table "Orders" (id int);
                create schema a; create schema b; create table a.twice (id int); create table b.twice (id int);
                create table a.orders (id int)
                """
            )
            let catalog = try Catalog.read(from: connection, auditSchema: "audit")
            #expect(try catalog.table(named: QualifiedName(parsing: "orders")) == table("orders"))
            #expect(try catalog.table(named: QualifiedName(parsing: "\"Orders\"")) == table("Orders"))
            let a = TableName(schema: "a", name: "twice")
            let b = TableName(schema: "b", name: "twice")
            #expect(throws: SetupError.ambiguousTable("twice", candidates: [a, b])) {
                try catalog.table(named: QualifiedName(parsing: "twice"))
            }
            let near = [TableName(schema: "a", name: "orders"), table("Orders"), table("orders")]
            #expect(throws: SetupError.unknownTable("ordesr", suggestions: near)) {
                try catalog.table(named: QualifiedName(parsing: "ordesr"))
            }
            #expect(throws: SetupError.columnWithoutTable("password")) {
                try catalog.column(named: QualifiedName(parsing: "password"))
            }
        }
    }

    @Test func onlyTablesThatCanBeAuditedAre() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table orders (id int); create view seen as select 1 as x;
                create table whole (id int) partition by list (id); create table part partition of whole default
                """
            )
            try install(request("orders", "whole"), on: connection)
            let activity = TableName(schema: "audit", name: "activity")
            #expect(refusal(of: request { $0.tables = [activity] }, on: connection) == .auditTable(activity))
            #expect(refusal(of: request("seen"), on: connection) == .notATable(table("seen"), kind: "a view"))
            #expect(
                refusal(of: request("part"), on: connection) == .coveredByParent(table("part"), parent: table("whole"))
            )
            #expect(
                refusal(of: request("orders"), on: connection, schema: "second")
                    == .auditedElsewhere(table("orders"), auditSchema: "audit")
            )
        }
    }

    @Test func rightsAreCheckedBeforeAnythingIsDone() throws {
        try withDatabase { connection, database in
            let role = try database.makeRole("guest", on: connection)
            try connection.run("create table orders (id int); create table users (id int primary key)")
            let session = try database.connect(as: role)
            #expect(refusal(of: request("orders"), on: session) == .cannotCreate(schema: "audit", role: role))
            try connection.run("revoke create on schema public from public")
            #expect(
                refusal(of: request("orders"), on: session, schema: "public")
                    == .cannotCreate(schema: "public", role: role)
            )
            try connection.run("grant create on database \(database.name) to \(role)")
            #expect(refusal(of: request("orders"), on: session) == .notOwner(table("orders"), role: role))
            #expect(
                refusal(of: request { $0.actorTable = table("users") }, on: session)
                    == .actorTableNotReadable(table("users"), role: role)
            )
            try install(request("orders"), on: connection)
            #expect(refusal(of: request("orders"), on: session) == .auditTablesOfAnother(schema: "audit", role: role))
        }
    }

    @Test func excludedColumnsMustExistInTablesThatAreAudited() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int, password text); create table orders (id int)")
            let misspelt = ColumnName(table: table("users"), name: "pasword")
            let elsewhere = ColumnName(table: table("users"), name: "password")
            #expect(
                refusal(of: request("users") { $0.excludedColumns = [misspelt] }, on: connection)
                    == .unknownColumn(misspelt, suggestions: ["password"])
            )
            #expect(
                refusal(of: request("orders") { $0.excludedColumns = [elsewhere] }, on: connection)
                    == .excludedFromUnaudited(elsewhere)
            )
        }
    }

    @Test func theActorTableNeedsAKeyOfOneColumnAndStaysTheSame() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table users (id int primary key); create table others (id int primary key);
                create table keyless (id int); create table pairs (a int, b int, primary key (a, b))
                """
            )
            let keyless = refusal(of: request { $0.actorTable = table("keyless") }, on: connection)
            #expect(keyless == .actorTableWithoutKey(table("keyless")))
            let pairs = refusal(of: request { $0.actorTable = table("pairs") }, on: connection)
            #expect(pairs == .actorTableWithoutKey(table("pairs")))
            try install(request("keyless") { $0.actorTable = table("users") }, on: connection)
            #expect(try plan(for: request("keyless") { $0.actorTable = table("users") }, on: connection).isEmpty)
            #expect(
                refusal(of: request { $0.actorTable = table("others") }, on: connection)
                    == .otherActorTable(table("others"), installed: table("users"))
            )
        }
    }

    @Test func tablesOfAnotherShapeAreNotTouched() throws {
        try withDatabase { connection, _ in
            try connection.run("create table transaction (id int); create table orders (id int)")
            guard case .foreignSchema("public", _) = refusal(of: request("orders"), on: connection, schema: "public")
            else {
                Issue.record("a payment table was taken for an audit table")
                return
            }
            #expect(refusal(of: request("orders"), on: connection) == nil)
        }
    }

    @Test func whatANewerProgramInstalledIsNotTouched() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            try connection.run(
                #"comment on function audit.create_activity() is '{"audit-tui": "9.1.2", "profile": "standard"}'"#
            )
            #expect(
                refusal(of: request("orders"), on: connection)
                    == .newerInstallation(InstallationVersion(major: 9, minor: 1, patch: 2), schema: "audit")
            )
        }
    }

    @Test func theProfileGrowsAndNeverShrinks() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders") { $0.profile = .flask }, on: connection)
            #expect(try plan(for: request("orders"), on: connection).isEmpty)
            try install(request("orders") { $0.profile = .standard }, on: connection)
            #expect(
                refusal(of: request { $0.profile = .flask }, on: connection) == .profileCannotShrink(schema: "audit")
            )
            try connection.run("insert into orders values (1)")
            #expect(try connection.rows("select context ? 'db' from audit.transaction") == ["t"])
        }
    }

    @Test func messagesAreOneLineAndNameTheWayOut() {
        let errors: [SetupError] = [
            .serverTooOld(120_005), .unknownTable("x", suggestions: [table("y")]),
            .cannotCreate(schema: "a", role: "r"),
            .notOwner(table("t"), role: "r"), .madeByFlaskAuditLogger(schema: "public"), .notInstalled(schema: nil),
            .capturesNothing(schema: "a"),
            .lockTimeout(table: table("t"), milliseconds: 3000, blockers: []), .severalInstallations(["a", "b"]),
            .changedMeanwhile,
        ]
        for error in errors {
            #expect(!error.description.isEmpty && !error.description.contains("\n"))
        }
        #expect(SetupError.madeByFlaskAuditLogger(schema: "public").description.contains("--adopt"))
    }
}

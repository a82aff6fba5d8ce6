import AuditQuery
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct TrailTests {
    @Test func aDatabaseWithoutATrailSaysHowToGetOne() throws {
        try withDatabase { connection, database in
            #expect(throws: TrailError.missing(schema: nil, database: database.name)) {
                try Trail.open(on: connection, schema: nil)
            }
            #expect(throws: TrailError.missing(schema: "nope", database: database.name)) {
                try Trail.open(on: connection, schema: "nope")
            }
        }
    }

    @Test func tablesOfTheSameNamesAndAnotherShapeAreNoTrail() throws {
        try withDatabase { connection, database in
            try connection.run("create table transaction (id int); create table activity (id int)")
            #expect(throws: TrailError.missing(schema: nil, database: database.name)) {
                try Trail.open(on: connection, schema: nil)
            }
        }
    }

    @Test func severalTrailsHaveToBeToldApart() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try connection.run(
                """
                create schema other;
                create table other.transaction (like audit.transaction including all);
                create table other.activity (like audit.activity including all);
                """
            )
            #expect(throws: TrailError.ambiguous(schemas: ["audit", "other"])) {
                try Trail.open(on: connection, schema: nil)
            }
            #expect(try Trail.open(on: connection, schema: "other").schema == "other")
        }
    }

    @Test func aRoleThatMayNotReadTheTrailIsToldWhatItNeeds() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let role = try database.makeRole("reader", on: connection)
            let session = try database.connect(as: role)
            #expect(throws: TrailError.unreadable(schema: "audit")) { try Trail.open(on: session, schema: nil) }
            try connection.run(
                """
                grant usage on schema audit to \(role);
                grant select on audit.transaction, audit.activity to \(role);
                """
            )
            try write("insert into orders values (1)", by: "1", on: connection)
            let trail = try Trail.open(on: session, schema: nil)
            let list = try allTransactions(Filter(), from: .newest, pageSize: 9, trail, session)
            // The role may not read the actor table: the key has to do.
            #expect(list.map(\.actor) == [Actor(id: "1", label: nil)])
        }
    }

    @Test func aBrowsingSessionCannotWriteEvenAsSuperuser() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let session = try database.connect()
            _ = try Trail.open(on: session, schema: nil)
            for statement in [
                "insert into public.orders values (9)", "create table public.t ()", "truncate audit.activity",
            ] {
                let error = #expect(throws: PostgresError.self) { try session.run(statement) }
                #expect(error?.sqlState == "25006")
            }
        }
    }

    @Test func withoutAnActorTableTheKeyIsTheName() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection, actorTable: false)
            try write("insert into orders values (1)", by: "7", on: connection)
            try write("insert into orders values (2)", by: "8", on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            var filter = Filter()
            filter.actors = [.matching("7*")]
            let list = try allTransactions(filter, from: .newest, pageSize: 9, trail, connection)
            #expect(list.map(\.actor) == [Actor(id: "7")])
            #expect(
                try trail.answer(to: .actors(containing: "8"), on: connection)
                    == .actors([
                        ActorCount(actor: Actor(id: "7"), transactions: 1),
                        ActorCount(actor: Actor(id: "8"), transactions: 1),
                    ])
            )
        }
    }

    @Test func columnsThatThePersonNamesGoBeforeThoseThatUsuallyNameActors() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try connection.run(#"alter table users add "nick, ""x"" {}" text default 'Al'"#)
            try write("insert into orders values (1)", by: "1", on: connection)
            let labels = [(["missing", #"nick, "x" {}"#], "Al"), (["missing"], "Alice"), ([], "Alice")]
            for (columns, label) in labels {
                let preferences = TrailPreferences(actorLabels: columns)
                let trail = try Trail.open(on: connection, schema: nil, preferences: preferences)
                let list = try allTransactions(Filter(), from: .newest, pageSize: 9, trail, connection)
                #expect(list.map(\.actor) == [Actor(id: "1", label: label)])
            }
        }
    }

    @Test func aSummaryNamesTheNoiseColumnsOfThePersonLast() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try connection.run("alter table orders add a int, add b int")
            try write("insert into orders values (1)", by: "1", on: connection)
            try write("update orders set a = 1, b = 2 where id = 1", by: "1", on: connection)
            let summaries = try [Set<String>(), ["a"]].map { noise in
                let trail = try Trail.open(
                    on: connection,
                    schema: nil,
                    preferences: TrailPreferences(noiseColumns: noise)
                )
                return try allTransactions(Filter(), from: .newest, pageSize: 9, trail, connection).first?.changeSummary
            }
            #expect(summaries == ["a null→1, b null→2", "b null→2, a"])
        }
    }

    @Test func thePickersCountWhatThereIs() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write("insert into orders values (1), (2)", by: "1", on: connection)
            try write("insert into orders values (3)", by: "1", on: connection)
            try write("insert into orders values (4)", by: "2", on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(
                try trail.answer(to: .tables, on: connection)
                    == .tables([
                        TableCount(
                            table: TableName(schema: "public", name: "orders"),
                            activities: 4,
                            isEstimate: false,
                            isAudited: true
                        ),
                        TableCount(
                            table: TableName(schema: "sales", name: "leads"),
                            activities: 0,
                            isEstimate: false,
                            isAudited: true
                        ),
                    ])
            )
            #expect(
                try trail.answer(to: .actors(containing: ""), on: connection)
                    == .actors([
                        ActorCount(actor: Actor(id: "1", label: "Alice"), transactions: 2),
                        ActorCount(actor: Actor(id: "2", label: "Bob"), transactions: 1),
                    ])
            )
            #expect(
                try trail.answer(to: .actors(containing: "AL"), on: connection)
                    == .actors([
                        ActorCount(actor: Actor(id: "3", label: "Alan"), transactions: nil),
                        ActorCount(actor: Actor(id: "1", label: "Alice"), transactions: nil),
                    ])
            )
        }
    }

    @Test func aValueTooLargeForAPageIsFetchedOnDemand() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write("insert into orders values (1, repeat('x', 100000))", by: "1", on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let transaction = try #require(
                try allTransactions(Filter(), from: .newest, pageSize: 9, trail, connection).first
            )
            let scope = ActivityScope(of: transaction, filter: Filter())
            guard
                case .activities(let page, _) = try trail.answer(
                    to: .activities(scope, after: 0, limit: 9),
                    on: connection
                ),
                let activity = page.first
            else {
                Issue.record("no activities")
                return
            }
            #expect(activity.changedData?["id"] == .number("1"))
            #expect(activity.changedData?["status"]?.isExcerpt == true)
            guard case .activity(let whole?) = try trail.answer(to: .activity(id: activity.id), on: connection) else {
                Issue.record("no activity")
                return
            }
            #expect(whole.changedData?["status"] == .string(String(repeating: "x", count: 100_000)))
        }
    }

    /// What a browsing session is told to do, it refuses, whatever the login may do.
    @Test func aSessionRefusesEveryWayToWrite() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            try connection.run("create sequence numbers")
            let session = try database.connect()
            _ = try Trail.open(on: session, schema: nil)
            let merge =
                "merge into public.orders using (values (1)) v (id) on false when not matched then insert values (1)"
            for statement in [
                "insert into public.orders values (1, 'new')", "update public.orders set status = 'x'",
                "delete from public.orders",
                "truncate public.orders", "create table public.more (id int)", "drop table public.orders",
                "alter table public.orders add more int",
                "create index on public.orders (status)", "grant select on public.orders to public",
                "select nextval('public.numbers')",
                "comment on table public.orders is 'x'", "create role nobody_of_this_test",
                "with w as (insert into public.orders values (1) returning 1) select * from w",
                "select id from public.orders for update",
            ] + (connection.serverVersion < 150_000 ? [] : [merge]) {
                do throws(PostgresError) {
                    try session.execute(Statement("write", verbatim: statement))
                    Issue.record("\(statement) was done")
                } catch {
                    #expect(error.sqlState == "25006", "\(statement): \(error)")
                }
            }
        }
    }
}

import AuditQuery
import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@Suite struct TransactionPageTests {
    @Test func theListTellsWhoWhenAndWhatChanged() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write(
                "insert into orders values (1, 'pending', 1.10, '{}'), (2, 'pending', 2, null)",
                by: "1",
                on: connection
            )
            try write(
                "update orders set status = 'paid'; insert into sales.leads values (1, 'x')",
                by: "2",
                on: connection
            )
            try write("delete from orders", by: nil, on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let list = try allTransactions(Filter(), from: .newest, pageSize: 200, trail, connection)
            #expect(list.map(\.changeSummary) == ["DELETE 2 rows", "+1 row · status pending→paid (2 rows)", "+2 rows"])
            #expect(list.map(\.actor) == [nil, Actor(id: "2", label: "Bob"), Actor(id: "1", label: "Alice")])
            #expect(list.map(\.clientAddress) == [nil, "10.0.0.2", "10.0.0.1"])
            #expect(list[1].tables.map(\.description) == ["public.orders", "sales.leads"])
            #expect(list[1].counts == VerbCounts(inserts: 1, updates: 2))
            #expect(list.allSatisfy { $0.issuedAt != nil })
        }
    }

    @Test func writesWithoutATransactionRowAreListedToo() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write("insert into orders values (1)", by: "1", on: connection)
            try connection.run("update audit.activity set transaction_id = null; delete from audit.transaction")
            let trail = try Trail.open(on: connection, schema: "audit")
            let list = try allTransactions(Filter(), from: .newest, pageSize: 200, trail, connection)
            #expect(list.map(\.id) == [nil])
            #expect(list.map(\.changeSummary) == ["+1 row"])
        }
    }

    @Test func pagesInBothDirectionsMakeUpTheWholeList() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            for number in 0..<60 {
                try write("insert into orders values (\(number))", by: "\(number % 3 + 1)", on: connection)
            }
            let trail = try Trail.open(on: connection, schema: nil)
            var actors = Filter()
            actors.actors = [.matching("al*")]
            for filter in [Filter(), actors] {
                let whole = try allTransactions(filter, from: .newest, pageSize: 200, trail, connection)
                #expect(whole.count == (filter.isEmpty ? 60 : 40))
                for pageSize in [1, 7, 60] {
                    #expect(try allTransactions(filter, from: .newest, pageSize: pageSize, trail, connection) == whole)
                    #expect(try allTransactions(filter, from: .oldest, pageSize: pageSize, trail, connection) == whole)
                }
            }
        }
    }

    /// What may lie out of order beyond a bound of time is looked through once, not again for every page.
    @Test(arguments: [Anchor.newest, .oldest])
    func laterPagesLookAtWhatTheOnesBeforeNeeded(_ anchor: Anchor) throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try connection.run(
                """
                insert into audit.activity (schema, table_name, verb, issued_at, native_transaction_id)
                select 'public', 'orders', 'insert', timestamp '2026-01-01' + g * interval '1 s', g
                from generate_series(1, 3000) as g
                """
            )
            let trail = try Trail.open(on: connection, schema: nil)
            let filter = try Filter(
                parsing: "since:2026-01-01T00:10 until:2026-01-01T00:40",
                now: Timestamp(microseconds: 0)
            )
            var sizes: [Int] = []
            var next: Anchor? = anchor
            while let anchor = next, sizes.count < 100 {
                let question = Question.transactions(filter, at: anchor, limit: 50)
                guard case .transactions(let page) = try trail.answer(to: question, on: connection) else { break }
                // Beyond the other bound there is nothing more, but it must be looked for.
                if page.transactions.count == 50, let size = page.next?.stepSize { sizes.append(size) }
                next = page.next.map { anchor.isNewestFirst ? .older(than: $0) : .newer(than: $0) }
            }
            #expect(sizes.count >= 35 && sizes.allSatisfy { $0 < 200 })
        }
    }

    /// More actors than are named in a statement.
    @Test func noActorOfManyIsLeftOut() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try connection.run("insert into users select g, 'bot ' || g from generate_series(1000, 12000) as g")
            for actor in ["1", "1000", "9999"] {
                try write("insert into orders values (\(actor))", by: actor, on: connection)
            }
            let trail = try Trail.open(on: connection, schema: nil)
            for text in ["actor:bot*", "actor:bot* table:orders", "actor:bot*,none", "!actor:alice"] {
                let filter = try Filter(parsing: text, now: Timestamp(microseconds: 0))
                for anchor in [Anchor.newest, .oldest] {
                    let list = try allTransactions(filter, from: anchor, pageSize: 200, trail, connection)
                    #expect(list.map { $0.actor?.id } == ["9999", "1000"])
                }
            }
        }
    }

    /// The index of the installation leads to a row by whatever key, before and after the key was changed.
    @Test(arguments: ["lines:order_id=1,n=2", "lines:n=2,order_id=1", "\"Odd's\":x'y"])
    func aRowIsReachedByItsKey(_ row: String) throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table lines (order_id int, n int, note text, primary key (order_id, n));
                create table "Odd's" ("the 'key" varchar(10) primary key, note text);
                """
            )
            var request = InstallRequest()
            request.allTables = true
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run(
                "insert into lines values (1, 1, 'a'), (1, 2, 'b'); insert into \"Odd's\" values ('x''y', 'b')"
            )
            try connection.run("update lines set note = 'c'; update \"Odd's\" set note = 'c'")
            try connection.run("update lines set n = 7 where n = 2; update \"Odd's\" set \"the 'key\" = 'z'")
            try connection.run("update lines set n = 2 where n = 7; update \"Odd's\" set \"the 'key\" = 'x''y'")
            try connection.run("delete from lines; delete from \"Odd's\"")
            let trail = try Trail.open(on: connection, schema: nil)
            #expect(trail.indexedTerms == IndexedTerms(tables: true, rows: true, actors: true))
            let list = try allTransactions(filter("row:" + row), from: .newest, pageSize: 3, trail, connection)
            #expect(list.map(\.counts.total) == [1, 1, 1, 1, 1])
            #expect(list.map(\.counts.deletes) == [1, 0, 0, 0, 0])
        }
    }

    @Test func aTrailFromAnotherClusterIsListedByItsActivities() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            for number in 0..<60 {
                try write("insert into orders values (\(number)), (\(number + 100))", by: "1", on: connection)
            }
            // The numbers of the other cluster were greater the older they are.
            try connection.run(
                """
                update audit.activity set native_transaction_id = 1000000 - native_transaction_id;
                update audit.transaction set native_transaction_id = 1000000 - native_transaction_id;
                """
            )
            let trail = try Trail.open(on: connection, schema: nil)
            let whole = try allTransactions(Filter(), from: .newest, pageSize: 200, trail, connection)
            #expect(whole.map(\.firstActivityID) == (0..<60).map { 119 - 2 * $0 })
            #expect(try allTransactions(Filter(), from: .oldest, pageSize: 7, trail, connection) == whole)
        }
    }

    @Test func aTransactionOfManyRowsIsCountedUpToALimitAndReadToItsEnd() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write("insert into orders select n from generate_series(1, 1500) n", by: "1", on: connection)
            try write("insert into sales.leads values (1, 'later')", by: "1", on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            let large = try allTransactions(Filter(), from: .newest, pageSize: 200, trail, connection)[1]
            #expect(large.counts.isCapped)
            #expect(large.changeSummary == "+1000+ rows")
            var ids: [Int64] = []
            var hasMore = true
            while hasMore {
                let scope = ActivityScope(of: large, filter: Filter())
                guard
                    case .activities(let page, let more) = try trail.answer(
                        to: .activities(scope, after: ids.last ?? 0, limit: 400),
                        on: connection
                    )
                else { return }
                ids += page.map(\.id)
                hasMore = more
            }
            #expect(ids == Array(large.firstActivityID..<large.firstActivityID + 1500))
        }
    }

    @Test func filtersSelectActivitiesAndCountOnlyThose() throws {
        try withDatabase { connection, _ in
            try makeShop(on: connection)
            try write("insert into orders values (1); insert into sales.leads values (1, 'x')", by: "1", on: connection)
            try write("update orders set status = 'a'", by: "2", on: connection)
            let trail = try Trail.open(on: connection, schema: nil)
            for (filter, expected) in try Self.filters() {
                let list = try allTransactions(filter, from: .newest, pageSize: 200, trail, connection)
                #expect(list.map(\.changeSummary) == expected, "\(filter)")
            }
        }
    }

    private static func filters() throws -> [(Filter, [String])] {
        let update = "status null→a"
        return [
            (try filter("table:LEADS"), ["+1 row"]),
            (try filter("table:sales.*"), ["+1 row"]),
            (try filter("table:public.leads"), []),
            (try filter("table:o%"), []),
            (try filter("verb:update"), [update]),
            (try filter("actor:bob"), [update]),
            (try filter("actor:1"), ["+2 rows"]),
            (try filter("actor=2"), [update]),
            (try filter("actor:nobody"), []),
            (try filter("actor:none"), []),
            (try filter("until:1970-01-01"), []),
        ]
    }
}

extension Anchor {
    fileprivate var isNewestFirst: Bool {
        switch self {
        case .newest, .older, .at: true
        case .oldest, .newer: false
        }
    }
}

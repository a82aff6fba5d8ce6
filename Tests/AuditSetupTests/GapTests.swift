import AuditTrail
import Postgres
import TestDatabase
import Testing

@testable import AuditSetup

/// What was written while capture was off is found.
@Suite struct GapTests {
    @Test(arguments: waysOff)
    func everyUnrecordedWriteIsFound(off: String, on: String) throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text, total numeric)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders select i, 'new', i from generate_series(1, 6) as i")
            try connection.run("delete from orders where id = 6")
            #expect(try gapTexts(in: database) == [])
            try connection.run("\(off)")
            try connection.run(
                """
                update orders set status = 'paid', total = 9 where id = 1; delete from orders where id = 2;
                insert into orders values (6, 'back', 6); update orders set total = 4.5 where id = 4;
                delete from orders where id = 5
                """
            )
            try connection.run("\(on)")
            try connection.run(
                "update orders set status = 'sent' where id in (1, 3); insert into orders values (5, 'x', 1)"
            )
            let (gaps, summary) = try findGaps(in: database)
            #expect(
                gaps.map(\.text).sorted() == [
                    #"orders {"id":1} update status,total"#, #"orders {"id":2} delete"#,
                    #"orders {"id":4} update total"#, #"orders {"id":5} delete"#, #"orders {"id":6} insert"#,
                ]
            )
            #expect(summary == GapSummary(tables: 1, activities: 10, gaps: 5, unchecked: []))
            // Where the gap is: between two activities, or between the last one and the row.
            let sides = try connection.rows(
                "select id, issued_at from audit.activity where coalesce(old_data, changed_data) ->> 'id' = '1' order by id"
            )
            let first = try #require(gaps.first { $0.key == #"{ "id" : 1 }"# })
            #expect(sides.isEmpty || first.before != nil)
            #expect(try #require(gaps.first { $0.key == #"{ "id" : 2 }"# }).before == nil)
            #expect(first.after.activity == 1 && first.before?.activity == 8)
            let time = try connection.rows("select issued_at from audit.activity where id = 1")
            #expect(time == [first.after.time])
        }
    }

    @Test func aChangeThatWasTakenBackIsNoGap() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1, 'a')")
            try connection.run(
                """
                set flask_audit_logger.enable_versioning = 'false';
                update orders set status = 'b'; update orders set status = 'a'
                """
            )
            #expect(try gapTexts(in: database) == [])
        }
    }

    @Test func aGapInTheMiddleOfATransactionIsFound() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, status text)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1, 'a')")
            try connection.run(
                """
                begin; update orders set status = 'b'; set local flask_audit_logger.enable_versioning = 'false';
                update orders set status = 'c'; set local flask_audit_logger.enable_versioning = 'true';
                update orders set status = 'b'; commit
                """
            )
            let gaps = try findGaps(in: database).gaps
            #expect(gaps.map(\.text) == [#"orders {"id":1} update status"#])
            #expect(gaps.first?.after.activity == 2 && gaps.first?.before?.activity == 3)
        }
    }

    @Test func afterATruncateNoRowMayBeLeft() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table orders (id int primary key, status text); insert into orders values (9, 'old')"
            )
            try install(request("orders"), on: connection)
            try connection.run("insert into orders values (1, 'a'), (2, 'b')")
            try connection.run("truncate orders")
            try connection.run("insert into orders values (1, 'c')")
            #expect(try gapTexts(in: database) == [])
            try connection.run(
                """
                set flask_audit_logger.enable_versioning = 'false';
                insert into orders values (2, 'd'), (7, 'never seen'), (8, 'seen soon');
                reset flask_audit_logger.enable_versioning; update orders set status = 'e' where id = 8
                """
            )
            let gaps = try findGaps(in: database).gaps
            #expect(
                gaps.map(\.text).sorted() == [
                    #"orders {"id":2} insert"#, #"orders {"id":7} insert"#, #"orders {"id":8} insert"#,
                ]
            )
            #expect(Set(gaps.map(\.after.activity)) == [3])
            try connection.run("set flask_audit_logger.enable_versioning = 'false'; truncate orders")
            #expect(
                try gapTexts(in: database).filter { $0.hasSuffix("delete") } == [
                    #"orders {"id":1} delete"#, #"orders {"id":8} delete"#,
                ]
            )
        }
    }

    @Test func whatIsWrittenDuringTheSearchMakesNoDifference() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table orders (id int primary key, status text); create table lines (id int primary key)"
            )
            try install(request("orders", "lines"), on: connection)
            try connection.run("insert into orders select i, 'a' from generate_series(1, 100) as i")
            let writer = try database.connect()
            var writes = 0
            let (gaps, _) = try findGaps(in: database) { found in
                guard case .progress = found else { return }
                writes += 1
                try? writer.run("update orders set status = 'b\(writes)'; insert into lines values (\(writes))")
            }
            #expect(gaps == [] && writes == 3)
            let count = try connection.rows("select count(*) from audit.activity")
            #expect(count == ["403"])
        }
    }

    @Test func manyGapsAreReportedAsTheyAreFound() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, n int)")
            try install(request("orders"), on: connection)
            try connection.run("insert into orders select i, i from generate_series(1, 5000) as i")
            try connection.run("set flask_audit_logger.enable_versioning = 'false'; update orders set n = -n")
            let (gaps, summary) = try findGaps(in: database)
            #expect(gaps.count == 5000 && summary.gaps == 5000)
            #expect(Set(gaps.map(\.key)).count == 5000)
        }
    }

    @Test func theSearchStopsWhenItIsAskedTo() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            try install(request("orders"), on: connection)
            let holder = try database.connect()
            try holder.run("begin; lock table orders")
            let session = try database.connect()
            let checker = GapChecker(on: session, auditSchema: "audit", isStopped: { true }) { _ in }
            #expect(throws: SetupError.gapCheckStopped) { _ = try checker.check() }
        }
    }
}

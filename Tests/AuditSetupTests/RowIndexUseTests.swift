import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// That the planner takes the indexes by the keys of rows, from the conditions of a query alone.
@Suite struct RowIndexUseTests {
    /// The key columns of a table, and the values of one of its rows.
    struct Key: CustomTestStringConvertible {
        var columns: [(name: String, type: String)]
        var values: [String]
        var other: [String]
        var testDescription: String { columns.map(\.name).joined(separator: ", ") }
    }

    static let keys = [
        Key(columns: [("id", "int")], values: ["7"], other: ["8"]),
        Key(
            columns: [("uid", "uuid")],
            values: ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
            other: ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12"]
        ),
        Key(columns: [("code", "text")], values: ["it's"], other: ["x"]),
        Key(columns: [("order_id", "bigint"), ("no", "int")], values: ["5", "2"], other: ["5", "3"]),
        Key(
            columns: [("_a", "text"), ("b__", "text"), ("select", "date")],
            values: ["", "y", "2026-10-09"],
            other: ["", "z", "2026-10-09"]
        ),
        Key(
            columns: [("a'b\"c\\d ->> '::text), (é\n\u{202E}", "int"), ("{x,y}", "text")],
            values: ["1", "{\"a\"}"],
            other: ["2", "b"]
        ),
        Key(columns: [(String(repeating: "long_", count: 12) + "ä", "int")], values: ["1"], other: ["2"]),
    ]

    private func install(_ key: Key, on connection: borrowing Connection) throws {
        let columns = key.columns.map { "\(quotedIdentifier($0.name)) \($0.type)" }
        let names = key.columns.map { quotedIdentifier($0.name) }.joined(separator: ", ")
        try connection.run("create table t (\(columns.joined(separator: ", ")), n int, primary key (\(names)))")
        try AuditSetupTests.install(request("t"), on: connection)
        for values in [key.values, key.other] {
            let row = values.map(quotedLiteral).joined(separator: ", ")
            try connection.run("insert into t values (\(row), 1); update t set n = coalesce(n, 0) + 1")
        }
        try connection.run("analyze audit.activity")
    }

    /// `coalesce(old ->> 'k', new ->> 'k') = 'v'` for each column, and the limit of a key that may be long.
    private func condition(_ key: Key, _ values: [String], _ first: String, _ second: String) -> String {
        let texts = key.columns.map { column in
            let name = quotedLiteral(column.name)
            return "coalesce(\(first) ->> \(name), \(second) ->> \(name))"
        }
        let lengths = texts.map { "octet_length(\($0))" }.joined(separator: " + ")
        let isLong = key.columns.contains { $0.type == "text" }
        return zip(texts, values).map { "\($0) = \(quotedLiteral($1))" }.joined(separator: " and ")
            + (isLong ? " and \(lengths) <= 2000" : "")
    }

    @Test(arguments: keys)
    func theHistoryOfARowIsReadFromItsIndex(key: Key) throws {
        try withDatabase { connection, _ in
            try install(key, on: connection)
            let query =
                "select id, verb from audit.activity where table_name = 't' and "
                + condition(key, key.values, "old_data", "changed_data") + " and id < 1000 order by id desc limit 10"
            try connection.run("set enable_seqscan = off; set enable_bitmapscan = off")
            let plan = try connection.rows("explain (costs off) \(query)").joined(separator: "\n")
            #expect(plan.hasPrefix("Limit\n  ->  Index Scan Backward using "), "\(plan)")
            #expect(plan.contains("activity_row_") && plan.contains("(id < 1000)"), "\(plan)")
            #expect(!plan.contains("Filter") && !plan.contains("Sort"), "\(plan)")
            #expect(try connection.rows(query) == ["4 | update", "2 | update", "1 | insert"])
        }
    }

    @Test(arguments: keys)
    func theUpdateThatGaveARowItsKeyIsReadFromItsIndex(key: Key) throws {
        try withDatabase { connection, _ in
            try install(key, on: connection)
            let assignments = zip(key.columns, key.values).map { column, value in
                "\(quotedIdentifier(column.name)) = \(quotedLiteral(value))"
            }
            let old = zip(key.columns, key.other).map { column, value in
                "\(quotedIdentifier(column.name)) = \(quotedLiteral(value))"
            }
            try connection.run(
                "delete from t where \(assignments.joined(separator: " and ")); "
                    + "update t set \(assignments.joined(separator: ", ")) where \(old.joined(separator: " and "))"
            )
            let names = key.columns.map { quotedLiteral($0.name) }.joined(separator: ", ")
            let query =
                "select verb from audit.activity where table_name = 't' and "
                + condition(key, key.values, "changed_data", "old_data")
                + " and verb = 'update' and changed_data ?| array[\(names)] order by id desc"
            try connection.run("set enable_seqscan = off; set enable_bitmapscan = off")
            let plan = try connection.rows("explain (costs off) \(query)")
            #expect(plan[0].contains("Index Scan Backward using"), "\(plan)")
            #expect(plan[0].contains("activity_moved_"), "\(plan)")
            #expect(try connection.rows(query) == ["update"])
        }
    }

    @Test(arguments: keys)
    func anIndexOfAnyKeyIsKnownAgainAndDropped(key: Key) throws {
        try withDatabase { connection, database in
            try install(key, on: connection)
            #expect(try plan(for: request("t"), on: connection).isEmpty)
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
            try IndexBuilderTests.apply(in: database) { $0.drop = true }
            let left = try RowIndexTests.definitions(on: connection)
            #expect(left == ["ix_audit_activity_native_transaction_id (native_transaction_id, id)"])
            #expect(try IndexBuilderTests.apply(in: database).steps.count == 5)
        }
    }

    /// Names that are alike, or too long for the server, are kept apart.
    @Test func noTwoKeysShareAnIndex() throws {
        try withDatabase { connection, database in
            let long = String(repeating: "x", count: 60)
            let lists = [
                ["order_id"], ["order", "id"], ["a", "b_c"], ["a_b", "c"], ["a_", "b"], ["a", "_b"], ["a__b"],
                ["a___b"],
                [long + "_1"], [long + "_2"], ["id", "order"],
            ]
            for (number, columns) in lists.enumerated() {
                let types = columns.map { "\(quotedIdentifier($0)) int" }.joined(separator: ", ")
                let names = columns.map(quotedIdentifier).joined(separator: ", ")
                try connection.run("create table t\(number) (\(types), primary key (\(names)))")
            }
            let plan = try AuditSetupTests.install(request { $0.allTables = true }, on: connection)
            #expect(
                plan.notes == [
                    "rows are not indexed by (a___b), (\(long)_1), (\(long)_2): each kind of key costs every write; "
                        + "audit-tui index builds them"
                ]
            )
            #expect(try IndexBuilderTests.apply(in: database).steps.count == 6)
            let names = try connection.rows(
                "select indexname from pg_indexes where indexdef like '%COALESCE((old_data%' order by 1"
            )
            #expect(names.count == lists.count && Set(names).count == lists.count)
            #expect(
                names.contains("ix_audit_activity_row_order_id") && names.contains("ix_audit_activity_row_order__id")
            )
            #expect(try AuditSetupTests.plan(for: request(), on: connection).notes == [])
            #expect(try IndexBuilderTests.plan(on: connection).isEmpty)
        }
    }
}

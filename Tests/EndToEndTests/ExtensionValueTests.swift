import Postgres
import TestDatabase
import TestProgram
import Testing

/// Values of the types of contrib, and JSON that jsonb cannot hold, are read like any others; those of contrib are taken back, too.
@Suite struct ExtensionValueTests {
    /// A column, two values of it, and how to write them so that they can be compared.
    struct Case: Sendable, CustomTestStringConvertible {
        var type: String
        var values: [String]
        var testDescription: String { "\(type) \(values)" }

        init(_ type: String, _ values: String...) { (self.type, self.values) = (type, values) }
    }

    static let contrib = [
        Case("hstore", #"hstore(array['a "b\', 'c', 'n', null])"#, "'k=>v'"), Case("hstore", "''", #"'"ä,b"=>"x=>y"'"#),
        Case("hstore[]", #"array['a=>1', null, '"x y"=>NULL']::hstore[]"#, "'{}'"), Case("citext", "'Ab'", "'aB'"),
        Case("ltree", "'Top.Low'", "''"), Case("lquery", "'*.Low{1,2}'", "'a|b'"),
        Case("cube", "'(1,2),(3,4.5)'", "cube(1)"),
        Case("isbn", "'978-0-393-04002-9'", "'1-4133-0454-0'"), Case("ean13", "'0220356483481'", "'9780393040029'"),
        Case("seg", "'1.0 .. 2.50'", "'~5'"), Case("seg", "'<1'", "'1(+-)0.5'"), Case("query_int", "'1&(2|3)'", "'!4'"),
        Case("lo", "5", "7"), Case("intarray_values", "'{3,1,2}'", "'{}'"),
    ]
    static let documents = [
        Case("json", "'1e200000'", "'1'"), Case("json", #"'"\u0000"'"#, "'[null]'"),
        Case("json", #"'{"a": ["\ud800"]}'"#, "'{}'"),
        Case("json", "'1e-20000'", "'1e-10000'"),
        Case("json", #"'{"a": 1, "b": "\udc00\ud83d"}'"#, #"'"\ud83d\ude00"'"#),
        Case("json", #"'{"sha": "3e1234567", "t": "1e-99999"}'"#, #"'{"sha": "\"3e1234567"}'"#),
        Case("json", #"'"\\u0000"'"#, #"'"\\\u0000"'"#),
        Case("json[]", #"array['"\u0000"', '1e200000', null]::json[]"#, "'{}'"),
        Case("document", #"'{"k": "\u0000"}'"#, "'[]'"), Case("pair", #"row(1, '"\u0000"')"#, "row(2, '1e200000')"),
    ]

    private func install(_ type: String, _ connection: borrowing Connection, _ database: TestDatabase) throws {
        let contrib = ["hstore", "citext", "ltree", "cube", "isn", "seg", "intarray", "lo"]
        try connection.run(contrib.map { "create extension \($0);" }.joined())
        try connection.run(
            """
            create domain document as json; create type pair as (n int, v json); create domain intarray_values as int[];
            create table t (id int primary key, v \(type), n int default 0)
            """
        )
        #expect(try database.run("init t --yes").status == 0)
    }

    /// Rows that are written, changed and deleted; what was there after the first of it, and when that was.
    private func write(_ values: [String], on connection: borrowing Connection) throws -> (rows: [String], at: String) {
        try connection.run("insert into t values (1, \(values[0])), (2, null), (3, \(values[1]))")
        let moment = try connection.rows("select clock_timestamp() at time zone 'UTC'")[0]
        let rows = try connection.rows(Self.rows)
        for statement in [
            "update t set n = 1", "update t set v = \(values[1]), n = 2 where id = 1",
            "update t set v = \(values[0]) where id = 2", "update t set v = null where id = 3",
            "delete from t where id = 1",
        ] { try connection.run(statement) }
        return (rows, moment)
    }

    private static let rows = "select id, v::text, n from t order by id"

    @Test(arguments: contrib)
    func theyAreReadAndTakenBack(value: Case) throws {
        try withDatabase { connection, database in
            try install(value.type, connection, database)
            let before = try write(value.values, on: connection)
            try expectReadable(at: before.at, in: database)
            let check = try database.run("revert --filter 'verb:u,d' --check").output
            #expect(check.split(separator: "\"applies\"").count == 8, "\(check)")
            let options = try database.options()
            let revert = try shell(
                "\(program) revert --filter 'verb:u,d' --config /dev/null \(options) | psql -qX \(options)"
            )
            #expect(revert.status == 0, "\(revert.output)")
            #expect(try connection.rows(Self.rows) == before.rows)
        }
    }

    @Test(arguments: documents)
    func documentsThatTheTrailHoldsAsTextAreRead(value: Case) throws {
        try withDatabase { connection, database in
            try install(value.type, connection, database)
            let before = try write(value.values, on: connection)
            try expectReadable(at: before.at, in: database)
            let check = try database.run("revert --filter 'verb:u,d' --check")
            #expect(check.output.split(separator: "\"verdict\"").count == 8, "\(check)")
        }
    }

    /// Every command that reads the row answers, and finds no gap in its history.
    private func expectReadable(at moment: String, in database: TestDatabase) throws {
        for command in [
            "history t 2", "history t 1 --format patch", "blame t 2", "blame t 1", "row t 2 --at '\(moment)Z'",
            "row t --at '\(moment)Z'", "status --gaps t", "log --format patch",
        ] {
            let outcome = try database.run(command)
            #expect(outcome.status == 0, "\(command): \(outcome)")
            #expect(
                !outcome.output.contains("GAP") && !outcome.output.contains("audit-tui: "),
                "\(command): \(outcome)"
            )
        }
    }
}

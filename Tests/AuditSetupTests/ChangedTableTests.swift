import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// What tables that have changed since they were set up store, and how much they ask the catalog for it.
@Suite struct ChangedTableTests {
    private static let types = """
        create type mood as enum ('sad', 'happy');
        create type span as range (subtype = float8);
        create type pair as (a int, m mood, o json);
        create domain posint as int check (value > 0);
        create domain document as json;
        create domain spirit as mood;
        create type cast_mood as enum ('sad', 'happy');
        create function as_json(cast_mood) returns json language sql as $$ select '"cast"'::json $$;
        create cast (cast_mood as json) with function as_json(cast_mood);
        """

    /// Columns with a value and another one, of types that to_jsonb writes rightly.
    static let whole = [
        ("c int[]", "'{1,null}'", "null"), ("c json", #"'{"a":1.10}'"#, #"'"text"'"#), ("c mood", "'sad'", "'happy'"),
        ("c mood[]", "'{sad,null}'", "'{{happy},{sad}}'"), ("c span", "'[1,2)'", "'empty'"), ("c posint", "1", "2"),
        ("c document", "'[1]'", "'{}'"), ("c hstore", "'a=>1'", "'a=>null'"),
        ("c citext", "'a'", "'A'"),
    ]

    /// The same of types of which each value has to be looked at.
    static let listed = [
        ("c json", #"'"\u0000"'"#, "'1e200000'"), ("c json[]", "'{{1,2},{3,4}}'", #"array['"\u0000"']::json[]"#),
        ("c cast_mood", "'sad'", "'happy'"), ("c cast_mood[]", "'{sad}'", "'{happy,null}'"),
        ("c spirit", "'sad'", "'happy'"), ("c pair", "row(1, 'sad', '[1]')", "null"),
        ("c pair[]", "array[row(1, 'sad', '[1]'), null]::pair[]", "'{}'"), ("c document", #"'"\u0000"'"#, "'{}'"),
        ("c posint[]", "'{1,2}'", "'{}'"),
    ]

    static let changes = [
        "alter table TABLE add column added int default 7", "alter table TABLE drop column gone",
        "alter table TABLE alter column number type bigint", "alter table TABLE rename column number to figure",
        "alter table TABLE rename to renamed_TABLE; alter table renamed_TABLE add column added int default 7",
    ]

    /// For each column two tables alike, one of which is changed, and what both record.
    private func compare(
        _ columns: [(definition: String, value: String, other: String)],
        _ change: String,
        excluded: Bool = false,
        withoutList: Bool = false
    ) throws {
        try withDatabase { connection, _ in
            try connection.run("create extension hstore; create extension citext; \(Self.types)")
            let pairs = columns.indices.map { ["fresh_\($0)", "changed_\($0)"] }
            for (column, names) in zip(columns, pairs) {
                for name in names {
                    try connection.run(
                        """
                        create table \(name) (gone int, id int primary key, number int default 1, note text, \(column.definition));
                        insert into \(name) values (1, 1, 1, 'a', \(column.value)), (1, 2, 1, 'a', \(column.value))
                        """
                    )
                }
            }
            var request = InstallRequest()
            request.tables = pairs.joined().map(table)
            request.excludedColumns =
                excluded ? request.tables.map { ColumnName(table: $0, name: "note") } : []
            try install(request, on: connection)
            for (column, names) in zip(columns, pairs) {
                try connection.run("update \(names[1]) set note = note; \(change.replacing("TABLE", with: names[1]))")
                let changed = change.contains("rename to") ? "renamed_\(names[1])" : names[1]
                for name in [names[0], changed] {
                    try connection.run(
                        "insert into \(name) (id, c) values (3, \(column.value)); delete from \(name) where id = 3"
                    )
                }
                if withoutList { try connection.run(Self.failingList) }
                for name in [names[0], changed] {
                    try connection.run(
                        """
                        update \(name) set c = \(column.other) where id = 1; update \(name) set note = 'c', c = c;
                        update \(name) set note = null, c = \(column.value)
                        """
                    )
                }
                if withoutList { try connection.run("alter function audit.list rename to audit_select_list") }
                let keys = "- array['added', 'gone', 'figure', 'number']"
                let rows = try [names[0], changed].map { name in
                    try connection.rows(
                        """
                        select verb, old_data \(keys), changed_data \(keys) from audit.activity
                        where table_name = $1 order by verb, old_data \(keys), changed_data \(keys)
                        """,
                        [name]
                    )
                }
                #expect(rows[0] == rows[1] && rows[0].count == (excluded ? 4 : 7), "\(column)")
            }
        }
    }

    private static let failingList = "alter function audit.audit_select_list rename to list"

    @Test(arguments: changes) func whatToJsonbWritesRightlyNeedsNoList(change: String) throws {
        try compare(Self.whole, change, withoutList: true)
    }

    @Test(arguments: changes) func whatElseThereIsIsStoredAsBefore(change: String) throws {
        try compare(Self.listed, change)
    }

    @Test func excludedColumnsStayOut() throws {
        try compare(Self.whole + Self.listed, Self.changes[0], excluded: true)
    }

    /// The setting that keeps a transaction from trying in vain, set by a writer for a table that has not changed.
    @Test func aSettingOfTheWritersChangesNothing() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key, s text, m text[])")
            try install(request("orders"), on: connection)
            let oid = try connection.rows("select 'orders'::regclass::oid")[0]
            for value in ["true", " \(oid) ", " 1  \(oid) ", "", "select 1", "{plain}"] {
                try connection.run("set audit.changed = '\(value)'; truncate audit.activity")
                try connection.run(
                    "insert into orders values (1, 'a', '{a}'); update orders set s = 'b'; update orders set m = m; delete from orders"
                )
                #expect(
                    try activities(on: connection) == [
                        #"orders insert | {} | {"m": ["a"], "s": "a", "id": 1}"#,
                        #"orders update | {"m": ["a"], "s": "a", "id": 1} | {"s": "b"}"#,
                        #"orders delete | {"m": ["a"], "s": "b", "id": 1} | {}"#,
                    ],
                    "\(value)"
                )
            }
        }
    }

    /// A session that has all names quoted spells types otherwise than capture has been told.
    @Test func typesAreSpeltInOneWay() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int primary key, s text)")
            try install(request("orders"), on: connection)
            try connection.run("set quote_all_identifiers = on")
            let calls = """
                select audit.audit_fits(row(null::text, null::int), '{text,integer}'),
                    audit.audit_types('audit.transaction', '{context,nothing}')
                """
            #expect(try connection.rows("select concat(f, ' ', t) from (\(calls)) as c (f, t)") == ["t {jsonb,NULL}"])
        }
    }

    /// What a session knows of a table is forgotten when somebody else changes that once more.
    @Test func eachChangeIsNoticedBySessionsThatHaveSeenTheLast() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, s text); insert into orders values (1, 'a')")
            try install(request("orders"), on: connection)
            try connection.run("alter table orders add column o text")
            let session = try database.connect()
            for _ in 1...8 { try session.run("update orders set id = id, s = s || 'x'") }
            try connection.run("create type mood as enum ('sad'); alter table orders alter o type json using '[1]'")
            try session.run(#"update orders set o = '"\u0000"'"#)
            try connection.run("alter table orders add column os json[] default '{{1},{2}}', add column m mood")
            try session.run("update orders set m = 'sad'")
            try connection.run("alter table orders drop column o, drop column os")
            try session.run("update orders set s = 'b'")
            #expect(
                try connection.rows("select old_data - 's', changed_data from audit.activity order by id offset 8") == [
                    #"{"o": [1], "id": 1} | {"o": "\"\\u0000\""}"#,
                    #"{"m": null, "o": "\"\\u0000\"", "id": 1, "os": [1, 2]} | {"m": "sad"}"#,
                    #"{"m": "sad", "id": 1} | {"s": "b"}"#,
                ]
            )
        }
    }
}

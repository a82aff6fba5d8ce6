import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

/// Columns of every kind of type: what is stored, and that it is stored the fast way.
@Suite struct ColumnTypeTests {
    private let kinds = """
        create type mood as enum ('sad', 'happy');
        create type pair as (a int, b text);
        create type span as range (subtype = float8);
        create domain label as text check (length(value) < 99);
        create table kinds (
            id int primary key, n numeric, f float8, t text, v varchar(9), c char(4), l label, b boolean, d date, w interval,
            s timestamptz, u uuid, y bytea, x inet, a int[], aa float8[], g point, q tsvector, k text collate anycase,
            j jsonb, m mood, ms mood[], sp span, o json
        );
        insert into kinds values (
            1, 1.0, 0, 'a', 'b', 'c', 'd', true, '2026-01-02', '1 month', '2026-01-02 03:04:05+00',
            '00000000-0000-0000-0000-000000000001', '\\x00', '10.0.0.1', '{1,2}', '{1.5}', '(1,2)', 'fat cat', 'abc',
            '{"a": 1}', 'sad', '{sad,happy}', '[1,2)', '{"b": 1.10}'
        )
        """

    private let changes = """
        n = 2.50, f = 'NaN', t = 'z', v = null, c = 'e', l = 'f', b = false, d = 'infinity', w = '30 days',
        s = '-infinity', u = null, y = '\\xff', x = '10.0.0.1/8', a = '{{1},{2}}', aa = '{1.5,null}', g = '(1,3)',
        q = 'thin cat', k = 'ABC', j = '{"a": 2}', m = 'happy', ms = '{happy}', sp = '[1,3)', o = '{"b": 2}'
        """

    @Test func everyTypeIsCapturedWithoutAskingTheCatalog() throws {
        try withDatabase { connection, _ in
            try connection.makeCollation()
            try connection.run(kinds)
            try install(request("kinds"), on: connection)
            // Without its way out the function must still do.
            try connection.run(
                """
                do $$ begin execute regexp_replace(
                    pg_get_functiondef('audit.kinds_create_activity'::regproc),
                    'exception when others then.*?end;', 'end;', 'g'
                ); end $$
                """
            )
            try connection.run("update kinds set \(changes)")
            try connection.run(
                "update kinds set id = id; insert into kinds (id) values (2); delete from kinds where id = 2"
            )
            #expect(
                try connection.rows(
                    "select verb, (select count(*) from jsonb_object_keys(changed_data)) from audit.activity order by id"
                ) == ["update | 23", "insert | 24", "delete | 0"]
            )
            #expect(
                try connection.rows(
                    "select (select to_jsonb(k.*) from kinds as k) = old_data || changed_data from audit.activity "
                        + "where verb = 'update'"
                ) == ["t"]
            )
        }
    }

    @Test func theSlowWayStoresTheSame() throws {
        try withDatabase { connection, _ in
            try connection.makeCollation()
            try connection.run(kinds)
            try install(request("kinds"), on: connection)
            try connection.run("alter table kinds add column added int default 7")
            try connection.run("update kinds set added = 8, \(changes)")
            #expect(
                try connection.rows(
                    "select (select to_jsonb(k.*) from kinds as k) = old_data || changed_data, old_data -> 'added', "
                        + "(select count(*) from jsonb_object_keys(changed_data)) from audit.activity"
                ) == ["t | 7 | 24"]
            )
        }
    }

    @Test func valuesThatAreWrittenTheSameAreNoChange() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create table pairs (id int, n numeric, f float8, j jsonb, a int[], o json);
                insert into pairs values (1, 1.0, 0, '{"a": 1.0}', '[0:1]={1,2}', '{"b":1}')
                """
            )
            try install(request("pairs"), on: connection)
            try connection.run(
                "update pairs set n = 1.00, f = '-0', j = '{\"a\": 1.00}', a = '{1,2}', o = '{ \"b\" : 1 }'"
            )
            #expect(try activities(on: connection).isEmpty)
        }
    }

    @Test func jsonThatJsonbCannotHoldIsStoredAsText() throws {
        try withDatabase { connection, _ in
            try connection.run("create table notes (id int, o json, os json[])")
            try install(request("notes"), on: connection)
            try connection.run(
                #"insert into notes values (1, '{"a": "\u0000"}', array['{"a": "\ud800"}', '[1]']::json[])"#
            )
            try connection.run(#"update notes set o = '"\u0000"'"#)
            try connection.run("delete from notes")
            #expect(
                try connection.rows("select verb, old_data -> 'o', changed_data -> 'o' from audit.activity order by id")
                    == [
                        #"insert | ∅ | "{\"a\": \"\\u0000\"}""#,
                        #"update | "{\"a\": \"\\u0000\"}" | "\"\\u0000\"""#,
                        #"delete | "\"\\u0000\"" | ∅"#,
                    ]
            )
            #expect(
                try connection.rows("select changed_data -> 'os' from audit.activity where verb = 'insert'")
                    == [#"["{\"a\": \"\\ud800\"}", [1]]"#]
            )
        }
    }

    @Test func compositeValuesAreObjects() throws {
        try withDatabase { connection, _ in
            try connection.run(
                """
                create type mood as enum ('sad', 'happy');
                create type person as (name text, mood mood, x int[]);
                create table people (id int, p person, ps person[])
                """
            )
            try install(request("people"), on: connection)
            try connection.run(
                "insert into people values (1, row('a', 'sad', '{1}'), array[row('b', 'happy', null)]::person[])"
            )
            try connection.run("update people set p.name = 'c'; update people set p = null, ps = '{}'")
            #expect(
                try connection.rows("select changed_data - 'id' from audit.activity order by id") == [
                    #"{"p": {"x": [1], "mood": "sad", "name": "a"}, "ps": [{"x": null, "mood": "happy", "name": "b"}]}"#,
                    #"{"p": {"x": [1], "mood": "sad", "name": "c"}}"#,
                    #"{"p": null, "ps": []}"#,
                ]
            )
        }
    }
}

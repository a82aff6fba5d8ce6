import JSON
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The commands that look into the life of a row and take changes back, as a person runs them.
@Suite struct InvestigationTests {
    private func makeShop(_ connection: borrowing Connection, _ options: String) throws {
        try connection.run(
            """
            create table users (id int primary key, name text);
            insert into users values (1, 'Alice'), (2, 'Bob');
            create table orders (id int primary key, status text, total numeric, prefs jsonb, secret text);
            create table lines (order_id int references orders on delete cascade, n int, primary key (order_id, n));
            create table notes (body text);
            """
        )
        let tables = "orders lines notes --actor-table users --exclude orders.secret --schema audit"
        #expect(try shell("\(program) init \(tables) --yes \(options)").status == 0)
        try connection.run(
            """
            begin; set local audit.actor_id = '1'; insert into orders values (42, 'new', 1.10, '{"theme": "dark", "n": [1, 2]}', 's');
            insert into lines values (42, 1), (42, 2); commit;
            begin; set local audit.actor_id = '2'; update orders set status = 'paid', prefs = '{"theme": "light", "n": [1, 2]}'; commit;
            begin; update orders set id = 43 where false; commit;
            begin; set local audit.actor_id = '2'; delete from orders; commit;
            begin; insert into orders values (7, 'x'); insert into notes values ('n'); commit;
            """
        )
    }

    @Test func theLifeOfARowIsToldInEachForm() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let text = try shell("\(program) history orders 42 \(options)").output.split(separator: "\n")
            #expect(text.count == 4 && text[0] == "public.orders id=42  3 versions, there is no row now")
            #expect(text[2].contains("  v2  ") && text[2].contains("Bob") && text[2].hasSuffix("update  prefs, status"))
            let patch = try shell("\(program) history public.orders 42 --format patch \(options)").output
            #expect(patch.contains("      - prefs.theme: \"dark\"\n      + prefs.theme: \"light\"\n"))
            let lines = try shell("\(program) history orders id=42 --format jsonl \(options)").output.split(
                separator: "\n"
            )
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix(#"{"version":3,"gap":false,"activity_id":"#))
            #expect(
                try shell("\(program) history orders 42 --limit 1 --format jsonl \(options)").output.hasPrefix(
                    #"{"version":null"#
                )
            )
            let line = try shell("\(program) history lines n=1,order_id=42 \(options)").output
            #expect(line.contains("public.lines order_id=42, n=1  2 versions"))
        }
    }

    @Test func blameAndTheRowAtAMomentAreToldInEachForm() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            try connection.run("update orders set total = 2, prefs = '{\"a\": [true, {}]}' where id = 7")
            let blame = try JSON(parsing: shell("\(program) blame orders 7 --format json \(options)").output)
            let paths = (blame["columns"]?.elements ?? []).map { $0["path"]?.description }
            #expect(
                paths == [
                    #"["id"]"#, #"["status"]"#, #"["total"]"#, #"["prefs","a",0]"#, #"["prefs","a",1]"#, #"["secret"]"#,
                ]
            )
            #expect(blame["columns"]?.elements?.last?["activity_id"] == .null)
            #expect(try shell("\(program) blame orders 7 \(options)").output.contains("prefs.a[0]  true"))
            // Of a row that is gone: who had written what it held last.
            let last = try shell("\(program) blame orders 42 \(options)").output.split(separator: "\n")
            #expect(last[0].hasPrefix("public.orders id=42  deleted by Bob"))
            #expect(last.contains { $0.contains(" status ") && $0.contains(#""paid""#) && $0.contains("Bob") })
            #expect(last.contains { $0.contains(" total ") && $0.contains("1.10") && $0.contains("Alice") })
            let object = try JSON(parsing: shell("\(program) blame orders 42 --format json \(options)").output)
            #expect(object["deleted_by_activity_id"] != .null && blame["deleted_by_activity_id"] == .null)
            #expect(object["columns"]?.elements?.count == 7)
            let row = try JSON(parsing: shell("\(program) row orders 7 --at now --format json \(options)").output)
            #expect(row["exists"] == .bool(true) && row["unknown"] == .array([.string("secret")]))
            #expect(row["row"]?["prefs"]?.description == #"{"a":[true,{}]}"#)
            let gone = try JSON(parsing: shell("\(program) row orders 42 --at now --format json \(options)").output)
            #expect(gone["exists"] == .bool(false) && gone["row"] == .null)
            let rows = try shell("\(program) row orders --at now \(options)").output.split(separator: "\n")
            #expect(rows.count == 3 && rows[0].hasPrefix("public.orders at ") && rows[0].hasSuffix("Z: 1 row"))
            #expect(rows[1] == "  id  status  total  prefs            secret")
            #expect(rows[2] == #"  7   "x"     2      {"a":[true,{}]}  ?"#)
            let line = try JSON(parsing: shell("\(program) row orders --at now --format json \(options)").output)
            #expect(line["key"] == row["key"] && line["row"] == row["row"])
            let absent = "\(program) row orders 99 --at -1h --format json \(options)"
            #expect(try JSON(parsing: shell("\(absent) 2>/dev/null").output)["exists"] == .null)
            let told = try shell("\(absent) 2>&1 >/dev/null").output
            #expect(told == "audit-tui: there is no such row in the trail: orders id=99\n")
            #expect(
                try shell("\(program) row orders 7 --at now \(options)").output.contains(
                    "secret  unknown: not in the trail"
                )
            )
            try connection.run("truncate orders, lines")
            let emptied = try shell("\(program) blame orders 7 \(options)")
            #expect(emptied.status == 1)
            #expect(emptied.output.contains("there is no row public.orders id=7 now; history tells what became of it"))
        }
    }

    @Test func aRevertIsCheckedRunByPsqlAndRefusedElsewhere() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let before = try connection.rows("select o::text from orders o union all select l::text from lines l")
            let id = try connection.rows(
                "select max(transaction_id) from audit.activity where verb = 'delete' and table_name = 'lines'"
            )[0]
            // The excluded column cannot come back.
            let check = try shell("\(program) revert \(id) --check \(options)").output
            #expect(check.contains(#""verdict":"impossible","reason":"column secret is not recorded"}"#))
            #expect(
                try shell("\(program) revert \(id) \(options) | psql -Xq -v ON_ERROR_STOP=1 \(options)").status != 0
            )
            #expect(try connection.rows("select o::text from orders o union all select l::text from lines l") == before)
            let activity = try connection.rows("select max(id) from audit.activity where table_name = 'orders'")[0]
            let script = "\(program) revert --activity \(activity) \(options)"
            #expect(try shell(script).output.contains("-- audit-tui: revert of transaction "))
            #expect(try shell("\(script) | psql -Xq -v ON_ERROR_STOP=1 \(options)").status == 0)
            #expect(try connection.rows("select count(*) from orders") == ["0"])
            #expect(try shell("\(script) --check").output.contains(#""verdict":"reverted","reason":null"#))
            let elsewhere = try shell(
                "\(script) | sed \"s/'\(database.name)'/'other'/\" | psql -Xq -v ON_ERROR_STOP=1 \(options)"
            )
            #expect(elsewhere.status != 0 && elsewhere.output.contains("this script was made for database"))
        }
    }

    @Test func aTransactionIsShownInEachForm() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            let first = try connection.rows("select min(id) from audit.transaction")[0]
            let patch = try shell("\(program) show \(first) \(options)").output
            #expect(
                patch.hasPrefix("transaction \(first)  xid ")
                    && patch.contains("insert public.lines order_id=42, n=2\n")
            )
            #expect(try shell("\(program) show \(first) --format jsonl \(options) | wc -l").output == "3\n")
            let csv = try shell("\(program) show \(first) --format csv \(options)").output.split(separator: "\n")
            #expect(csv.count == 4 && csv[0].hasPrefix("activity_id,") && csv[1].contains(#","{""id"":42}","#))
            try connection.run("create table copied (like orders)")
            let sql =
                "\(program) show \(first) --format sql \(options) | sed 's/\"lines\"/\"gone\"/; s/\"orders\"/\"copied\"/'"
            #expect(try shell("\(sql) | grep copied | psql -Xq \(options)").status == 0)
            #expect(try connection.rows("select status || total from copied") == ["new1.10"])
            #expect(
                try shell("\(program) log --format patch --limit 1 \(options) | grep -c ^transaction").output == "1\n"
            )
            #expect(try shell("\(program) log --format csv --limit 2 \(options) | wc -l").output == "3\n")
        }
    }

    @Test func whatCannotBeDoneIsSaidInOneLine() throws {
        try withDatabase { connection, database in
            let options = try database.options()
            try makeShop(connection, options)
            try connection.run("create schema other; create table other.orders (id int primary key)")
            let cases: [(String, Int32, String)] = [
                ("history nosuch 1", 2, "there is no table nosuch in the database"),
                ("history orders 1", 2, "several schemas have a table orders (other, public); give schema.table"),
                ("row notes --at now", 2, "table public.notes has no primary key, so its rows cannot be told apart"),
                ("row nothing --at now", 2, "there is no table nothing in the database"),
                ("history notes 1", 2, "table public.notes has no primary key, so its rows cannot be told apart"),
                (
                    "history lines 1", 2,
                    "the key of table public.lines is order_id, n; give it as order_id=value,n=value"
                ),
                ("history a.b.c 1", 2, "the table \"a.b.c\" has more parts than a schema and a table"),
                ("history public.orders 1 --limit 0", 2, "--limit must be 1 or more"),
                ("history public.orders abc", 1, "invalid input syntax for type integer: \"abc\""),
                (
                    "blame public.orders 43", 1,
                    "there is no row public.orders id=43, now or in the trail"
                ),
                ("row public.orders 7 --at never", 2, "--at: cannot read the time \"never\""),
                ("revert", 2, "name a transaction, or --activity ID, or a filter, and one of them only"),
                ("revert 1 --activity 2", 2, "name a transaction, or --activity ID, or a filter"),
                ("revert 999999", 1, "nothing is selected that could be taken back"),
                ("show x", 2, "\"x\" is no transaction; give its number, or x and the server's number"),
                ("show 999999", 1, "the trail has no transaction 999999"),
            ]
            for (arguments, status, message) in cases {
                let outcome = try shell("\(program) \(arguments) \(options) >/dev/null")
                #expect(outcome.status == status, "\(arguments): \(outcome.output)")
                #expect(outcome.output.contains(message), "\(arguments): \(outcome.output)")
            }
        }
    }
}

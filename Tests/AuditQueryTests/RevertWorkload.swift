import AuditSetup
import AuditTrail
import Postgres
import TestDatabase

/// Tables of many types that refer to each other, under capture, and transactions that write them at random.
struct RevertWorkload {
    static let tables = ["kinds", "makers", "\"Odd \"\"name\"", "parts", "people"]
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    static func install(on connection: borrowing Connection) throws {
        try connection.run(
            """
            create schema app;
            create type app.state as enum ('new', 'paid', 'it''s');
            create domain app.positive as int check (value > 0);
            create domain app.label as text not null;
            create type app.pair as (x numeric, y text);
            create table kinds (
                id uuid primary key, n numeric, f float8, r real, big bigint, fixed numeric(12,3), d app.positive, l app.label,
                e app.state, b bytea, t timestamptz, l2 timestamp, dd date, tt time, i interval, a int[], ta text[], na numeric[],
                j json, jb jsonb, ip inet, rg int4range, tr tstzrange, bits bit varying, c "char", nm name, ch char(6),
                p app.pair, m money, x xml, twice int generated always as (coalesce(d::int, 0) * 2) stored, ts tsvector
            );
            create table makers (id int generated always as identity primary key, code text unique, label text);
            create table "Odd ""name" (
                "the key" text, "Part'2" int, "select" text default 'x', primary key ("the key", "Part'2")
            );
            create table parts (
                maker int references makers on delete cascade, n int, maker2 int references makers on delete set null,
                what text, primary key (maker, n)
            );
            create table people (
                id int primary key, boss int references people on delete cascade on update cascade, name text
            );
            """
        )
        var request = InstallRequest()
        request.tables = ["kinds", "makers", "Odd \"name", "parts", "people"].map {
            TableName(schema: "public", name: $0)
        }
        try Installer.install(request, auditSchema: "audit", on: connection)
    }

    /// A transaction of one to five statements; what a constraint forbids is left out.
    mutating func transaction() -> String {
        let statements = (0...random.below(5)).map { _ in statement() }
        return "begin; "
            + statements.map { "do $w$ begin \($0); exception when integrity_constraint_violation then null; end $w$;" }
            .joined(separator: " ") + " commit"
    }

    private mutating func statement() -> String {
        switch random.below(6) {
        case 0, 1: kinds()
        case 2: makers()
        case 3: odd()
        case 4: parts()
        default: people()
        }
    }

    private mutating func pick(_ values: [String]) -> String { values[random.below(values.count)] }

    private mutating func kinds() -> String {
        let id = "'00000000-0000-0000-0000-0000000000\(10 + random.below(20))'::uuid"
        switch random.below(8) {
        case 0: return "delete from kinds where id = \(id)"
        case 1: return "delete from kinds where id::text like '%\(random.below(10))'"
        case 2:
            let other = "'00000000-0000-0000-0000-0000000000\(10 + random.below(20))'::uuid"
            return "update kinds set id = \(other) where id = \(id)"
        case 3...5:
            let column = random.below(Self.columns.count)
            return "update kinds set \(Self.columns[column].0) = \(pick(Self.columns[column].1)) where id = \(id)"
        default:
            let values = Self.columns.indices.map { pick(Self.columns[$0].1) }.joined(separator: ", ")
            let names = Self.columns.map(\.0).joined(separator: ", ")
            return "insert into kinds (id, \(names)) values (\(id), \(values)) on conflict do nothing"
        }
    }

    /// The columns, each with values that the trail can tell from each other.
    private static let columns: [(String, [String])] = [
        ("n", ["1.10", "'NaN'", "12345678901234567890.123456789", "null", "-0.5", "1e-20"]),
        ("f", ["1e300", "'NaN'", "'-Infinity'", "0.1", "null"]), ("r", ["0.25", "'Infinity'", "1e-10", "null"]),
        ("big", ["9007199254740993", "-9223372036854775808", "null"]), ("fixed", ["1.100", "99999.999", "null"]),
        ("d", ["1", "2", "null"]), ("l", ["'a'", "'it''s \\ \"q\"'", "E'tab\\there \\u202e'"]),
        ("e", ["'new'", "'it''s'", "null"]), ("b", ["'\\x00ff'", "''", "null"]),
        ("t", ["'2026-01-01 00:00:00.000001+02'", "'infinity'", "'0044-03-15 BC'", "null"]),
        ("l2", ["'2026-01-01 12:00'", "'-infinity'", "null"]), ("dd", ["'2026-02-28'", "'0001-01-01 BC'", "null"]),
        ("tt", ["'23:59:59.999999'", "null"]), ("i", ["'1 year 2 mons -3 days 04:05:06.7'", "'-1 day'", "null"]),
        ("a", ["'{1,null,3}'", "'{}'", "'{{1,2},{3,4}}'", "null"]),
        ("ta", ["array['a,b', '\"', 'null', '']", "'{null}'", "null"]),
        ("na", ["'{1.5,NaN}'", "null"]), ("j", ["'{\"a\": [1, \"x\"]}'", "'[]'", "null"]),
        ("jb", ["'{\"a\": {\"b\": [1.50, null, true]}}'", "'\"text\"'", "'12345678901234567890'", "null"]),
        ("ip", ["'10.0.0.1/8'", "'fe80::1'", "null"]), ("rg", ["'[1,5)'", "'empty'", "null"]),
        ("tr", ["'[2026-01-01 00:00+00,)'", "null"]), ("bits", ["B'1010'", "null"]), ("c", ["'x'", "null"]),
        ("nm", ["'name'", "null"]), ("ch", ["'ab'", "'abcdef'", "null"]), ("p", ["row(1.5, 'a,\"b')", "null"]),
        ("m", ["'12.34'", "null"]), ("x", ["'<a b=\"1\">t</a>'", "null"]),
        ("ts", ["to_tsvector('a fat cat')", "null"]),
    ]

    private mutating func makers() -> String {
        let id = "(select id from makers order by id offset \(random.below(6)) limit 1)"
        switch random.below(5) {
        case 0: return "delete from makers where id = \(id)"
        case 1: return "update makers set label = 'l\(random.below(9))' where id = \(id)"
        case 2:
            // Two codes change places: taken back as one statement, they would be in each other's way.
            return
                "update makers set code = 'swap' where code = 'c1'; update makers set code = 'c1' where code = 'c2'; "
                + "update makers set code = 'c2' where code = 'swap'"
        default: return "insert into makers (code, label) values ('c\(random.below(9))', 'x') on conflict do nothing"
        }
    }

    private mutating func odd() -> String {
        let key = "'k''\(random.below(4))', \(random.below(3))"
        switch random.below(4) {
        case 0: return "delete from \"Odd \"\"name\" where (\"the key\", \"Part'2\") = (\(key))"
        case 1:
            return
                "update \"Odd \"\"name\" set \"select\" = E'\\\\ $revert$ \(random.below(50))', \"Part'2\" = \"Part'2\" + 10 "
                + "where (\"the key\", \"Part'2\") = (\(key))"
        default: return "insert into \"Odd \"\"name\" values (\(key), 'v\(random.below(99))') on conflict do nothing"
        }
    }

    private mutating func parts() -> String {
        let maker = "(select id from makers order by id offset \(random.below(6)) limit 1)"
        switch random.below(4) {
        case 0: return "delete from parts where n = \(random.below(5))"
        case 1: return "update parts set what = 'w\(random.below(9))', maker2 = \(maker) where n = \(random.below(5))"
        default:
            return
                "insert into parts select \(maker), \(random.below(5)), \(maker), 'p' where \(maker) is not null on conflict do nothing"
        }
    }

    private mutating func people() -> String {
        let id = random.below(12)
        switch random.below(6) {
        case 0: return "delete from people where id = \(id)"
        case 1:
            return
                "update people set id = \(20 + id) where id = \(id) and not exists (select from people where id = \(20 + id))"
        case 2:
            return
                "update people set id = \(id) where id = \(20 + id) and not exists (select from people where id = \(id))"
        case 3:
            return
                "update people set boss = \(id), name = 'b' where id = \(random.below(12)) and exists (select from people where id = \(id))"
        default:
            return
                "insert into people select \(id), (select max(id) from people where id < \(id)), 'p\(random.below(9))' on conflict do nothing"
        }
    }
}

import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Rows of every built-in type, and of those of contrib, as key and as value, written by two sessions of other settings: what the trail says of them is
/// what they were, and a revert brings back just that.
@Suite struct ValueRandomTests {
    /// A type, and an expression that makes a value of it from a number `n`.
    struct Kind: Sendable, CustomTestStringConvertible {
        var type: String
        var value: String
        var testDescription: String { type }

        init(_ type: String, _ value: String) { (self.type, self.value) = (type, value) }
    }

    static let keys = [
        Kind("timestamptz", "timestamptz '2026-03-28 00:00+00' + n * interval '7 hours 1 minute 0.25 seconds'"),
        Kind("timestamp", "timestamp '2026-03-28' + n * interval '7 hours 1 minute 0.25 seconds'"),
        Kind("date", "date '2024-02-27' + n"), Kind("time", "time '10:00' + n * interval '13 minutes'"),
        Kind("timetz", "timetz '10:00+02' + n * interval '13 minutes'"),
        Kind("interval", "make_interval(days => n - 3, secs => (n - 3) * 7.5)"),
        Kind("numeric", "n * 1.10"), Kind("numeric(8, 3)", "n / 4.0"), Kind("float8", "n / 3::float8"),
        Kind("float4", "n / 3::float4"), Kind("bigint", "n::bigint * 4000000000"), Kind("smallint", "n"),
        Kind("uuid", "md5(n::text)::uuid"), Kind("char(5)", "'k' || n"), Kind("varchar(20)", "repeat('ä', n)"),
        Kind("text", #"'k"'', {' || n || E'}\n'"#), Kind("bytea", "decode(md5(n::text), 'hex')"),
        Kind("inet", "inet '10.0.0.0' + n"), Kind("cidr", "set_masklen(cidr '10.0.0.0/8', 8 + n)"),
        Kind("macaddr", "('08:00:2b:01:02:0' || n)::macaddr"), Kind("int4range", "int4range(n, n + 5, '[]')"),
        Kind("numrange", "numrange(n / 2.0, n)"), Kind("daterange", "daterange(date '2024-01-01' + n, null)"),
        Kind("tsrange", "tsrange(timestamp '2024-01-01' + n * interval '1 day', null)"),
        Kind("tstzrange", "tstzrange('2026-03-27 12:00+00', timestamptz '2026-03-29 12:00+00' + n * interval '1 day')"),
        Kind("int[]", "array[n, null, n + 1]"), Kind("text[]", #"array['a,"b' || n, '']"#),
        Kind("timestamptz[]", "array[timestamptz '2026-03-28 00:00+00' + n * interval '1 day']"),
        Kind("jsonb", "jsonb_build_object('k', n, 'l', array[n])"), Kind("bit(6)", "n::bit(6)"),
        Kind("varbit", "n::bit(6)"), Kind("mood", "(array['sad', 'ok', 'it''s']::mood[])[1 + n % 3]"),
        Kind("oid", "n::oid"), Kind("name", "'n' || n"),
        // Those of contrib that have a class of btree.
        Kind("citext", "(case when n % 2 = 0 then 'KEY' else 'Key' end) || n"),
        Kind("ltree", "('top.low' || n)::ltree"), Kind("cube", "cube(array[n, n / 3.0], array[n + 1, n])"),
        Kind(
            "isbn",
            "(string_to_array('0393040011 039304002X 0393040038 0393040046 0393040054 0393040062 0393040070 0393040089', ' '))[n]::isbn"
        ), Kind("seg", "(n || ' .. ' || n + 1 || '.50')::seg"),
    ]
    /// Those that are no keys, or of too few values.
    static let others = [
        Kind("boolean", "n % 2 = 0"), Kind("json", "json_build_object('k', n)"), Kind("point", "point(n, n / 3.0)"),
        Kind("tsvector", "to_tsvector('simple', 'w' || n)"), Kind("xml", "xmlparse(content '<n>' || n || '</n>')"),
        Kind("interval[]", "array[make_interval(days => n, secs => n)]"), Kind("pair", "row(n, 'x,' || n)::pair"),
        Kind("bytea[]", "array[decode(md5(n::text), 'hex')]"), Kind("float8[]", "array[n / 3::float8]"),
        Kind("query_int", "(n || '&!' || n + 1)::query_int"), Kind("lquery", "('*.low' || n)::lquery"),
        Kind("hstore", #"hstore(array['k "\', n::text, 'n', null])"#),
        Kind("hstore[]", "array[hstore('k', n::text), null]"), Kind("citext[]", "array['A' || n, null]::citext[]"),
        Kind("ltree[]", "array['a.b' || n]::ltree[]"), Kind("ints", "array[n + 1, n]"),
        Kind("issn", "'1436-4522'::issn"),
        Kind("json", "json_build_object('sha', n || 'e1234567')"),
    ]
    private static let typesWithoutHash: Set = ["bit(6)", "varbit", "ltree", "cube", "isbn", "seg"]
    private static let sessions = [
        """
        set timezone = 'Europe/Berlin'; set datestyle = 'German'; set intervalstyle = 'sql_standard'; set bytea_output = 'escape';
        set extra_float_digits = 0
        """,
        """
        set timezone = 'America/St_Johns'; set datestyle = 'SQL, DMY'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex';
        set extra_float_digits = 3
        """,
    ]

    private func install(_ key: Kind, isPartitioned: Bool, on connection: borrowing Connection) throws {
        let columns = (Self.keys + Self.others).enumerated().map { ", c\($0) \($1.type)" }.joined()
        try connection.run("create type mood as enum ('sad', 'ok', 'it''s'); create type pair as (a int, b text)")
        let contrib = ["citext", "hstore", "ltree", "cube", "isn", "seg", "intarray"]
        try connection.run(contrib.map { "create extension \($0);" }.joined() + "create domain ints as int[]")
        let suffix = isPartitioned ? " partition by hash (id)" : ""
        try connection.run("create table t (id \(key.type) primary key\(columns))\(suffix)")
        if isPartitioned {
            for part in 0...1 {
                let values = "values with (modulus 2, remainder \(part))"
                try connection.run("create table t_\(part) partition of t for \(values)")
            }
        }
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "t")]
        try Installer.install(request, auditSchema: "audit", on: connection)
    }

    private func value(_ kind: Kind, _ number: Int) -> String {
        "(select \(kind.value) from (values (\(number))) as v (n))::\(kind.type)"
    }

    private func statement(_ key: Kind, _ random: inout SeededGenerator) -> String {
        let all = Self.keys + Self.others
        let id = value(key, Int.random(in: 1...6, using: &random))
        let number = Int.random(in: 1...8, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4:
            let values = all.map { ", " + value($0, number) }.joined()
            return "insert into t values (\(id)\(values)) on conflict do nothing"
        case 4..<7:
            let changes = (0..<5).map { _ in
                let column = Int.random(in: all.indices, using: &random)
                return (column, Bool.random(using: &random) ? "null" : value(all[column], number))
            }
            let sets = Dictionary(changes) { first, _ in first }.map { "c\($0) = \($1)" }.joined(separator: ", ")
            return "update t set \(sets) where id = \(id)"
        case 7..<9:
            let other = value(key, Int.random(in: 1...6, using: &random))
            return "update t set id = \(other) where id = \(id) and not exists (select from t where id = \(other))"
        default: return "delete from t where id = \(id)"
        }
    }

    @Test(arguments: keys)
    func whatTheTrailSaysIsWhatWas(key: Kind) throws {
        try withDatabase { connection, database in
            try connection.run("set timezone = 'UTC'")
            let index = try #require(Self.keys.firstIndex { $0.type == key.type })
            let isPartitioned = index.isMultiple(of: 2) && !Self.typesWithoutHash.contains(key.type)
            try install(key, isPartitioned: isPartitioned, on: connection)
            let berlin = try database.connect()
            let stJohns = try database.connect()
            try berlin.run(Self.sessions[0])
            try stJohns.run(Self.sessions[1])
            var random = SeededGenerator(state: UInt64(index))
            var snapshots: [(Timestamp, [String])] = []
            for round in 0..<24 {
                let statement = statement(key, &random)
                if Bool.random(using: &random) { try berlin.run(statement) } else { try stJohns.run(statement) }
                if round % 8 == 7 { snapshots.append(try snapshot(connection)) }
            }
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            let keys = try connection.rows("select id::text from t order by id::text")
            #expect(keys.count == snapshots.last?.1.count)
            for key in keys { try expectHistory(of: key, trail, reader) }
            for (moment, rows) in snapshots { try expect(rows, at: moment, trail, reader) }
            let checker = GapChecker(on: try database.connect(), auditSchema: "audit", isStopped: { false }) { _ in }
            #expect(try checker.check().gaps == 0)
            try expectPartialReverts(of: database, &random, on: connection)
            try expectReverts(trail, reader, on: connection)
        }
    }

    private func snapshot(_ connection: borrowing Connection) throws -> (Timestamp, [String]) {
        let now = try connection.rows("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
        return (Timestamp(microseconds: try #require(Int64(now[0]))), try contents(connection))
    }

    private func contents(_ connection: borrowing Connection) throws -> [String] {
        try connection.rows("select to_jsonb(t)::text from t order by id::text")
    }

    /// A row is found by its key as the server writes it, and its history ends in it without a gap.
    private func expectHistory(of key: String, _ trail: Trail, _ reader: borrowing Connection) throws {
        let question = Question.history(TablePattern(name: "t"), .columns([KeyColumn("id", key)]), limit: .max)
        guard case .history(let history) = try trail.answer(to: question, on: reader) else {
            Issue.record("no history of \(key)")
            return
        }
        #expect(history.isLive == true && !history.versions.isEmpty, "\(key)")
        #expect(history.versions.compactMap(\.gap).isEmpty && history.endGap == nil, "\(key)")
    }

    private func expect(
        _ rows: [String],
        at moment: Timestamp,
        _ trail: Trail,
        _ connection: borrowing Connection
    ) throws {
        guard case .table(let table) = try trail.answer(to: .table(TablePattern(name: "t"), at: moment), on: connection)
        else {
            Issue.record("no table")
            return
        }
        var left = try rows.map { try JSON(parsing: $0) }
        for row in table.rows {
            guard case .row(let found) = row.existence else {
                Issue.record("the trail does not know \(row.key)")
                continue
            }
            let place = left.firstIndex { table.shape.differingColumns($0, found).isEmpty }
            #expect(place != nil, "\(found)")
            if let place { left.remove(at: place) }
        }
        #expect(left.isEmpty)
    }

    /// All that was done is taken back, newest first, until nothing is left.
    private func expectReverts(
        _ trail: Trail,
        _ reader: borrowing Connection,
        on connection: borrowing Connection
    ) throws {
        let transactions = try connection.rows("select distinct transaction_id from audit.activity order by 1 desc")
        var statements = 0
        for transaction in transactions {
            let request = RevertRequest(filter: try filter("tx:\(transaction)"), isChecked: true)
            guard case .revert(let script) = try trail.answer(to: .revert(request), on: reader) else {
                Issue.record("no script")
                return
            }
            #expect(script.statements.allSatisfy { $0.verdict == .applies }, "\(script.statements.map(\.verdict))")
            let text = ([script.head] + script.statements.map(\.sql) + [script.foot]).joined(separator: "\n")
            try connection.executeScript(Statement("revert", verbatim: text))
            statements += script.statements.count
        }
        #expect(try contents(connection) == [])
        print("taken back: \(transactions.count) transactions, \(statements) statements")
    }
}

import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// That a row is found by its key whatever its type is, however the writers' sessions wrote it and a person types it.
@Suite struct KeyTypeTests {
    struct Key: Sendable, CustomTestStringConvertible {
        var type: String
        /// As it is inserted.
        var literal: String
        /// As a person may type it.
        var typed: [String]
        /// Likewise, but another text to the type, which only the row itself leads from to its own.
        var equal: [String] = []
        var testDescription: String { "\(type) \(literal)" }
    }

    static let keys = [
        Key(
            type: "timestamptz",
            literal: "2026-07-01 12:00:00.5+02",
            typed: ["2026-07-01 12:00:00.5+02", "2026-07-01T10:00:00.500Z", "2026-07-01 15:45:00.5+05:45"]
        ),
        Key(type: "timestamptz(0)", literal: "1999-12-31 23:00:00-05", typed: ["2000-01-01 04:00+00"]),
        Key(type: "timestamp", literal: "2026-07-01 12:00", typed: ["2026-07-01 12:00", "20260701 12:00:00"]),
        Key(type: "date", literal: "2026-07-01", typed: ["2026-07-01", "July 1, 2026"]),
        Key(type: "timetz", literal: "12:00+02", typed: ["12:00+02", "12:00:00+02:00"]),
        Key(
            type: "interval",
            literal: "-1 day -02:03:04",
            typed: ["-1 day -02:03:04", "-1 days -02:03:04"],
            equal: ["-26:03:04"]
        ),
        Key(type: "numeric", literal: "1.50", typed: ["1.50", "1.5", "15e-1"]),
        Key(type: "numeric(6,2)", literal: "7", typed: ["7", "7.00", "7.000"]),
        Key(type: "float8", literal: "0.1", typed: ["0.1", "1e-1"]),
        Key(type: "float4", literal: "1e20", typed: ["1e20"]),
        Key(type: "int", literal: "5", typed: ["5", " 5 ", "+5"]),
        Key(type: "bool", literal: "t", typed: ["true", "t", "yes"]),
        Key(
            type: "uuid",
            literal: "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
            typed: ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}"]
        ),
        Key(type: "char(4)", literal: "ab", typed: ["ab", "ab  "]),
        Key(type: "bytea", literal: #"\x00ff5c61"#, typed: [#"\x00FF5C61"#, #"\000\377\\a"#]),
        Key(type: "inet", literal: "10.0.0.1", typed: ["10.0.0.1", "10.0.0.1/32"]),
        Key(type: "macaddr", literal: "08:00:2b:01:02:03", typed: ["08-00-2B-01-02-03"]),
        Key(type: "int4range", literal: "[1,5]", typed: ["[1,5]", "[1,6)"]),
        Key(type: "daterange", literal: "[2024-02-01,2024-03-04)", typed: ["[2024-02-01,2024-03-03]"]),
        Key(
            type: "tstzrange",
            literal: "[2026-03-28 12:00+00,2026-03-30 12:00+00)",
            typed: ["[2026-03-28 12:00+00,2026-03-30 12:00+00)", "[2026-03-28 13:00+01,2026-03-30 14:00+02)"]
        ),
        Key(type: "int[]", literal: "{1,2}", typed: ["{1,2}", "{ 1, 2 }"]),
        Key(type: "text[]", literal: #"{"a,b",c}"#, typed: [#"{"a,b",c}"#]),
        Key(
            type: "text[]",
            literal: "{\"soft\u{AD}\u{200D} \u{7F}\u{1}\\\\n\"}",
            typed: ["{\"soft\u{AD}\u{200D} \u{7F}\u{1}\\\\n\"}"]
        ),
        Key(type: "timestamptz[]", literal: "{2026-07-01 12:00+02}", typed: ["{2026-07-01 10:00+00}"]),
        Key(type: "jsonb", literal: #"{"k": 1}"#, typed: [#"{"k":1}"#]),
        Key(type: "text", literal: #"dou"ble = 'x', y"#, typed: [#"dou"ble = 'x', y"#]),
        Key(type: "bit(3)", literal: "101", typed: ["101"]),
    ]

    /// The settings of two writers that write the same row.
    private static let sessions = [
        """
        set timezone = 'Europe/Berlin'; set datestyle = 'German'; set intervalstyle = 'sql_standard'; set bytea_output = 'escape';
        set extra_float_digits = -3
        """,
        """
        set timezone = 'Asia/Kathmandu'; set datestyle = 'ISO, MDY'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex';
        set extra_float_digits = 3
        """,
    ]

    /// Writes the row of the key in both sessions, by turns; deletes it in the end when it is to be gone.
    private func write(_ key: Key, in database: TestDatabase, isGone: Bool) throws {
        let parts = key.literal.split(separator: "'", omittingEmptySubsequences: false)
        let literal = "'" + parts.joined(separator: "''") + "'"
        let berlin = try database.connect()
        let kathmandu = try database.connect()
        try berlin.run(Self.sessions[0])
        try kathmandu.run(Self.sessions[1])
        try berlin.run("set datestyle = 'ISO'; insert into t values (\(literal), 0); set datestyle = 'German'")
        for number in 1...4 {
            let update = "update t set n = \(number)"
            if number.isMultiple(of: 2) { try berlin.run(update) } else { try kathmandu.run(update) }
        }
        if isGone { try kathmandu.run("delete from t") }
    }

    @Test(arguments: keys, [false, true])
    func itsHistoryIsFoundWhole(key: Key, isGone: Bool) throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id \(key.type) primary key, n int)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "t")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try write(key, in: database, isGone: isGone)
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            for typed in key.typed + (isGone ? [] : key.equal) {
                let question = Question.history(TablePattern(name: "t"), .typed(typed), limit: .max)
                guard case .history(let history) = try trail.answer(to: question, on: reader) else {
                    Issue.record("no history of \(typed)")
                    continue
                }
                #expect(history.versions.count == (isGone ? 6 : 5), "\(typed)")
                #expect(history.versions.compactMap(\.gap).isEmpty && history.endGap == nil, "\(typed)")
                for term in [KeyTerm.value(typed), .columns([KeyColumn("id", typed)])] {
                    let filter = Filter([.term(.row(TablePattern(name: "t"), term))])
                    let found = try allTransactions(filter, from: .newest, pageSize: 100, trail, reader)
                    #expect(found.count == (isGone ? 6 : 5), "row: \(typed)")
                    try expectChanges(of: found, filter, trail, reader)
                    let negated = Filter([.not(.term(.row(TablePattern(name: "t"), term)))])
                    let others = try allTransactions(negated, from: .newest, pageSize: 100, trail, reader)
                    #expect(others.isEmpty, "not row: \(typed)")
                }
            }
        }
    }

    /// The transactions of a list are opened with the same filter.
    private func expectChanges(
        of transactions: [Transaction],
        _ filter: Filter,
        _ trail: Trail,
        _ reader: borrowing Connection
    ) throws {
        for transaction in transactions {
            let question = Question.activities(ActivityScope(of: transaction, filter: filter), after: 0, limit: 10)
            guard case .activities(let activities, hasMore: false) = try trail.answer(to: question, on: reader) else {
                Issue.record("no activities")
                return
            }
            #expect(activities.count == 1)
        }
    }

    /// A key of several columns, which the writers' sessions write in several ways, moves; its history does not end there.
    @Test func aKeyOfSeveralColumnsIsFollowedFromValueToValue() throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table readings (sensor numeric, at timestamptz, n int, primary key (sensor, at))"
            )
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "readings")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run(
                "set timezone = 'Europe/Berlin'; insert into readings values (1.50, '2026-07-01 12:00+02', 0)"
            )
            try connection.run("set timezone = 'America/New_York'; update readings set n = 1")
            // Nothing to the trail, where numbers are equal by their size.
            try connection.run("update readings set sensor = 1.5")
            try connection.run(
                "set timezone = 'Asia/Kolkata'; update readings set at = '2026-07-02 12:00+02', sensor = 2.00"
            )
            try connection.run("set timezone = 'UTC'; update readings set n = 2")
            let trail = try Trail.open(on: connection, schema: "audit")
            for typed in ["sensor=2,at=2026-07-02 10:00Z", "at=2026-07-02 12:00+02,sensor=2.0"] {
                let question = Question.history(TablePattern(name: "readings"), .typed(typed), limit: .max)
                guard case .history(let history) = try trail.answer(to: question, on: connection) else {
                    Issue.record("no history of \(typed)")
                    continue
                }
                #expect(history.versions.map(\.change.activity.verb) == [.update, .update, .update, .insert])
                #expect(history.versions.compactMap(\.gap).isEmpty && history.endGap == nil)
            }
            let old = try filter("row:readings:sensor=1.5,at=\"2026-07-01 10:00Z\"")
            let count = try allTransactions(old, from: .newest, pageSize: 100, trail, connection).count
            #expect(count == 3)
        }
    }

    /// The rows of a table at a moment are told apart by their keys as values.
    @Test func theRowsAtAMomentAreOnePerKey() throws {
        try withDatabase { connection, _ in
            try connection.run("create table t (at timestamptz primary key, n int)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "t")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run("set timezone = 'Europe/Berlin'; insert into t values ('2026-07-01 12:00+02', 0)")
            try connection.run("set timezone = 'UTC'; update t set n = 1")
            let moments = try connection.rows("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
            try connection.run("set timezone = 'Asia/Tokyo'; update t set n = 2; delete from t")
            let trail = try Trail.open(on: connection, schema: "audit")
            let moment = Timestamp(microseconds: try #require(Int64(moments[0])))
            guard
                case .table(let table) = try trail.answer(
                    to: .table(TablePattern(name: "t"), at: moment),
                    on: connection
                ),
                table.rows.count == 1, case .row(let row) = table.rows[0].existence
            else {
                Issue.record("not one row")
                return
            }
            #expect(row["n"] == .number("1"))
        }
    }

    /// A text that is no value of the type, and a table that cannot be asked, leave what the trail has by the text.
    @Test func aRowIsLookedForByItsTextWhereTheTableCannotTell() throws {
        try withDatabase { connection, database in
            try connection.run("create table t (id text primary key, n int)")
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "t")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            try connection.run("insert into t values ('abc', 0)")
            try connection.run("insert into t values ('7', 0)")
            try connection.run("delete from t where id = 'abc'")
            try connection.run("alter table t alter id type int using id::int")
            let reader = try database.connect()
            let trail = try Trail.open(on: reader, schema: "audit")
            let gone = try allTransactions(filter("row:t:abc"), from: .newest, pageSize: 100, trail, reader)
            #expect(gone.count == 2)
            let revert = RevertRequest(filter: try filter("row:t:id=abc verb:delete"))
            guard case .revert = try trail.answer(to: .revert(revert), on: reader) else {
                Issue.record("no script")
                return
            }
            try connection.run("begin; lock table t")
            try reader.run("set lock_timeout = '10ms'")
            let locked = try allTransactions(filter("row:t:7"), from: .newest, pageSize: 100, trail, reader)
            #expect(locked.count == 1)
            try connection.run("rollback")
        }
    }

    @Test func whatIsTypedForAKeyOfOneColumnIsTheValue() {
        for text in [#"{"k":1}"#, #"dou"ble"#, "a=b", "a,b", "\"quoted\"", "(x"] {
            #expect(KeyTerm.typed(text).values(of: ["id"]) == [KeyColumn("id", text)], "\(text)")
        }
        #expect(KeyTerm.typed("id=a b").values(of: ["id"]) == [KeyColumn("id", "a b")])
        #expect(KeyTerm.typed(#"id="""#).values(of: ["id"]) == [KeyColumn("id", "")])
        #expect(KeyTerm.typed("b=1,a=2").values(of: ["a", "b"]) == [KeyColumn("a", "2"), KeyColumn("b", "1")])
        #expect(KeyTerm.typed("1,2").values(of: ["a", "b"]) == nil)
        #expect(KeyTerm.typed(#"a="1,b=2"#).values(of: ["a", "b"]) == nil)
    }
}

import Postgres
import TestDatabase
import TestProgram
import Testing

/// Settings of the database and of the role that change what a text means, or forbid or limit what is done.
@Suite struct HostileSettingsTests {
    private static let meanings = [
        "standard_conforming_strings": "off", "quote_all_identifiers": "on", "array_nulls": "off",
        "datestyle": "'German, DMY'", "intervalstyle": "sql_standard", "timezone": "'Asia/Kolkata'",
        "bytea_output": "escape", "extra_float_digits": "-15", "xmloption": "document", "xmlbinary": "hex",
        "transform_null_equals": "on", "search_path": "nowhere", "client_encoding": "LATIN1", "lc_messages": "'POSIX'",
        "backslash_quote": "off", "escape_string_warning": "on", "check_function_bodies": "off",
        "plpgsql.extra_errors": "'all'", "plpgsql.variable_conflict": "'error'", "lo_compat_privileges": "on",
    ]
    private static let limits = [
        "default_transaction_isolation": "serializable", "default_transaction_read_only": "on",
        "default_transaction_deferrable": "on", "row_security": "off", "statement_timeout": "'400ms'",
        "lock_timeout": "'1ms'", "idle_in_transaction_session_timeout": "'400ms'",
        "session_replication_role": "replica",
        "enable_indexscan": "off", "enable_bitmapscan": "off", "enable_nestloop": "off", "enable_hashjoin": "off",
        "enable_seqscan": "off", "constraint_exclusion": "on", "jit": "on", "client_min_messages": "debug1",
        "default_toast_compression": "pglz", "plpgsql.check_asserts": "off", "gin_fuzzy_search_limit": "1",
    ]
    private static let otherMeanings = [
        "datestyle": "'SQL, MDY'", "intervalstyle": "iso_8601", "timezone": "'America/St_Johns'",
        "extra_float_digits": "0", "backslash_quote": "on", "client_encoding": "SQL_ASCII",
    ]

    private let writes = [
        "create domain public.short as text check (length(value) < 50)",
        """
        create table public.things (id int primary key, t text, n numeric, f float8, g float4, b bytea, at timestamp,
            z timestamptz, d date, i interval, a text[], j json, k jsonb, x xml, r daterange, w int4[], s public.short)
        """,
        "init",
        """
        insert into public.things values (1, 'a' || chr(92) || '''b"', 1.50, 0.1::float8 + 0.2, 0.1, decode('00ff5c', 'hex'),
            '2026-02-03 04:05:06.789', '2026-02-03 04:05:06+00', '2026-02-03', '-1 day +2:03:04',
            array['a', null, 'NULL', chr(92)], '{"b":  1}', '{"b": 2}', '<a>1</a>',
            daterange('2026-02-01', '2026-03-04'), array[null, 1], 'short')
        """,
        "insert into public.things (id, t, at) values (2, null, 'infinity'), (3, 'é', '0044-03-15 BC')",
        """
        update public.things set t = 'c', n = 2, f = 1e300, g = 3, b = null, at = null, z = null, d = null,
            i = '1 mon', a = null, j = null, k = null, x = null, r = null, w = null, s = 'other' where id = 1
        """,
        "delete from public.things where id = 3",
    ]

    private let commands = [
        "status", "status --gaps", "log", "log --format jsonl", "history public.things 1", "show 2",
        "row public.things 1 --at 2100-01-01", "row public.things 3 --at now", "blame public.things 1",
        "revert 3", "revert 3 --check", "revert 4 --check", "index", "init --yes public.things",
    ]

    /// What all commands print; what differs from run to run is taken out.
    private func outputs(of database: TestDatabase, as role: String) throws -> [String] {
        // The workload is what the settings must not forbid, and is written in one way.
        let free = [
            "set default_transaction_read_only = off; set statement_timeout = 0; set lock_timeout = 0",
            "set client_encoding = 'UTF8'; set standard_conforming_strings = on; set client_min_messages = warning",
        ].map { "-c \(quoted($0))" }.joined(separator: " ")
        let psql = "psql -X -q -v ON_ERROR_STOP=1 -v VERBOSITY=terse \(try database.options(as: role))"
        var outputs: [String] = []
        func note(_ name: String, _ outcome: Outcome) {
            outputs.append("\(name): \(outcome.status)\n\(outcome.output)")
        }
        for statement in writes {
            let outcome =
                statement == "init"
                ? try database.run("init --yes --always public.things", as: role)
                : try shell("\(psql) \(free) -c \(quoted(statement))")
            note(statement == "init" ? statement : "write", outcome)
        }
        for command in commands { note(command, try database.run(command, as: role)) }
        for number in [3, 4] {
            let script = "\(program) revert \(number) --config /dev/null \(try database.options(as: role))"
            note("revert \(number) | psql", try shell("\(script) | \(psql) -o /dev/null 2>/dev/null"))
        }
        let session = try database.connect()
        try session.run("set search_path = public; set xmloption = content; set extra_float_digits = 1")
        try session.run(
            "set statement_timeout = 0; set datestyle = 'ISO'; set intervalstyle = postgres; set timezone = 'UTC'; set bytea_output = hex"
        )
        outputs.append(try session.rows("select x::text from public.things x order by id").joined(separator: "\n"))
        note("remove", try database.run("remove --yes", as: role))
        return try outputs.map { try replacing($0, of: database, as: role) }
    }

    private func replacing(_ text: String, of database: TestDatabase, as role: String) throws -> String {
        var text = text.replacing(role, with: "ROLE").replacing(database.name, with: "DATABASE")
        text.replace(#/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/#) {
            $0.output.0.hasPrefix("20") ? "TIME" : $0.output.0
        }
        // A moment is written in the zone of whoever writes it, and read as the same one.
        text.replace(#/TIME[+-]\d\d:\d\d/#) { _ in "TIME" }
        text.replace(#/"(native_transaction_id|transaction_time|native_id|relid)":\d+/#) { "\"\($0.output.1)\":N" }
        text.replace(#/\b[0-9]+ k?B\b/#) { _ in "SIZE" }
        text.replace(#/xid \d+|"pid":\d+/#) { _ in "N" }
        return text
    }

    private func outputs(with settings: [[String: String]]) throws -> [String] {
        try withDatabase { connection, database in
            let role = try database.makeRole("hostile", on: connection)
            try connection.run("alter role \(quotedIdentifier(role)) superuser")
            let (quotedRole, name) = (quotedIdentifier(role), quotedIdentifier(database.name))
            var settings = settings
            let hasTransactionTimeout = "select 1 where current_setting('transaction_timeout', true) is not null"
            if !settings.isEmpty, try connection.rows(hasTransactionTimeout) == ["1"] {
                settings.append(["transaction_timeout": "'400ms'", "idle_session_timeout": "'5s'"])
            }
            for (setting, value) in settings.flatMap({ $0.map { ($0.key, $0.value) } }) {
                // A database's settings come before its roles': both are set, so that neither hides.
                try connection.run("alter database \(name) set \(setting) = \(value)")
                try connection.run("alter role \(quotedRole) set \(setting) = \(value)")
            }
            return try outputs(of: database, as: role)
        }
    }

    @Test func noSettingChangesWhatTheCommandsSayAndDo() throws {
        let plain = try outputs(with: [])
        for outcome in plain {
            let command = outcome.prefix { $0 != "\n" }
            #expect(command.hasSuffix(": 0") || !command.contains(": "), "\(outcome)")
        }
        for settings in [[Self.meanings], [Self.limits], [Self.meanings, Self.limits, Self.otherMeanings]] {
            let hostile = try outputs(with: settings)
            for (expected, found) in zip(plain, hostile) {
                let (lines, others) = (expected.split(separator: "\n"), found.split(separator: "\n"))
                let differences = others.difference(from: lines).map { "\($0)" }.joined(separator: "\n")
                let command = expected.prefix { $0 != "\n" }
                #expect(lines == others, "\(command) differs with \(settings.count) sets: \(differences)")
            }
        }
    }
}

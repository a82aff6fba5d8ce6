import Postgres

/// How values are written that have no spelling of their own in JSON, whatever the writer's session has set.
///
/// A function that sets something for as long as it runs pays for that in each call, two microseconds a setting. So the
/// settings are looked at instead, and only set, and set back, in the sessions that have them otherwise.
private struct Style {
    var setting: SQL
    var value: SQL
    /// Whether a session writes in this style.
    var isSet: SQL

    /// By the names that `ColumnFacts.styles` holds.
    static let all: [String: Style] = [
        "datestyle": Style("datestyle", "ISO, YMD") { "pg_catalog.left(\($0), 3) operator(pg_catalog.=) 'ISO'" },
        "intervalstyle": Style("intervalstyle", "postgres") { "\($0) operator(pg_catalog.=) 'postgres'" },
        "bytea_output": Style("bytea_output", "hex") { "\($0) operator(pg_catalog.=) 'hex'" },
        // 1 and more are all the same: as many digits as it takes.
        "extra_float_digits": Style("extra_float_digits", "1") {
            "\($0) operator(pg_catalog.=) any (cast('{1,2,3}' as pg_catalog.text[]))"
        },
    ]

    private init(_ setting: String, _ value: String, isSet: (SQL) -> SQL) {
        self.setting = .literal(setting)
        self.value = .literal(value)
        self.isSet = isSet("pg_catalog.current_setting(\(self.setting))")
    }
}

extension CaptureFunction {
    private var styles: [Style] { Set(columns.flatMap(\.styles)).sorted().compactMap { Style.all[$0] } }

    /// What remembers the session's settings.
    var styleDeclarations: SQL { styles.isEmpty ? "" : "    session_styles pg_catalog.text[];\n" }

    /// Leaves the branches early.
    var leaving: SQL { styles.isEmpty ? "return null" : "exit recording" }

    var hasStyles: Bool { !styles.isEmpty }

    /// Whether the session writes in another style.
    var isOtherwiseStyled: SQL { "(\(styles.map(\.isSet).joined(separator: "\n        and "))) is not true" }

    /// What sets the styles where the session has others.
    var settingStyles: SQL {
        guard hasStyles else { return "" }
        let current = styles.map { "pg_catalog.current_setting(\($0.setting))" as SQL }.joined(separator: ", ")
        return """
                    if \(isOtherwiseStyled)
                    then
                        session_styles := array[\(current)];
            \(setting(styles.map { (setting: $0.setting, value: $0.value) }).indented(4))\
                    end if;

            """
    }

    /// Statements and what sets the styles back then; an error takes settings back by itself.
    func styled(_ statements: SQL) -> SQL {
        guard hasStyles else { return statements }
        let before = styles.enumerated().map { (setting: $1.setting, value: "session_styles[\($0 + 1)]" as SQL) }
        return """
                <<recording>>
                begin
            \(statements.indented(4))\
                end;
                if session_styles is not null then
            \(setting(before))\
                end if;

            """
    }

    private func setting(_ settings: [(setting: SQL, value: SQL)]) -> SQL {
        let calls = settings.map { "pg_catalog.set_config(\($0.setting), \($0.value), true)" as SQL }
        return "        perform\n            \(calls.joined(separator: ",\n            "));\n"
    }
}

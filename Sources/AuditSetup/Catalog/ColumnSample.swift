import AuditTrail

extension ColumnFacts {
    /// What a value of the column may look like in the trail, made up from the catalog alone.
    var sample: SampleValue {
        switch form {
        case .json, .row: .object
        case .jsons, .texts, .rows: .array
        case .text: .text(baseType)
        case .plain: plainSample
        }
    }

    private var plainSample: SampleValue {
        if baseType.hasSuffix("[]") { return .array }
        switch baseType {
        case "smallint", "integer", "bigint": return .number("1")
        case "numeric", "real", "double precision": return .number("1.5")
        case "boolean": return .boolean
        case "jsonb": return .object
        case "int2vector", "oidvector": return .array
        default: return .text(Self.examples[baseType] ?? baseType)
        }
    }

    /// As `to_jsonb` writes them: times in ISO 8601 whatever the session's `DateStyle` (PostgreSQL manual, 9.16).
    private static let examples = [
        "date": "2026-01-31",
        "time without time zone": "13:45:00",
        "time with time zone": "13:45:00+00",
        "timestamp without time zone": "2026-01-31T13:45:00",
        "timestamp with time zone": "2026-01-31T13:45:00+00:00",
        "character": "text",
        "character varying": "text",
        "bytea": "\\x00",
    ]
}

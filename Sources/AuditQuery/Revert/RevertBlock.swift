import AuditTrail
import JSON
import Postgres

/// The SQL of steps that are one statement: settings that say what it is about, and a block that is the same for all, does
/// all of them or ends the script, and says why.
///
/// What comes from outside is a value of a setting, and never part of the text of a block. Of the SQL that a setting holds, the
/// names of tables and columns are all that comes from outside, quoted in that SQL and with it in the literal.
struct RevertBlock {
    let statements: [RevertStatement]
    /// The values that are taken out of the trail.
    let large: LargeValues

    /// The statements, without a comment on what they do, and how many they are.
    var sql: (SQL, count: Int) {
        let rows = rows
        let lent = large.lent(rows)
        var settings = settings(lent?.rows ?? rows)
        if let lent {
            settings += [("trail", .literal(large.schema)), ("large", .literal(lent.list.description))]
        }
        let comments = (lent?.notes ?? []).map(SQL.comment)
        let lines = settings.map { (name, value) -> SQL in "set local audit_revert.\(name) = \(value);" }
        let blocks = (lent == nil ? [] : [RevertScripts.take]) + [RevertScripts.doStep]
        return ((comments + lines + blocks).joined(separator: "\n"), settings.count + blocks.count)
    }

    private func settings(_ rows: JSON) -> [(name: SQL, value: SQL)] {
        let table = statements.first?.shape.name
        let lock = statements.first?.lock
        let find = statements.count == 1 ? statements.first?.find : nil
        let looks = statements.count == 1 ? statements.first?.looks ?? [] : []
        let lookNames = looks.indices.map { (index) -> SQL in "look_\(index + 1)" }
        let parts: [SQL] = (find == nil ? [] : ["find"]) + (lock == nil ? [] : ["lock"]) + lookNames + ["act", "seen"]
        var settings: [(SQL, SQL)] = [
            ("name", .literal(commentText(statements.map(\.name).joined(separator: ", ")))),
            ("rows", .literal(rows.description)),
            ("target", .literal(table?.plainlyQuoted ?? "")),
        ]
        if let find { settings.append(("find", .literal(lines: find))) }
        if let lock { settings.append(("lock", .literal(lines: lock))) }
        for (index, look) in looks.enumerated() {
            settings.append((lookNames[index], .literal(lines: look.sql)))
            settings.append(("in_\(index + 1)", .literal(look.table.plainlyQuoted)))
        }
        settings += [
            ("act", .literal(lines: action)), ("seen", .literal(lines: seen)),
            ("parts", "'\(parts.joined(separator: " "))'"),
        ]
        return settings
    }

    /// The values, those of each statement behind each other where there are several.
    private var rows: JSON {
        let ends = statements.map { JSON.array($0.ends) }
        let along = (statements.first?.followers ?? []).map { JSON.array($0.keys.map(JSON.object)) }
        let members: [(String, JSON?)] = [
            ("was", whole(statements.map { $0.was ?? .null })), ("put", whole(statements.map { $0.put ?? .null })),
            ("ends", ends.allSatisfy { $0 == .array([]) } ? nil : whole(ends)),
            ("along", along.isEmpty ? nil : .array(along)), ("columns", columns),
        ]
        return .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
    }

    /// The names of the columns that may be skipped, as they are told.
    private var columns: JSON? {
        statements.first?.units.map { .array($0.names.map { .string(commentText($0)) }) }
    }

    private func whole(_ values: [JSON]) -> JSON? {
        if values.allSatisfy({ $0 == .null }) { return nil }
        return values.count == 1 ? values[0] : .array(values)
    }

    /// One statement as it is; several as one, since foreign keys are looked at when the whole is done.
    private var action: SQL {
        guard statements.count > 1 else { return statements.first?.action ?? "" }
        let parts = statements.enumerated().map { (index, statement) -> SQL in
            "s\(index) as (\n\((statement.action + "\nreturning 1").indented(2)))"
        }
        let counts = statements.indices.map { (index) -> SQL in "select from s\(index)" }
        return "with \(parts.joined(separator: ", "))\n\(counts.joined(separator: " union all "))"
    }

    private var seen: SQL { "select where \(statements.map(\.isThere).joined(separator: "\n  and "))" }
}

extension TableName {
    /// The name as the server reads it from a text, without the escapes that only SQL knows.
    fileprivate var plainlyQuoted: String {
        [schema, name].map { part in
            var result = "\""
            for scalar in part.unicodeScalars {
                if scalar == "\"" { result.unicodeScalars.append(scalar) }
                result.unicodeScalars.append(scalar)
            }
            return result + "\""
        }.joined(separator: ".")
    }
}

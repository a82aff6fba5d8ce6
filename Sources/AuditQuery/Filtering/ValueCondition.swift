import AuditTrail
import Postgres

/// The pieces of SQL that look into rows.
extension FilterCondition {
    mutating func columnCondition(_ test: NameTest<[String]>) -> SQL {
        switch test {
        case .regex(let pattern): return touched(named: "~* \(bind(pattern))")
        case .exactly(let path): return touched(path)
        case .anyOf(let paths):
            let alternatives = paths.map { (path) -> SQL in
                guard path.count == 1, holdsWildcard(path[0]) else { return touched(path) }
                return touched(named: "~~ \(bind(likePattern(path[0])))")
            }
            return "(" + alternatives.joined(separator: " or ") + ")"
        }
    }

    /// An update that changed a column of such a name, or an insert that set one.
    private func touched(named comparison: SQL) -> SQL {
        """
        (a.verb = any ('{insert,update}') and exists (
          select from pg_catalog.jsonb_object_keys(a.changed_data) k
          where k \(comparison) and (a.verb = 'update' or a.changed_data -> k <> 'null')))
        """
    }

    /// An update that changed the column or the value at a path, or an insert that set it.
    private mutating func touched(_ path: [String]) -> SQL {
        let change = changed(path)
        let value: SQL = path.count > 1 ? "a.changed_data #> \(bind(path))" : "a.changed_data -> \(bind(path[0]))"
        return "(\(change) or a.verb = 'insert' and \(value) <> 'null')"
    }

    /// An update that changed the column or, at a longer path, the value there.
    private mutating func changed(_ path: [String]) -> SQL {
        let changes: SQL = "a.verb = 'update' and a.changed_data ? \(bind(path[0]))"
        guard path.count > 1 else { return "(\(changes))" }
        let path = bind(path)
        return "(\(changes) and a.old_data #> \(path) is distinct from a.changed_data #> \(path))"
    }

    mutating func changeCondition(_ path: [String], _ old: ValuePattern, _ new: ValuePattern) -> SQL {
        let change = changed(path)
        // A parameter that stands nowhere is none for the server.
        if old == .anything, new == .anything { return change }
        let path = bind(path)
        return
            "(\(change) and \(matches("a.old_data #> \(path)", old)) and \(matches("a.changed_data #> \(path)", new)))"
    }

    mutating func valueCondition(_ side: RowSide, _ path: [String], _ test: ValueTest) -> SQL {
        let path = bind(path)
        let rows: [SQL] = side == .old ? [Self.oldRow] : side == .new ? [Self.newRow] : [Self.oldRow, Self.newRow]
        let values = rows.map { (row) -> SQL in "(\(row) #> \(path))" }.joined(separator: ", ")
        return "exists (select from (values \(values)) x (v) where x.v is not null and (\(condition(on: "x.v", test))))"
    }

    private mutating func matches(_ value: SQL, _ pattern: ValuePattern) -> SQL {
        switch pattern {
        case .anything: "true"
        case .null: "\(value) = 'null'"
        case .glob(let glob): "\(text(of: value)) ~~ \(bind(likePattern(glob)))"
        }
    }

    private mutating func condition(on value: SQL, _ test: ValueTest) -> SQL {
        switch test {
        case .anyOf(let patterns): patterns.map { matches(value, $0) }.joined(separator: " or ")
        case .equals(let wanted): equality(value, wanted)
        case .differs(let other): "not coalesce(\(equality(value, other)), false)"
        case .regex(let pattern): "\(text(of: value)) ~ \(bind(pattern))"
        case .notRegex(let pattern): "not coalesce(\(text(of: value)) ~ \(bind(pattern)), false)"
        case .ordered(let order, .number(let number)):
            numeric(value, order.sql, number)
        case .ordered(let order, let wanted):
            "\(text(of: value)) collate \"C\" \(order.sql) \(bind(wanted.text)) collate \"C\""
        }
    }

    private mutating func equality(_ value: SQL, _ wanted: FilterValue) -> SQL {
        switch wanted {
        case .null: "\(value) = 'null'"
        case .number(let number): numeric(value, "=", number)
        case .text(let text): "\(self.text(of: value)) = \(bind(text))"
        }
    }

    /// Compares by size where the value is a number, else by text.
    private mutating func numeric(_ value: SQL, _ sign: SQL, _ number: String) -> SQL {
        """
        case pg_catalog.jsonb_typeof(\(value))
          when 'number' then (\(text(of: value)))::numeric \(sign) \(bind(number, "numeric"))
          else \(text(of: value)) collate "C" \(sign) \(bind(number)) collate "C" end
        """
    }

    /// The value as text without quotes; SQL null for JSON null.
    private func text(of value: SQL) -> SQL { "(\(value) #>> '{}')" }

    /// The word stands in the table's name, the actor, or a value, without regard to case.
    ///
    /// The text of the whole row is looked at first: its values are taken apart only where that holds the word, which in
    /// JSON is written with escapes.
    mutating func wordCondition(_ word: String) -> SQL {
        let pattern = bind("%" + likePattern(literal: word) + "%")
        let written = bind("%" + likePattern(literal: jsonEscaped(word)) + "%")
        let values = [Self.oldRow, "a.changed_data"].map { (row) -> SQL in
            "\(row)::text ~~* \(written) and exists (\(Self.values(of: row)) and v #>> '{}' ~~* \(pattern))"
        }
        return found("~~*", pattern, values)
    }

    mutating func regexCondition(_ regex: String) -> SQL {
        let pattern = bind(regex)
        let values = [Self.oldRow, "a.changed_data"].map { (row) -> SQL in
            "exists (\(Self.values(of: row)) and v #>> '{}' ~* \(pattern))"
        }
        return found("~*", pattern, values)
    }

    private mutating func found(_ sign: SQL, _ pattern: SQL, _ values: [SQL]) -> SQL {
        let alternatives: [SQL] = [tableNamed(sign, pattern), named(sign, pattern)] + values
        return "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// All values of a row that are no containers, however deep; the text of null is null, which nothing matches.
    private static func values(of row: SQL) -> SQL {
        "select from pg_catalog.jsonb_path_query(\(row), 'strict $.**') v "
            + "where pg_catalog.jsonb_typeof(v) <> all ('{object,array}')"
    }
}

extension FilterValue {
    fileprivate var text: String {
        switch self {
        case .null: "null"
        case .number(let text), .text(let text): text
        }
    }
}

/// The text as jsonb writes it within a string.
private func jsonEscaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{08}": result += "\\b"
        case "\u{0C}": result += "\\f"
        case _ where scalar.value < 32:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

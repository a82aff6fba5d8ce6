import AuditTrail
import Postgres

/// The pieces of SQL on what the server knew of a session: members of the object `db` in a transaction's context.
extension FilterCondition {
    mutating func originCondition(_ field: OriginField, _ test: NameTest<OriginTerm>) -> SQL {
        switch test {
        case .regex(let pattern):
            guard trail.hasContext else { return "false" }
            return known(field, "~*", bind(pattern))
        case .exactly(.matching(let name)):
            guard trail.hasContext else { return "false" }
            return known(field, "=", bind(name))
        case .exactly(.none): return unknown(field)
        case .anyOf(let terms):
            var alternatives: [SQL] = terms.contains(.none) ? [unknown(field)] : []
            let globs = terms.compactMap { if case .matching(let glob) = $0 { likePattern(glob) } else { nil } }
            if !globs.isEmpty, trail.hasContext { alternatives.append(known(field, "~~*", "any (\(bind(globs)))")) }
            return alternatives.isEmpty ? "false" : "(" + alternatives.joined(separator: " or ") + ")"
        }
    }

    /// One of the facts compares so.
    private func known(_ field: OriginField, _ sign: SQL, _ value: SQL) -> SQL {
        probed(field.facts.map { (fact) -> SQL in "\(fact) \(sign) \(value)" }.joined(separator: " or "))
    }

    private func unknown(_ field: OriginField) -> SQL {
        guard trail.hasContext, let fact = field.facts.first else { return "true" }
        return "not \(probed("\(fact) <> ''"))"
    }

    /// The condition on the transaction row of the activity, looked up for each.
    ///
    /// Without the fence the server may go through all transactions in each step of a search, however small that is.
    private func probed(_ condition: SQL) -> SQL {
        "exists (select from \(schema).transaction t where t.id = a.transaction_id and (\(condition)) offset 0)"
    }
}

extension OriginField {
    /// What there is of it in the context of transaction row t, the surest first.
    fileprivate var facts: [SQL] {
        switch self {
        case .role: ["t.context #>> '{db,session_user}'", "t.context #>> '{db,current_user}'"]
        case .application: ["t.context #>> '{db,application_name}'"]
        }
    }
}

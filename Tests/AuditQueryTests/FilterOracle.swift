import AuditTrail
import JSON

/// An activity with all that a filter may ask of it, as it was read without a filter.
struct Candidate {
    var activity: Activity
    var actorID: String?
    var actorLabel: String?
    var client: String?
    var origin: Origin?
    /// How many activities its transaction has.
    var count: Int
}

/// What a filter means, in Swift and over values in memory; knows nothing of the SQL that it is compared with.
struct FilterOracle {
    func selects(_ filter: Filter, _ candidate: Candidate) -> Bool {
        filter.terms.allSatisfy { holds($0, candidate) }
    }

    private func holds(_ expression: FilterExpression, _ candidate: Candidate) -> Bool {
        switch expression {
        case .term(let term): holds(term, candidate)
        case .not(let operand): !holds(operand, candidate)
        case .all(let operands): operands.allSatisfy { holds($0, candidate) }
        case .any(let operands): operands.contains { holds($0, candidate) }
        }
    }

    private func holds(_ term: FilterTerm, _ candidate: Candidate) -> Bool {
        let activity = candidate.activity
        let time = activity.issuedAt
        switch term {
        case .table(let test): return holds(test, activity.table)
        case .actor(.regex(let pattern)): return names(candidate).contains { regex(pattern, $0) }
        case .actor(.exactly(let actor)): return holds(actor, candidate)
        case .actor(.anyOf(let actors)): return actors.contains { holds($0, candidate) }
        case .origin(let field, let test): return holds(test, facts(field, candidate.origin))
        case .withoutTransaction: return activity.transactionID == nil
        case .verb(let verbs): return verbs.contains(activity.verb)
        case .number(let field, let test): return number(field, candidate).map { holds(test, $0) } ?? false
        case .client(let clients): return clients.contains { holds($0, candidate.client) }
        case .since(let moment): return time.map { $0 >= moment.start } ?? false
        case .until(let moment): return time.map { $0 < moment.start } ?? false
        case .at(let period): return time.map { $0 >= period.start && $0 < period.end } ?? false
        case .row(let table, let key): return holds(.anyOf([table]), activity.table) && isRow(key, activity)
        case .column(.regex(let pattern)): return touchedColumns(activity).contains { regex(pattern, $0) }
        case .column(.exactly(let path)): return isTouched(path, activity)
        case .column(.anyOf(let paths)):
            return paths.contains { path in
                path.count == 1 && path[0].contains { "*?".contains($0) }
                    ? touchedColumns(activity).contains { glob(path[0], $0) } : isTouched(path, activity)
            }
        case .value(let side, let path, let test):
            return rows(side, activity).compactMap { value(in: $0, path) }.contains { holds(test, $0) }
        case .change(let path, let old, let new):
            return isChanged(path, activity)
                && matches(old, activity.oldData.flatMap { value(in: $0, path) })
                && matches(new, activity.changedData.flatMap { value(in: $0, path) })
        case .word(let word):
            return texts(candidate).contains { $0.lowercased().contains(word.lowercased()) || word.isEmpty }
        case .regex(let pattern): return texts(candidate).contains { regex(pattern, $0) }
        }
    }

    private func facts(_ field: OriginField, _ origin: Origin?) -> [String] {
        switch field {
        case .role: origin.map { [$0.sessionRole, $0.currentRole] } ?? []
        case .application: [origin?.application].compactMap(\.self)
        }
    }

    private func holds(_ test: NameTest<OriginTerm>, _ facts: [String]) -> Bool {
        func holds(_ term: OriginTerm, exactly: Bool = false) -> Bool {
            switch term {
            case .none: facts.isEmpty
            case .matching(let name) where exactly: facts.contains(name)
            case .matching(let pattern): facts.contains { glob(pattern.lowercased(), $0.lowercased()) }
            }
        }
        return switch test {
        case .regex(let pattern): facts.contains { regex(pattern, $0) }
        case .exactly(let term): holds(term, exactly: true)
        case .anyOf(let terms): terms.contains { holds($0) }
        }
    }

    private func names(_ candidate: Candidate) -> [String] {
        candidate.activity.transactionID == nil ? [] : [candidate.actorID, candidate.actorLabel].compactMap(\.self)
    }

    private func holds(_ test: NameTest<TablePattern>, _ table: TableName) -> Bool {
        switch test {
        case .regex(let pattern): [table.name, "\(table.schema).\(table.name)"].contains { regex(pattern, $0) }
        case .exactly(let exact): table.name == exact.name && (exact.schema ?? table.schema) == table.schema
        case .anyOf(let patterns):
            patterns.contains { pattern in
                glob(pattern.name.lowercased(), table.name.lowercased())
                    && (pattern.schema.map { glob($0.lowercased(), table.schema.lowercased()) } ?? true)
            }
        }
    }

    private func holds(_ term: ActorTerm, _ candidate: Candidate) -> Bool {
        switch term {
        case .none: candidate.actorID == nil
        case .exactly(let actor): candidate.actorID == actor.id
        case .matching(let pattern): names(candidate).contains { glob(pattern.lowercased(), $0.lowercased()) }
        }
    }

    private func number(_ field: NumberField, _ candidate: Candidate) -> Int64? {
        switch field {
        case .transaction: candidate.activity.transactionID
        case .nativeTransaction: candidate.activity.nativeTransactionID
        case .activity: candidate.activity.id
        case .count: Int64(candidate.count)
        }
    }

    private func holds(_ test: NumberTest, _ number: Int64) -> Bool {
        switch test {
        case .anyOf(let numbers): numbers.contains(number)
        case .ordered(let order, let limit): ordered(order, number, limit)
        }
    }

    private func ordered<Value: Comparable>(_ order: OrderOperator, _ left: Value, _ right: Value) -> Bool {
        switch order {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    /// The networks of the tests are written so that a prefix of the text tells.
    private func holds(_ term: ClientTerm, _ client: String?) -> Bool {
        switch term {
        case .none: client == nil
        case .network("10.0.0.0/8"): client?.hasPrefix("10.") ?? false
        case .network(let address): client == address
        }
    }

    private func isRow(_ key: KeyTerm, _ activity: Activity) -> Bool {
        rows(.any, activity).contains { row in
            switch key {
            // The tables of the tests have the key id, or none.
            case .value(let value), .typed(let value): activity.table.name == "orders" && text(row["id"]) == value
            case .columns(let columns): columns.allSatisfy { text(row[$0.name]) == $0.value }
            }
        }
    }

    private func rows(_ side: RowSide, _ activity: Activity) -> [JSON] {
        let old = activity.oldData ?? .object([])
        let changed = activity.changedData ?? .object([])
        let new: JSON? =
            switch activity.verb {
            case .insert: changed
            case .update:
                .object((old.members ?? []).filter { changed[$0.name] == nil } + (changed.members ?? []))
            default: nil
            }
        return [side == .new ? nil : old, side == .old ? nil : new].compactMap(\.self)
    }

    private func value(in row: JSON, _ path: [String]) -> JSON? {
        path.reduce(row) { value, name in
            guard let elements = value?.elements else { return value?[name] }
            return Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
        }
    }

    private func changedColumns(_ activity: Activity) -> [String] {
        activity.verb == .update ? (activity.changedData?.members ?? []).map(\.name) : []
    }

    /// Those that an update changed, or to which an insert gave a value.
    private func touchedColumns(_ activity: Activity) -> [String] {
        guard activity.verb == .insert else { return changedColumns(activity) }
        return (activity.changedData?.members ?? []).filter { $0.value != .null }.map(\.name)
    }

    private func isTouched(_ path: [String], _ activity: Activity) -> Bool {
        guard activity.verb == .insert else { return isChanged(path, activity) }
        return activity.changedData.flatMap { value(in: $0, path) }.map { $0 != .null } ?? false
    }

    private func isChanged(_ path: [String], _ activity: Activity) -> Bool {
        guard changedColumns(activity).contains(path[0]) else { return false }
        return path.count == 1
            || activity.oldData.flatMap { value(in: $0, path) } != activity.changedData.flatMap { value(in: $0, path) }
    }

    private func holds(_ test: ValueTest, _ value: JSON) -> Bool {
        switch test {
        case .anyOf(let patterns): return patterns.contains { matches($0, value) }
        case .equals(let wanted): return equals(value, wanted)
        case .differs(let other): return !equals(value, other)
        case .regex(let pattern): return text(value).map { regex(pattern, $0, isCased: true) } ?? false
        case .notRegex(let pattern): return !(text(value).map { regex(pattern, $0, isCased: true) } ?? false)
        case .ordered(let order, let wanted):
            guard let text = text(value), let limit = self.text(wanted) else { return false }
            if case .number(let spelling) = value, case .number(let other) = wanted {
                return ordered(order, Double(spelling) ?? .nan, Double(other) ?? .nan)
            }
            return ordered(order, ByteOrdered(bytes: Array(text.utf8)), ByteOrdered(bytes: Array(limit.utf8)))
        }
    }

    private func equals(_ value: JSON, _ wanted: FilterValue) -> Bool {
        if case .number(let spelling) = value, case .number(let other) = wanted {
            return Double(spelling) == Double(other)
        }
        if wanted == .null { return value == .null }
        return text(value) == text(wanted)
    }

    private func text(_ value: FilterValue) -> String? {
        switch value {
        case .null: nil
        case .number(let text), .text(let text): text
        }
    }

    private func matches(_ pattern: ValuePattern, _ value: JSON?) -> Bool {
        switch pattern {
        case .anything: true
        case .null: value == .null
        case .glob(let pattern): text(value).map { glob(pattern, $0) } ?? false
        }
    }

    /// As `#>> '{}'` writes it.
    private func text(_ value: JSON?) -> String? {
        switch value {
        case nil, .null: nil
        case .string(let text): text
        case let value?: value.description
        }
    }

    private func texts(_ candidate: Candidate) -> [String] {
        let table = candidate.activity.table
        let values = [candidate.activity.oldData, candidate.activity.changedData].compactMap(\.self).flatMap(leaves)
        return [table.name, "\(table.schema).\(table.name)"] + names(candidate) + values
    }

    private func leaves(_ value: JSON) -> [String] {
        switch value {
        case .array(let elements): elements.flatMap(leaves)
        case .object(let members): members.flatMap { leaves($0.value) }
        default: text(value).map { [$0] } ?? []
        }
    }

    private func glob(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.unicodeScalars), Array(text.unicodeScalars))
        var row = Array(repeating: false, count: text.count + 1)
        row[0] = true
        for sign in pattern {
            var next = Array(repeating: false, count: text.count + 1)
            next[0] = sign == "*" && row[0]
            for place in text.indices {
                next[place + 1] =
                    sign == "*" ? row[place + 1] || next[place] : row[place] && (sign == "?" || sign == text[place])
            }
            row = next
        }
        return row[text.count]
    }

    /// The regular expressions of the tests mean the same in Swift and in PostgreSQL.
    private func regex(_ pattern: String, _ text: String, isCased: Bool = false) -> Bool {
        guard let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: isCased ? regex : regex.ignoresCase()) != nil
    }
}

/// Bytes that compare like `collate "C"`.
private struct ByteOrdered: Comparable {
    var bytes: [UInt8]

    static func < (left: ByteOrdered, right: ByteOrdered) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

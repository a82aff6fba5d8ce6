import AuditTrail
import Postgres

/// The pieces of SQL of the single terms.
extension FilterCondition {
    mutating func condition(_ term: FilterTerm) -> SQL {
        switch term {
        case .table(let test): tableCondition(test)
        case .actor(let test): actorCondition(test)
        case .origin(let field, let test): originCondition(field, test)
        case .withoutTransaction: "a.transaction_id is null"
        case .verb(let verbs): "a.verb = any (\(bind(verbs.map(\.word))))"
        case .number(let field, let test): numberCondition(field, test)
        case .client(let clients): clientCondition(clients)
        case .since(let time): "a.issued_at >= \(bind(time.start))"
        case .until(let time): "a.issued_at < \(bind(time.start))"
        case .at(let time): "(a.issued_at >= \(bind(time.start)) and a.issued_at < \(bind(time.end)))"
        case .row(let table, let key): rowCondition(table, key, rows[term])
        case .column(let test): columnCondition(test)
        case .value(let side, let path, let test): valueCondition(side, path, test)
        case .change(let path, let old, let new): changeCondition(path, old, new)
        case .word(let word): wordCondition(word)
        case .regex(let pattern): regexCondition(pattern)
        }
    }

    private mutating func bind(_ moment: Timestamp) -> SQL { bind(timestampLiteral(moment), "timestamp") }

    private mutating func tableCondition(_ test: NameTest<TablePattern>) -> SQL {
        switch test {
        case .regex(let pattern): return tableNamed("~*", bind(pattern))
        case .exactly(let table):
            let name: SQL = "a.table_name = \(bind(table.name))"
            return table.schema.map { (schema) -> SQL in "(\(name) and a.schema = \(bind(schema)))" } ?? name
        case .anyOf(let tables):
            let names = tables.filter { $0.schema == nil }.map { likePattern($0.name) }
            let qualified = tables.compactMap { table in
                table.schema.map { likePattern($0) + "." + likePattern(table.name) }
            }
            var alternatives: [SQL] = []
            if !names.isEmpty { alternatives.append("a.table_name ~~* any (\(bind(names)))") }
            if !qualified.isEmpty {
                alternatives.append("a.schema || '.' || a.table_name ~~* any (\(bind(qualified)))")
            }
            return "(" + alternatives.joined(separator: " or ") + ")"
        }
    }

    /// The name of the table compares so, by itself or with its schema.
    func tableNamed(_ sign: SQL, _ value: SQL) -> SQL {
        "(a.table_name \(sign) \(value) or a.schema || '.' || a.table_name \(sign) \(value))"
    }

    private mutating func numberCondition(_ field: NumberField, _ test: NumberTest) -> SQL {
        switch (field, test) {
        case (.count, .anyOf(let numbers)):
            let counts = numbers.map { (number) -> SQL in "\(count(upTo: number)) = \(bind(String(number), "bigint"))" }
            return "(" + counts.joined(separator: " or ") + ")"
        case (.count, .ordered(let order, let number)):
            return "\(count(upTo: number)) \(order.sql) \(bind(String(number), "bigint"))"
        case (_, .anyOf(let numbers)):
            return "\(column(of: field)) = any (\(bind(arrayLiteral(numbers.map { String($0) }), "bigint[]")))"
        case (_, .ordered(let order, let number)):
            return "\(column(of: field)) \(order.sql) \(bind(String(number), "bigint"))"
        }
    }

    private func column(of field: NumberField) -> SQL {
        switch field {
        case .transaction: "a.transaction_id"
        case .nativeTransaction: "a.native_transaction_id"
        case .activity, .count: "a.id"
        }
    }

    /// How many activities the transaction has, counted no further than tells the answer.
    private mutating func count(upTo number: Int64) -> SQL {
        let limit = bind(String(max(0, min(number, .max - 1)) + 1), "bigint")
        return """
            (select pg_catalog.count(*) from (
              select from \(schema).activity n where n.native_transaction_id = a.native_transaction_id limit \(limit)) n)
            """
    }

    private mutating func clientCondition(_ clients: [ClientTerm]) -> SQL {
        let networks = clients.compactMap { if case .network(let network) = $0 { network } else { nil } }
        var alternatives: [SQL] = []
        if clients.contains(.none) { alternatives.append("not " + transaction("t.client_addr is not null")) }
        if !networks.isEmpty {
            alternatives.append(transaction("t.client_addr <<= any (\(bind(arrayLiteral(networks), "inet[]")))"))
        }
        return "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// A row by its key before or after the change; the names of its columns come from the catalog where the filter
    /// does not give them.
    private mutating func rowCondition(
        _ table: TablePattern,
        _ key: KeyTerm,
        _ found: [ResolvedFilter.KeyedTable]?
    ) -> SQL {
        switch key {
        case .columns(let columns):
            let named = tableCondition(.anyOf([table]))
            let keys = (found?.map(\.key) ?? [columns]).map { keyCondition($0) }
            return "(\(named) and (\(keys.joined(separator: " or "))))"
        case .value(let value), .typed(let value):
            if let found { return rowsCondition(found) }
            let named = tableCondition(.anyOf([table]))
            let value = bind(value)
            return """
                (\(named) and exists (
                  select from pg_catalog.pg_index i
                  join pg_catalog.pg_attribute k on k.attrelid = i.indrelid and k.attnum = i.indkey[0]
                  where i.indrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', a.schema, a.table_name))
                    and i.indisprimary and i.indnkeyatts = 1
                    and (\(Self.oldRow) ->> k.attname = \(value) or \(Self.newRow) ->> k.attname = \(value))))
                """
        }
    }

    private mutating func rowsCondition(_ tables: [ResolvedFilter.KeyedTable]) -> SQL {
        let alternatives = tables.map { table -> SQL in
            let name: SQL = "a.schema = \(bind(table.schema)) and a.table_name = \(bind(table.name))"
            return "(\(name) and \(keyCondition(table.key)))"
        }
        return alternatives.isEmpty ? "false" : "(" + alternatives.joined(separator: " or ") + ")"
    }

    /// The columns have these values before or after the change.
    mutating func keyCondition(_ columns: [KeyColumn]) -> SQL {
        var old: [SQL] = []
        var new: [SQL] = []
        for column in columns {
            let (name, value) = (bind(column.name), wanted(column))
            old.append("\(Self.oldRow) ->> \(name) = \(value)")
            new.append("\(Self.newValue(of: name)) = \(value)")
        }
        return "(\(old.joined(separator: " and ")) or \(new.joined(separator: " and ")))"
    }

    /// What the text of a column of a key is to be equal to.
    mutating func wanted(_ column: KeyColumn) -> SQL {
        guard let spellings = column.spellings, spellings.count > 1 else { return bind(column.value) }
        return "any (\(bind(spellings)))"
    }

    /// The whole row before the change; empty for an insert.
    static let oldRow: SQL = "a.old_data"
    /// The text of a column after the change, without making the whole row.
    private static func newValue(of name: SQL) -> SQL {
        """
        case when a.verb = 'insert' or a.verb = 'update' and a.changed_data ? \(name) then a.changed_data ->> \(name)
          when a.verb = 'update' then a.old_data ->> \(name) end
        """
    }

    /// The whole row after the change; null for a delete.
    static let newRow: SQL =
        "(case a.verb when 'insert' then a.changed_data when 'update' then a.old_data || a.changed_data end)"
}

extension OrderOperator {
    /// The sign as SQL has it.
    var sql: SQL {
        switch self {
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

import AuditTrail
import Postgres

/// A kind of index entry among which all is that a filter selects.
enum IndexEntry: Hashable, Sendable {
    /// All activities, by the primary key.
    case anything
    /// The activities of tables of that name.
    case table(String)
    /// The activities of a row by its key before the change, or after an insert.
    case row(table: String, [KeyColumn])
    /// The updates that gave a row its key.
    case movedRow(table: String, [KeyColumn])
    /// The activities that have no transaction row.
    case withoutTransaction
    /// The activities of a transaction by its own id.
    case transaction(Int64)
    /// The activities of a transaction by the server's id.
    case nativeTransaction(Int64)
    /// One activity.
    case activity(Int64)

    /// Whether it leads to the activities of one transaction.
    var isOfTransaction: Bool {
        switch self {
        case .transaction, .nativeTransaction: true
        default: false
        }
    }

    /// Whether it leads to the activities of one row.
    var isOfRow: Bool {
        switch self {
        case .row, .movedRow: true
        default: false
        }
    }
}

/// The queries for entries, in which all values are parameters.
extension FilterCondition {
    /// The ids of the next activities among the entries, at most `$5` of each kind, between `$2` and `$3`.
    ///
    /// In a trail that is not one table also what they are looked up again by, and only those of the times of the filter.
    mutating func entries(_ entries: [IndexEntry], towardsThePast: Bool) -> SQL {
        let columns: SQL = isOfOneTable ? "a.id" : "a.id, a.native_transaction_id, a.issued_at"
        let period: SQL = isOfOneTable ? "" : " and \(self.period)"
        let queries = entries.map { (entry) -> SQL in
            if trail.indexes.hasNativeOrder, isOfOneTable, let native = nativeID(of: entry) {
                return ofTransaction(native, entry, towardsThePast: towardsThePast)
            }
            // A transaction is sorted, since the server may think that it is quicker to look for it by id.
            let key: SQL =
                switch entry {
                case .transaction, .nativeTransaction: "a.id + 0"
                // The index gives each spelling's activities by themselves.
                case .row(_, let key), .movedRow(_, let key):
                    key.allSatisfy { ($0.spellings ?? []).count < 2 } ? "a.id" : "a.id + 0"
                default: "a.id"
                }
            return """
                (select \(columns) from \(schema).activity a
                 where \(condition(entry))\(period) and a.id >= $2::bigint and a.id < $3::bigint
                 order by \(key)\(towardsThePast ? " desc" : "") limit $5::int)
                """
        }
        return queries.joined(separator: "\nunion\n")
    }

    /// The same for a transaction where an index has its activities in their order, so that none is read to be sorted.
    ///
    /// Rows are compared as a whole: with `=` the server would take the order of ids for enough, and might go by these alone.
    private mutating func ofTransaction(_ native: SQL, _ entry: IndexEntry, towardsThePast: Bool) -> SQL {
        let direction: SQL = towardsThePast ? " desc" : ""
        let own: SQL =
            if case .transaction(let id) = entry { " and a.transaction_id = \(bind(String(id), "bigint"))" } else { "" }
        return """
            (select a.id from \(schema).activity a
             where (a.native_transaction_id, a.id) >= (\(native), $2::bigint)
               and (a.native_transaction_id, a.id) < (\(native), $3::bigint)\(own)
             order by a.native_transaction_id\(direction), a.id\(direction) limit $5::int)
            """
    }

    /// The server's id of the transaction whose activities the entry leads to; nil for other entries.
    private mutating func nativeID(of entry: IndexEntry) -> SQL? {
        switch entry {
        case .nativeTransaction(let id): bind(String(id), "bigint")
        case .transaction(let id):
            "(select t.native_transaction_id from \(schema).transaction t where t.id = \(bind(String(id), "bigint")))"
        default: nil
        }
    }

    /// The times of the next activities, at most `$5`, between `$2` and `$3`.
    func times(towardsThePast: Bool) -> SQL {
        """
        select a.issued_at from \(schema).activity a
        where a.issued_at >= $2::timestamp and a.issued_at < $3::timestamp and \(period)
        order by a.issued_at\(towardsThePast ? " desc" : "") limit $5::int
        """
    }

    /// The next transactions of actors, at most `$5` of each, between `$2` and `$3`.
    mutating func entries(of actors: ResolvedFilter.Actors, hasIndex: Bool, towardsThePast: Bool) -> SQL {
        var conditions: [SQL] = []
        if hasIndex {
            conditions = actors.keys.map { trail.actorID(is: parameter($0)) }
        } else {
            var alternatives: [SQL] = []
            if !actors.keys.isEmpty {
                alternatives.append(trail.actorID(isAnyOf: parameter(arrayLiteral(actors.keys))))
            }
            if !actors.patterns.isEmpty {
                alternatives.append(actorNamed("~~*", "any (\(bind(actors.patterns)))"))
            }
            conditions = ["(" + alternatives.joined(separator: " or ") + ")"]
        }
        return conditions.map { (condition) -> SQL in
            """
            (select t.id, t.native_transaction_id from \(schema).transaction t
             where \(condition) and t.id >= $2::bigint and t.id < $3::bigint
             order by t.id\(towardsThePast ? " desc" : "") limit $5::int)
            """
        }.joined(separator: "\nunion\n")
    }

    private mutating func condition(_ entry: IndexEntry) -> SQL {
        switch entry {
        case .anything: return "true"
        case .table(let name): return "a.table_name = \(bind(name))"
        case .row(let table, let key): return "a.table_name = \(bind(table))" + keyed(key, "old_data", "changed_data")
        case .movedRow(let table, let key):
            return "a.table_name = \(bind(table)) and a.verb = 'update' and a.changed_data ?| \(bind(key.map(\.name)))"
                + keyed(key, "changed_data", "old_data")
        case .withoutTransaction: return "a.transaction_id is null"
        case .transaction(let id):
            let id = bind(String(id), "bigint")
            return "a.transaction_id = \(id) and a.native_transaction_id = "
                + "(select t.native_transaction_id from \(schema).transaction t where t.id = \(id))"
        case .nativeTransaction(let id): return "a.native_transaction_id = \(bind(String(id), "bigint"))"
        case .activity(let id): return "a.id = \(bind(String(id), "bigint"))"
        }
    }

    /// The key of a row, in the first of the two documents that has the column.
    ///
    /// An index of keys that may be long holds those within the limit alone, and is of use where the condition says so.
    private mutating func keyed(_ key: [KeyColumn], _ first: SQL, _ second: SQL) -> SQL {
        var condition: SQL = ""
        var lengths: [SQL] = []
        for column in key {
            let name = bind(column.name)
            let value: SQL = "coalesce(a.\(first) ->> \(name), a.\(second) ->> \(name))"
            condition += " and \(value) = \(wanted(column))"
            lengths.append("octet_length(\(value))")
        }
        let longest = key.map { ($0.spellings ?? [$0.value]).map(\.utf8.count).max() ?? 0 }.reduce(0, +)
        guard longest <= RowIndexLimit.keyBytes else { return condition }
        return condition + " and \(lengths.joined(separator: " + ")) <= \(RowIndexLimit.keyBytes)"
    }
}

import AuditTrail

/// What leads through the trail to what a filter selects.
enum Walk: Equatable, Sendable {
    /// From one native id to the next; only without a filter.
    case native
    /// By the entries of indexes.
    case entries([IndexEntry])
    /// By activity ids, a window at a time: nothing leads to what is selected.
    case window
    /// By the times of activities: nothing leads to what is selected, and partitions are keyed by time.
    case times
    /// By the transaction rows of the actors.
    case actors(hasIndex: Bool)

    /// The order in which it finds transactions.
    var order: ListOrder {
        switch self {
        case .native: .native
        case .entries, .window: .activity
        case .times: .time
        case .actors: .transaction
        }
    }

    /// Whether it has to know where the ids begin and end.
    var needsBounds: Bool {
        switch self {
        case .native, .entries, .times, .actors(hasIndex: true): false
        case .window, .actors(hasIndex: false): true
        }
    }

    /// Whether a step looks at a range of ids rather than at so many entries.
    var isByWindow: Bool { needsBounds }

    /// How much the first step looks at.
    func firstStep(limit: Int) -> Int {
        switch self {
        case .native: limit
        // The activities of about as many transactions.
        case .entries([.anything]), .times: 5 * limit
        // A transaction seldom changes one row more than once.
        case .entries(let entries) where entries.allSatisfy(\.isOfRow): max(64, limit + limit / 4)
        // Where few are wanted, the first entries may be of another time than the filter's.
        case .entries: max(64, 3 * limit)
        case .actors(hasIndex: true): 2 * limit
        case .window: 2000
        case .actors(hasIndex: false): 5000
        }
    }
}

extension ResolvedFilter {
    /// At most so many names or keys are looked up in an index one by one.
    private static let largestIndexSearch = 32

    /// The best way through the trail, or the best that keeps the order of a list that has been begun.
    func walk(through trail: Trail, in order: ListOrder?) -> Walk {
        if filter.isOfTimes, !trail.isPlain {
            return trail.isByTime && order != .activity ? .times : .entries([.anything])
        }
        if filter.isEmpty { return order != .activity && trail.isInNativeOrder ? .native : .window }
        let entries = indexEntries(in: trail)
        guard namesActors, order != .activity, order != .time else {
            return entries.map(Walk.entries) ?? (trail.isByTime && order != .activity ? .times : .window)
        }
        let hasIndex =
            trail.indexes.hasActor && actors.patterns.isEmpty && actors.keys.count <= Self.largestIndexSearch
        guard order == nil, let entries, entriesAreFewer(entries) else { return .actors(hasIndex: hasIndex) }
        return .entries(entries)
    }

    /// Whether index entries promise to be fewer than what the actors did.
    private func entriesAreFewer(_ entries: [IndexEntry]) -> Bool {
        guard entries.contains(where: { if case .table = $0 { true } else { false } }) else { return true }
        let shares = (tables ?? []).map(\.share)
        guard !shares.contains(nil), let actorShare else { return false }
        return shares.compactMap(\.self).reduce(0, +) < actorShare
    }

    /// The entries of indexes among which all is that the filter selects; nil when no index leads to it.
    private func indexEntries(in trail: Trail) -> [IndexEntry]? {
        let terms = filter.terms.compactMap { if case .term(let term) = $0 { term } else { nil } }
        // What is in the order of ids, others are not in that of partitions by time.
        if trail.isByTime { return terms.lazy.compactMap(numberEntries).first }
        let ways = [
            terms.lazy.compactMap { rowEntries($0, trail.indexes) }.first,
            terms.lazy.compactMap(numberEntries).first,
            trail.indexes.hasWithoutTransaction && terms.contains(.withoutTransaction) ? [.withoutTransaction] : nil,
            terms.lazy.compactMap { tableEntries($0, trail.indexes) }.first,
        ]
        return ways.compactMap(\.self).first { $0.count <= Self.largestIndexSearch }
    }

    private func tableEntries(_ term: FilterTerm, _ indexes: TrailIndexes) -> [IndexEntry]? {
        guard indexes.hasTable, case .table(let test) = term else { return nil }
        switch test {
        case .exactly(let table): return [.table(table.name)]
        case .anyOf: return tables.map { tables in Set(tables.map(\.name)).sorted().map(IndexEntry.table) }
        case .regex: return nil
        }
    }

    /// The entries of one row, in each of the tables that may be meant.
    private func rowEntries(_ term: FilterTerm, _ indexes: TrailIndexes) -> [IndexEntry]? {
        guard case .row(_, let key) = term else { return nil }
        switch key {
        case .value, .typed:
            guard let rows = rows[term] else { return nil }
            let isIndexed = rows.allSatisfy { table in
                let names = table.key.map(\.name)
                return indexes.rowKeys.contains(names) && indexes.movedKeys.contains(names)
            }
            guard isIndexed else { return nil }
            var seen: Set<IndexEntry> = []
            return rows.sorted { ($0.name, $0.schema) < ($1.name, $1.schema) }.flatMap { entries(of: $0.name, $0.key) }
                .filter { seen.insert($0).inserted }
        case .columns(let columns):
            let names = Set(columns.map(\.name))
            let isIndexed = { (keys: [String]) in keys.count == columns.count && Set(keys) == names }
            guard let tables, let keys = indexes.rowKeys.intersection(indexes.movedKeys).first(where: isIndexed)
            else { return nil }
            let variants = (rows[term]?.map(\.key) ?? [columns]).map { columns in
                keys.compactMap { name in columns.first { $0.name == name } }
            }
            return tables.flatMap { table in variants.flatMap { entries(of: table.name, $0) } }
        }
    }

    private func entries(of table: String, _ key: [KeyColumn]) -> [IndexEntry] {
        [.row(table: table, key), .movedRow(table: table, key)]
    }

    private func numberEntries(_ term: FilterTerm) -> [IndexEntry]? {
        guard case .number(let field, .anyOf(let numbers)) = term else { return nil }
        switch field {
        case .transaction: return numbers.map(IndexEntry.transaction)
        case .nativeTransaction: return numbers.map(IndexEntry.nativeTransaction)
        case .activity: return numbers.map(IndexEntry.activity)
        case .count: return nil
        }
    }

    /// The globs of the table names that an index is asked for: those of a row, or else of the tables.
    var tableNames: [String] {
        if let row = filter.row {
            if case .columns = row.key { return [row.table.name] }
            return []
        }
        return filter.tables.map(\.name)
    }
}

extension Filter {
    /// The first term `row` that stands for itself.
    var row: (table: TablePattern, key: KeyTerm)? {
        for case .term(.row(let table, let key)) in terms { return (table, key) }
        return nil
    }
}

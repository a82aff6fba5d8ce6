import AuditTrail

/// The keys by which rows are looked for, and those that no index may hold.
struct RowKeys: Equatable {
    /// A key that is not indexed, and the column that is to blame.
    struct Refused: Equatable {
        var columns: [String]
        var column: ColumnName
    }

    /// Lists of key columns, each once, in the order of the tables' names.
    var indexed: [[String]] = []
    /// Those of which the values may be too long for an index.
    var long: Set<[String]> = []
    var refused: [Refused] = []
    /// Beyond the limit, less common than those that are indexed.
    var omitted: [[String]] = []
}

extension RowKeys {
    /// In bytes; leaves room for the name of the table and the number of the activity in an entry of 2704.
    private static let longestKey = 2500

    /// The keys of tables that are, or will be, audited; of more than `limit`, those that most tables have.
    ///
    /// An index holds values of up to 2704 bytes, and a longer one makes the writing statement fail. Of a key that may be
    /// longer, those within a limit are indexed. But the index covers all tables, and a column of the same name that is no key elsewhere has
    /// not: where such a column may hold more, the key gets no index.
    init(of targets: [CaptureTarget], limit: Int = .max) {
        let targets = targets.sorted { $0.relation.name < $1.relation.name }
        let free = targets.flatMap(\.unlimitedColumns)
        var counts: [[String]: Int] = [:]
        var keys: [[String]] = []
        for columns in targets.map(\.relation.keyColumns) where !columns.isEmpty {
            counts[columns, default: 0] += 1
            guard counts[columns] == 1 else { continue }
            if let column = free.first(where: { columns.contains($0.name) }) {
                refused.append(Refused(columns: columns, column: column))
            } else {
                keys.append(columns)
            }
        }
        let byCount = keys.enumerated().sorted {
            (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
        }
        let common = Set(byCount.prefix(limit).map(\.element))
        indexed = keys.filter(common.contains)
        omitted = keys.filter { !common.contains($0) }
        let lengths = Dictionary(targets.flatMap(\.columnLengths)) { max($0, $1) }
        long = Set(keys.filter { $0.reduce(0) { $0 + (lengths[$1] ?? 0) } > Self.longestKey })
    }
}

extension CaptureTarget {
    /// The columns that are recorded, belong to no key, and may hold long values.
    fileprivate var unlimitedColumns: [ColumnName] {
        let limited = Set(relation.keyColumns + excludedColumns)
        return zip(relation.columns, relation.columnTypes)
            .filter { name, type in !limited.contains(name) && !isShort(type) }
            .map { ColumnName(table: relation.name, name: $0.0) }
    }
}

extension CaptureTarget {
    /// How many bytes a value of each recorded column has at most, as text.
    fileprivate var columnLengths: [(String, Int)] {
        zip(relation.columns, relation.columnTypes).filter { !excludedColumns.contains($0.0) }
            .map { ($0, longestValue($1) ?? 1_000_000) }
    }
}

/// Whether every value of a type, as SQL spells it, is a text of at most 2048 bytes.
private func isShort(_ type: String) -> Bool { longestValue(type).map { $0 <= 2048 } ?? false }

/// How many bytes a value of a type, as SQL spells it, has at most as text; nil when there is no limit.
private func longestValue(_ type: String) -> Int? {
    let word = type.prefix { $0 != "(" }
    if word == "character varying" || word == "character" {
        // Up to four bytes for each character.
        let length = type.drop { !$0.isNumber }.prefix { $0.isNumber }
        return Int(length).map { $0 * 4 } ?? (type == "character" ? 4 : nil)
    }
    if word == "numeric" && type != "numeric" { return 1100 }
    let isKnown = shortTypes.contains(String(word)) || word.hasPrefix("timestamp") || word.hasPrefix("time ")
    return isKnown ? 64 : nil
}

private let shortTypes: Set = [
    "smallint", "integer", "bigint", "oid", "real", "double precision", "boolean", "uuid", "date", "inet", "cidr",
    "macaddr", "macaddr8", "money", "interval", "name", "\"char\"", "pg_lsn", "xid", "xid8", "point",
]

/// The names of indexes: readable, the same on every run, and no two alike.
enum IndexName {
    /// What the server keeps of a name (`NAMEDATALEN` less the zero at its end).
    private static let byteLimit = 63

    /// The name of an index of an audit table.
    static func ofAuditTable(_ relation: String, _ suffix: String, schema: String) -> String {
        let plain = "ix_\(relation)_\(suffix)"
        let prefixed = schema == "public" ? plain : "ix_\(schema)_\(relation)_\(suffix)"
        // Indexes are looked for in their schema, so that the prefix may fall away first.
        return prefixed.utf8.count <= byteLimit ? prefixed : shortened(plain)
    }

    /// The name of the part of an index that is on a partition.
    static func ofPartition(_ partition: String, _ suffix: String) -> String { shortened("ix_\(partition)_\(suffix)") }

    /// `row_id`, `row_order_id__no` for a key of columns.
    ///
    /// Columns are joined by two underscores, so that `order_id` and (`order`, `id`) differ; where columns have
    /// underscores that leave a doubt, a mark of the whole list settles it.
    static func suffix(_ kind: String, _ columns: [String]) -> String {
        let plain = "\(kind)_\(columns.joined(separator: "__"))"
        let isDoubtful = columns.contains { $0.hasPrefix("_") || $0.hasSuffix("_") || $0.contains("__") }
        guard isDoubtful else { return plain }
        return plain + "_" + mark(of: columns.map { "\($0.utf8.count):\($0)" }.joined())
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > byteLimit else { return name }
        let ending = "_" + mark(of: name)
        var start = String.UnicodeScalarView()
        var bytes = ending.utf8.count
        for scalar in name.unicodeScalars {
            bytes += UTF8.width(scalar)
            if bytes > byteLimit { break }
            start.append(scalar)
        }
        return String(start) + ending
    }

    /// 13 letters and digits that stand for the text: FNV-1a of 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
    ///
    /// Swift's own hash differs from run to run.
    private static func mark(of text: String) -> String {
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 36)
        return String(repeating: "0", count: 13 - digits.count) + digits
    }
}

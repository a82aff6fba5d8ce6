import AuditTrail

extension TableChoice {
    /// A column of a table that can be audited.
    public struct Column: Equatable, Sendable {
        /// The column, unquoted.
        public var name: String
        /// As SQL spells it.
        public var type: String
        /// A made-up value, as the trail would store it.
        public var sample: SampleValue
        /// Whether the table computes its values.
        public var isGenerated: Bool
        /// Whether its name suggests a secret.
        public var isSuspicious: Bool
        /// Whether it stays out of the trail.
        public var isExcluded: Bool

        /// A column from what is known of it.
        public init(
            name: String,
            type: String,
            sample: SampleValue,
            isGenerated: Bool,
            isSuspicious: Bool,
            isExcluded: Bool
        ) {
            self.name = name
            self.type = type
            self.sample = sample
            self.isGenerated = isGenerated
            self.isSuspicious = isSuspicious
            self.isExcluded = isExcluded
        }
    }

    /// A table that can be audited.
    public struct Item: Equatable, Sendable {
        /// The table.
        public var table: TableName
        /// About how many rows it has, in words; `?` when nobody knows.
        public var rows: String
        /// Its key columns; empty without a key.
        public var keyColumns: [String]
        /// All its columns, in the order of the table.
        public var columns: [Column]
        /// What else there is to know.
        public var notes: [String]
        /// Whether it is recorded already, which picking cannot undo.
        public var isAudited: Bool
        /// Whether it is picked.
        public var isPicked = false

        /// A table from what is known of it; unless it is recorded already, columns that look like secrets are excluded.
        public init(
            table: TableName,
            rows: String,
            keyColumns: [String],
            columns: [Column],
            notes: [String],
            isAudited: Bool
        ) {
            self.table = table
            self.rows = rows
            self.keyColumns = keyColumns
            self.columns = columns
            self.notes = notes
            self.isAudited = isAudited
            guard !isAudited else { return }
            for index in columns.indices where columns[index].isSuspicious && !isKey(columns[index]) {
                self.columns[index].isExcluded = true
            }
        }
    }
}

extension TableChoice.Item {
    /// The columns that stay out of the trail.
    var excludedColumns: [TableChoice.Column] { columns.filter(\.isExcluded) }

    /// The columns that the trail will hold.
    var recordedColumns: [TableChoice.Column] { columns.filter { !$0.isExcluded } }

    /// Whether rows are told apart by the column.
    func isKey(_ column: TableChoice.Column) -> Bool { keyColumns.contains(column.name) }

    /// What is left out, what might be, and what else there is to know.
    var remarks: [String] {
        let excluded = excludedColumns.map { sqlIdentifier($0.name) }
        let doubtful = isAudited ? [] : columns.filter { $0.isSuspicious && !$0.isExcluded && !isKey($0) }
        return (excluded.isEmpty ? [] : ["without " + excluded.joined(separator: ", ")])
            + doubtful.map { "\(sqlIdentifier($0.name)): exclude? (c)" } + notes
    }

    /// What there is to know of a column.
    func remarks(on column: TableChoice.Column) -> [String] {
        [
            column.isExcluded ? "excluded" : nil, isKey(column) ? "key" : nil, column.isGenerated ? "generated" : nil,
            column.isSuspicious ? "secret?" : nil,
        ].compactMap(\.self)
    }
}

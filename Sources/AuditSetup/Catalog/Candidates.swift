import AuditTrail

/// A table that could be audited, with what helps a person decide.
public struct Candidate: Equatable, Sendable {
    /// The kinds of table that can be audited.
    public enum Kind: String, Sendable {
        /// An ordinary table.
        case ordinary
        /// A partitioned table, audited with all its partitions.
        case partitioned
    }

    /// A column of it.
    public struct Column: Equatable, Sendable {
        /// The column, unquoted.
        public var name: String
        /// As SQL spells it.
        public var type: String
        /// A value made up from the catalog.
        public var sample: SampleValue
        /// Whether the table computes its values.
        public var isGenerated: Bool
        /// Whether its name suggests a secret, worth excluding.
        public var isSuspicious: Bool
        /// Whether the table is audited without it.
        public var isExcluded: Bool
    }

    /// The table.
    public var name: TableName
    /// What kind of table it is.
    public var kind: Kind
    /// The planner's estimate; nil when the table was never analysed.
    public var estimatedRows: Int64?
    /// In the order of the primary key; empty without one.
    public var keyColumns: [String]
    /// Whether it has capture triggers already.
    public var isAudited: Bool
    /// In the order of the table.
    public var columns: [Column]
    /// In a few words each: `no key`, `partitioned`, `jsonb prefs`, `audited`.
    public var notes: [String]
}

extension Catalog {
    /// The tables that can be audited, in the order of their names; `--all-tables` takes those that are not left out.
    public var candidates: [Candidate] { relations.filter(isCandidate).map(candidate) }

    func isCandidate(_ relation: RelationFacts) -> Bool {
        (relation.kind == .ordinary || relation.kind == .partitioned)
            && relation.root == nil && !relation.isOfExtension && !isAuditTable(relation.name)
            && !hasShapeOfTrail(relation)
    }

    /// Whether a table is made like one of the two of a trail: a partition that was detached, or a template of partitions.
    private func hasShapeOfTrail(_ relation: RelationFacts) -> Bool {
        let columns = Set(relation.columns)
        return Self.trailShapes.contains { $0.isSubset(of: columns) }
    }

    private static let trailShapes = Dictionary(grouping: auditColumns, by: \.relation).values.map {
        Set($0.map(\.name))
    }

    /// Whether the table belongs to a trail: one of the two, or anything in a schema kept for this one.
    func isAuditTable(_ table: TableName) -> Bool {
        let isNamedSo = table.name == "transaction" || table.name == "activity"
        if table.schema == auditSchema { return auditSchema != "public" || isNamedSo }
        return isNamedSo && holdsTrail(table.schema)
    }

    /// Whether a schema holds a trail, by what `installations.sql` goes by.
    private func holdsTrail(_ schema: String) -> Bool {
        func columns(of name: String) -> Set<String> {
            Set(relations.first { $0.name == TableName(schema: schema, name: name) }?.columns ?? [])
        }
        let needed = ["schema", "table_name", "native_transaction_id", "verb", "old_data", "changed_data"]
        return columns(of: "activity").isSuperset(of: needed)
            && columns(of: "transaction").contains("native_transaction_id")
    }

    private func candidate(_ relation: RelationFacts) -> Candidate {
        let documents = zip(relation.columns, relation.columnTypes).filter { $0.1 == "json" || $0.1 == "jsonb" }
        let isAudited = !ownTriggers(of: relation.name).isEmpty
        var notes = documents.map { "\($0.1) \(sqlIdentifier($0.0))" }
        if relation.keyColumns.isEmpty { notes.insert("no key", at: 0) }
        if relation.kind == .partitioned { notes.insert("partitioned", at: 0) }
        if isAudited { notes.insert("audited", at: 0) }
        if isLeft(relation) { notes.insert("left out", at: 0) }
        return Candidate(
            name: relation.name,
            kind: relation.kind == .partitioned ? .partitioned : .ordinary,
            estimatedRows: relation.estimatedRows,
            keyColumns: relation.keyColumns,
            isAudited: isAudited,
            columns: columns(of: relation),
            notes: notes
        )
    }
}

extension Catalog {
    private func columns(of relation: RelationFacts) -> [Candidate.Column] {
        let excluded = Set(excludedColumns(of: relation.name))
        // Both lists are of the same snapshot and in the order of the columns' numbers.
        return zip(columns[relation.name] ?? [], relation.columnTypes).map { column, type in
            Candidate.Column(
                name: column.name,
                type: type,
                sample: column.sample,
                isGenerated: column.isGenerated,
                isSuspicious: isSuspicious(column.name),
                isExcluded: excluded.contains(column.name)
            )
        }
    }
}

/// Whether the name of a column suggests that its values belong in no log.
func isSuspicious(_ column: String) -> Bool {
    let words = column.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let name = words.joined()
    let secretParts = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "privatekey", "accesskey", "signingkey",
        "encryptionkey", "keyhash", "credential", "cardpan", "cardnumber", "creditcard",
    ]
    let secretWords: Set = ["pan", "cvv", "cvc", "pin", "otp", "totp", "salt", "ssn", "pwd", "iban"]
    return secretParts.contains { name.contains($0) } || words.contains { secretWords.contains($0) }
}

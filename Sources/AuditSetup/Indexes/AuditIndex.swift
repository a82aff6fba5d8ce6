import AuditTrail
import Postgres

/// An index of the audit tables.
struct AuditIndex: Equatable, Sendable {
    /// At most 63 bytes: the server would cut off what is beyond.
    var name: String
    /// The name without the table: `table_name_id`.
    var suffix: String
    var relation: String
    /// What follows the table's name in `create index`.
    var definition: SQL
    /// The same as the server spells it, column by column.
    var keys: [String]
    /// The condition as the server spells it; nil when every row is indexed.
    var predicate: String?
    /// That of an index over the same keys which this one takes the place of; nil where there is none.
    var outdatedPredicate: String?
    /// An index over more columns does the same, if it begins with the first of these.
    var needsFirstKeyOnly = false

    init(schema: String, relation: String, suffix: String, definition: SQL, keys: [String], predicate: String?) {
        name = IndexName.ofAuditTable(relation, suffix, schema: schema)
        self.suffix = suffix
        self.relation = relation
        self.definition = definition
        self.keys = keys
        self.predicate = predicate
    }

    /// The indexes of a profile, in the order in which they are worth having.
    ///
    /// Names follow the models of the Python package, which prefix the schema when it is not `public`. That on the
    /// transaction has one name in both profiles; what Alembic makes of its second column, and of the other indexes, is
    /// what `alembicFilter` is for. `rowKeys` are the keys of the tables that are audited, `longKeys` those
    /// of them that may hold long values.
    static func all(
        schema: String,
        profile: Profile,
        rowKeys: [[String]],
        longKeys: Set<[String]> = []
    ) -> [AuditIndex] {
        switch profile {
        case .flask: return [byTransaction(schema: schema, keys: ["native_transaction_id"])]
        case .standard:
            return [plain("activity", ["table_name", "id"], schema: schema)]
                + rowKeys.map { ofRows($0, schema: schema, isLimited: longKeys.contains($0)) }
                + rowKeys.map { ofMovedRows($0, schema: schema, isLimited: longKeys.contains($0)) }
                + [
                    withoutTransaction(schema: schema),
                    plain("transaction", ["actor_id", "id"], schema: schema),
                    byTransaction(schema: schema, keys: ["native_transaction_id", "id"]),
                ]
        }
    }

    private static func plain(
        _ relation: String,
        _ keys: [SQL],
        suffix: String? = nil,
        schema: String
    ) -> AuditIndex {
        AuditIndex(
            schema: schema,
            relation: relation,
            suffix: suffix ?? keys.joined(separator: "_").text,
            definition: "(\(keys.joined(separator: ", ")))",
            keys: keys.map(\.text),
            predicate: nil
        )
    }

    private static func byTransaction(schema: String, keys: [SQL]) -> AuditIndex {
        var index = plain("activity", keys, suffix: "native_transaction_id", schema: schema)
        index.needsFirstKeyOnly = true
        return index
    }

    private static func withoutTransaction(schema: String) -> AuditIndex {
        AuditIndex(
            schema: schema,
            relation: "activity",
            suffix: "without_transaction",
            definition: "(id) where transaction_id is null",
            keys: ["id"],
            predicate: "(transaction_id IS NULL)"
        )
    }

    /// The statement that makes it on the audit table, or on a partition of that.
    func creation(on table: TableName, as name: String, words: SQL = "") -> SQL {
        "create index \(words)\(identifier: name) on \(table.quoted) \(definition);\n"
    }

    /// Whether an index of the catalog is this one, whatever it is called and whether or not it is valid.
    func isExactly(_ facts: IndexFacts) -> Bool {
        facts.isUsual && facts.predicate == predicate && facts.keys == keys
    }

    /// Whether an index of the catalog is the one that this one takes the place of.
    func replaces(_ facts: IndexFacts) -> Bool {
        outdatedPredicate != nil && facts.isUsual && facts.predicate == outdatedPredicate && facts.keys == keys
    }

    /// Whether an index of the catalog does what this one is for.
    func isLike(_ facts: IndexFacts) -> Bool {
        guard needsFirstKeyOnly else { return isExactly(facts) }
        return facts.isUsual && facts.predicate == nil && facts.keys.first == keys.first
    }
}

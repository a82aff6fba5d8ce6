import AuditTrail

/// The relations and triggers of a catalog by table, so that thousands of tables do not take the square of their time.
struct CatalogIndex: Equatable, Sendable {
    let relations: [TableName: RelationFacts]
    let triggers: [TableName: [TriggerFacts]]

    init(_ relations: [RelationFacts], _ triggers: [TriggerFacts]) {
        self.relations = Dictionary(relations.map { ($0.name, $0) }) { first, _ in first }
        self.triggers = Dictionary(grouping: triggers, by: \.table)
    }
}

extension Catalog {
    /// The relation of that name; nil when there is none.
    func relation(_ name: TableName) -> RelationFacts? { index.relations[name] }

    /// All capture triggers on the table, whichever audit schema they write to, in the order of their names.
    func triggers(on table: TableName) -> [TriggerFacts] { index.triggers[table] ?? [] }

    /// The capture triggers of a table that write to this audit schema and were made on the table itself.
    func ownTriggers(of table: TableName) -> [TriggerFacts] {
        triggers(on: table).filter { $0.functionSchema == auditSchema && !$0.isCopy }
    }
}

import AuditTrail

extension Catalog {
    /// Drops the indexes that `index` builds, known by name and definition; nobody else's.
    ///
    /// An index by transaction stays: the models of flask-audit-logger know one, and every list is read by it.
    func addDrops(to plan: inout IndexPlan) {
        for facts in audit.indexes where facts.parent == nil {
            guard let relation = relationOfTrail(facts.table), let index = browsingIndex(facts) else { continue }
            let isPart = facts.table != TableName(schema: auditSchema, name: relation)
            let name = isPart ? IndexName.ofPartition(facts.table.name, index.suffix) : index.name
            guard index.relation == relation, facts.name == name else { continue }
            if index.needsFirstKeyOnly && facts.isValid {
                plan.notes.append("index \(sqlIdentifier(facts.name)) stays: every list of transactions is read by it")
            } else if !isPart && isPartitioned(relation) {
                plan.steps.append(.droppingWithParts(facts.name, on: facts.table))
            } else {
                plan.steps.append(.dropping(facts.name, on: facts.table))
            }
        }
    }

    /// `activity` or `transaction`, whichever the table is, or is a partition of.
    private func relationOfTrail(_ table: TableName) -> String? {
        if let partition = audit.partitions.first(where: { $0.table == table }) { return partition.root }
        return table.schema == auditSchema ? table.name : nil
    }

    private func browsingIndex(_ facts: IndexFacts) -> AuditIndex? {
        AuditIndex.all(schema: auditSchema, profile: .standard, rowKeys: []).first { $0.isExactly(facts) }
            ?? AuditIndex.ofRowKey(facts, schema: auditSchema)
    }
}

extension IndexPlan.Step {
    /// The server drops an index of a partitioned table, and with it that of each partition, in no other way.
    static func droppingWithParts(_ name: String, on table: TableName) -> Self {
        let index = TableName(schema: table.schema, name: name)
        return Self(
            description: "drop index \(sqlIdentifier(name)) of all partitions",
            sql: "drop index \(index.quoted);\n",
            kind: .brief,
            table: table,
            index: name
        )
    }
}

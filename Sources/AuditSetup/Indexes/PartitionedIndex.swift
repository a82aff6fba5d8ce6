import AuditTrail
import Postgres

extension Catalog {
    /// The steps that give a partitioned table an index though the server builds none concurrently there: an index
    /// without parts, then one on each partition, each of them attached (PostgreSQL manual, "CREATE INDEX").
    ///
    /// `dropped` is an index of the whole that is gone by then, with its parts.
    func addParts(of index: AuditIndex, on table: TableName, without dropped: String? = nil, to plan: inout IndexPlan) {
        var whole = indexes(on: table).first(where: index.isExactly)?.name
        if whole == nil {
            plan.steps.append(.preparing(index, on: table, as: index.name))
            whole = index.name
        }
        var names = [table: whole]
        for partition in partitions(of: index.relation) {
            guard let parent = names[partition.parent] ?? nil else { continue }
            if partition.kind == .foreign {
                let note = "\(partition.table) is a foreign table and left out; index it on its own server"
                if !plan.notes.contains(note) { plan.notes.append(note) }
            } else {
                names[partition.table] = addPart(
                    of: index,
                    on: partition,
                    parent: parent,
                    isReplaced: dropped != nil,
                    to: &plan
                )
            }
        }
    }

    /// Returns the name of the partition's index; nil when it cannot have one.
    private func addPart(
        of index: AuditIndex,
        on partition: PartitionFacts,
        parent: String,
        isReplaced: Bool,
        to plan: inout IndexPlan
    ) -> String? {
        let isWhole = partition.kind == .partitioned
        let present = indexes(on: partition.table).filter { !(isReplaced && index.replaces($0)) }
        let usable = present.filter { index.isExactly($0) && (isWhole || $0.isValid) }
        if let part = usable.first(where: { $0.parent == parent }) { return part.name }
        let name: String
        if let free = usable.first(where: { $0.parent == nil }) {
            name = free.name
        } else {
            name = IndexName.ofPartition(partition.table.name, index.suffix)
            if let holder = present.first(where: { $0.name == name }) {
                guard !holder.isValid && holder.parent == nil else {
                    plan.notes.append("index \(sqlIdentifier(name)) is left out: \(nameTaken)")
                    return nil
                }
                plan.steps.append(.dropping(name, on: partition.table, isUnfinished: true))
            }
            plan.steps.append(
                isWhole
                    ? .preparing(index, on: partition.table, as: name)
                    : .building(index, on: partition.table, as: name)
            )
        }
        plan.steps.append(.attaching(name, of: partition, to: parent))
        return name
    }
}

extension IndexPlan.Step {
    fileprivate static func preparing(_ index: AuditIndex, on table: TableName, as name: String) -> Self {
        let sql: SQL = "create index \(identifier: name) on only \(table.quoted) \(index.definition);\n"
        return Self(
            description: "prepare index \(sqlIdentifier(name))",
            sql: sql,
            kind: .brief,
            table: table,
            index: name
        )
    }

    fileprivate static func attaching(_ name: String, of partition: PartitionFacts, to parent: String) -> Self {
        let whole = TableName(schema: partition.parent.schema, name: parent)
        let part = TableName(schema: partition.table.schema, name: name)
        return Self(
            description: "attach index \(sqlIdentifier(name)) to \(sqlIdentifier(parent))",
            sql: "alter index \(whole.quoted) attach partition \(part.quoted);\n",
            kind: .brief,
            table: partition.table,
            index: name
        )
    }
}

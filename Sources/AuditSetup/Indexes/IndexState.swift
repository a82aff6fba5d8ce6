import AuditTrail

/// How an index that is wanted stands in the catalog.
enum IndexState: Equatable {
    /// It is there, under whatever name.
    case present
    /// It is not there, or not on every partition.
    case missing
    /// Its name belongs to an index that was not finished.
    case unfinished
    /// Its name belongs to an index of another definition.
    case nameTaken
    /// One of this name is there that it takes the place of.
    case outdated(String)

    var isOutdated: Bool { if case .outdated = self { true } else { false } }
}

extension Catalog {
    func indexes(on table: TableName) -> [IndexFacts] { audit.indexes.filter { $0.table == table } }

    /// In an order in which each comes after the one that it is a partition of.
    func partitions(of relation: String) -> [PartitionFacts] { audit.partitions.filter { $0.root == relation } }

    func isPartitioned(_ relation: String) -> Bool {
        self.relation(TableName(schema: auditSchema, name: relation))?.kind == .partitioned
    }

    func state(of index: AuditIndex) -> IndexState {
        let table = TableName(schema: auditSchema, name: index.relation)
        if let outdated = indexes(on: table).first(where: index.replaces) { return .outdated(outdated.name) }
        let alike = indexes(on: table).filter(index.isLike)
        let isPartitioned = isPartitioned(index.relation)
        // What only does the same is not completed with parts of ours, which it would not take.
        let isPresent = alike.contains { facts in
            isPartitioned ? isComplete(facts) || !index.isExactly(facts) : facts.isValid
        }
        if isPresent { return .present }
        guard let holder = indexes(on: table).first(where: { $0.name == index.name }) else { return .missing }
        if isPartitioned { return index.isExactly(holder) ? .missing : .nameTaken }
        return holder.isValid ? .nameTaken : .unfinished
    }

    /// Whether the index of a partitioned table is on each partition that this server holds.
    ///
    /// The server calls an index that was made partition by partition invalid for ever when one is a foreign table; new
    /// partitions get it all the same.
    private func isComplete(_ index: IndexFacts) -> Bool {
        audit.partitions.filter { $0.parent == index.table && $0.kind != .foreign }.allSatisfy { partition in
            indexes(on: partition.table).contains { part in
                part.parent == index.name && (partition.kind == .partitioned ? isComplete(part) : part.isValid)
            }
        }
    }
}

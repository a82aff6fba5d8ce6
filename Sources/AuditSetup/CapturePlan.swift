import AuditTrail

/// One table that a request is about, with what its triggers shall leave out.
struct CaptureTarget {
    var relation: RelationFacts
    var excludedColumns: [String]
}

extension Catalog {
    /// The tables of a request in the order of their names, checked.
    func targets(of request: InstallRequest, installation: Installation) throws(SetupError) -> [CaptureTarget] {
        let audited = Set(auditedTables)
        var names = Set(request.tables)
        if request.allTables { names.formUnion(candidates.map(\.name)) }
        for column in request.excludedColumns where !names.contains(column.table) {
            guard audited.contains(column.table) else { throw .excludedFromUnaudited(column) }
            names.insert(column.table)
        }
        if mustRefreshTables(installation) { names.formUnion(audited) }
        var targets: [CaptureTarget] = []
        for name in names.sorted() {
            let relation = try auditable(name, among: names)
            targets.append(CaptureTarget(relation: relation, excludedColumns: try exclusions(of: relation, request)))
        }
        return targets
    }

    /// Triggers that another program or version has made are brought up to date, also of tables that nobody named.
    private func mustRefreshTables(_ installation: Installation) -> Bool {
        switch installation {
        case .absent, .history: false
        case .flaskAuditLogger: true
        case .ours(let mark): mark.version < .current
        }
    }

    private func auditable(_ name: TableName, among names: Set<TableName>) throws(SetupError) -> RelationFacts {
        guard let relation = relation(name) else { throw .unknownTable(name.description, suggestions: []) }
        if isAuditTable(name) { throw .auditTable(name) }
        switch relation.kind {
        case .ordinary, .partitioned: break
        case .view: throw .notATable(name, kind: "a view")
        case .materializedView: throw .notATable(name, kind: "a materialized view")
        case .foreign: throw .notATable(name, kind: "a foreign table")
        }
        let others = triggers.filter { $0.table == name }
        if let parent = relation.root, names.contains(parent) || others.contains(where: \.isCopy) {
            throw .coveredByParent(name, parent: parent)
        }
        if let other = others.first(where: { $0.functionSchema != auditSchema }) {
            throw .auditedElsewhere(name, auditSchema: other.functionSchema)
        }
        return relation
    }

    private func exclusions(of relation: RelationFacts, _ request: InstallRequest) throws(SetupError) -> [String] {
        var columns: [String] = []
        for column in request.excludedColumns where column.table == relation.name && !columns.contains(column.name) {
            guard relation.columns.contains(column.name) else {
                throw .unknownColumn(column, suggestions: nearest(to: column.name, among: relation.columns))
            }
            columns.append(column.name)
        }
        return columns.isEmpty ? excludedColumns(of: relation.name) : columns
    }

    /// What gives the table its four triggers; empty when it has them.
    func captureSteps(_ target: CaptureTarget) throws(SetupError) -> [Plan.Step] {
        let table = target.relation.name
        let installed = ownTriggers(of: table)
        var sql = partitionTriggerDrops(below: target.relation)
        for trigger in CaptureTrigger.allCases {
            let present = installed.first { $0.name == trigger.name }
            if let present {
                if trigger.matches(present, on: target.relation, excluding: target.excludedColumns) { continue }
                sql += dropTrigger(present.name, on: table)
            }
            sql += trigger.creation(
                on: target.relation,
                auditSchema: auditSchema,
                excluding: target.excludedColumns
            )
        }
        guard !sql.isEmpty else { return [] }
        guard target.relation.isOwned else { throw .notOwner(table, role: server.role) }
        return [Plan.Step(description(of: target, isNew: installed.isEmpty), sql, table: table)]
    }

    /// A partition that was audited alone has triggers of the names that its parent's copies need.
    private func partitionTriggerDrops(below relation: RelationFacts) -> String {
        guard relation.kind == .partitioned else { return "" }
        return relations.filter { $0.root == relation.name }.flatMap { ownTriggers(of: $0.name) }
            .map { dropTrigger($0.name, on: $0.table) }.joined()
    }

    private func description(of target: CaptureTarget, isNew: Bool) -> String {
        let table = target.relation.name
        let present = excludedColumns(of: table)
        let wanted = target.excludedColumns
        let list = wanted.map(sqlIdentifier).joined(separator: ", ")
        if isNew { return "audit \(table)" + (wanted.isEmpty ? "" : " without \(list)") }
        guard Set(present) != Set(wanted) else { return "replace the triggers of \(table)" }
        let before = present.isEmpty ? "none" : present.map(sqlIdentifier).joined(separator: ", ")
        return "change the excluded columns of \(table) from \(before) to \(list)"
    }
}

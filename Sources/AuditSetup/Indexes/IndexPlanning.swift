import AuditTrail
import Postgres

extension Catalog {
    /// The steps from the indexes that are there to those that browsing wants, or to none of them.
    ///
    /// Whoever made the installation, and whatever its profile. Asks the server nothing. Throws
    /// `SetupError.notIndexable`, `.notInstalled`, `.foreignSchema`, `.auditTablesOfAnother` and `.cannotCreate`.
    public func plan(for request: IndexRequest) throws(SetupError) -> IndexPlan {
        try requireTables()
        guard try installation() != .absent else { throw .notInstalled(schema: auditSchema) }
        guard audit.objects.ownsTables else { throw .auditTablesOfAnother(schema: auditSchema, role: server.role) }
        guard request.drop || audit.objects.canCreate else {
            throw .cannotCreate(schema: auditSchema, role: server.role)
        }
        var plan = IndexPlan(lockTimeoutMilliseconds: request.lockTimeoutMilliseconds)
        if request.drop {
            addDrops(to: &plan)
        } else {
            addBuilds(to: &plan)
        }
        return plan
    }

    /// The schemas whose audit trail is no table, and which therefore count as no installation.
    public var trailsWithoutTables: [String] {
        relations.filter { isWithoutIndexes($0) && Set(Self.trailColumns).isSubset(of: $0.columns) }.map(\.name.schema)
    }

    private static let trailColumns = ["native_transaction_id", "table_name", "verb", "old_data", "changed_data"]

    private func isWithoutIndexes(_ relation: RelationFacts) -> Bool {
        relation.name.name == "activity" && relation.kind != .ordinary && relation.kind != .partitioned
    }

    private func requireTables() throws(SetupError) {
        for name in ["activity", "transaction"] {
            guard let relation = relation(TableName(schema: auditSchema, name: name)) else { continue }
            switch relation.kind {
            case .ordinary, .partitioned: break
            case .view: throw .notIndexable(relation.name, kind: "a view")
            case .materializedView: throw .notIndexable(relation.name, kind: "a materialized view")
            case .foreign: throw .notIndexable(relation.name, kind: "a foreign table")
            }
        }
    }

    private func addBuilds(to plan: inout IndexPlan) {
        let (wanted, rowKeys) = indexes(of: .standard, rowKeyLimit: .max)
        for index in wanted {
            let table = TableName(schema: auditSchema, name: index.relation)
            switch state(of: index) {
            case .present: break
            case .outdated(let name) where isPartitioned(index.relation):
                plan.steps.append(.droppingWithParts(name, on: table))
                addParts(of: index, on: table, without: name, to: &plan)
            case .outdated(let name):
                plan.steps.append(.dropping(name, on: table))
                plan.steps.append(.building(index, on: table, as: index.name))
            case .missing where isPartitioned(index.relation): addParts(of: index, on: table, to: &plan)
            case .missing: plan.steps.append(.building(index, on: table, as: index.name))
            case .unfinished:
                plan.steps.append(.dropping(index.name, on: table, isUnfinished: true))
                plan.steps.append(.building(index, on: table, as: index.name))
            case .nameTaken: plan.notes.append("index \(sqlIdentifier(index.name)) is left out: \(nameTaken)")
            }
        }
        plan.notes += rowKeys.notes
        if !plan.isEmpty { addAdvice(to: &plan, wanted) }
    }

    private func addAdvice(to plan: inout IndexPlan, _ wanted: [AuditIndex]) {
        guard server.hasAlembic else { return }
        let present = ["activity", "transaction"].flatMap { indexes(on: TableName(schema: auditSchema, name: $0)) }
        let made = plan.steps.filter { $0.kind != .drop && $0.table.schema == auditSchema }.map(\.index)
        let known = present.filter { facts in wanted.contains { $0.isExactly(facts) } }.map(\.name)
        plan.droppedByAlembic = Set(known + made.filter { name in wanted.contains { $0.name == name } }).sorted()
        plan.alembicFilter = AuditSetup.alembicFilter(auditSchema: auditSchema)
    }
}

extension IndexPlan.Step {
    static func building(_ index: AuditIndex, on table: TableName, as name: String) -> Self {
        Self(
            description: "build index \(sqlIdentifier(name))",
            sql: index.creation(on: table, as: name, words: "concurrently "),
            kind: .build,
            table: table,
            index: name
        )
    }

    static func dropping(_ name: String, on table: TableName, isUnfinished: Bool = false) -> Self {
        let index = TableName(schema: table.schema, name: name)
        return Self(
            description: "drop \(isUnfinished ? "unfinished " : "")index \(sqlIdentifier(name))",
            sql: "drop index concurrently \(index.quoted);\n",
            kind: .drop,
            table: table,
            index: name
        )
    }
}

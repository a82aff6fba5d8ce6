import AuditTrail
import Postgres

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
        if request.allTables {
            let left = Set(try left(after: request))
            names.formUnion(relations.filter { isCandidate($0) && !isLeft($0) && !left.contains($0.name) }.map(\.name))
        }
        for column in request.excludedColumns + request.includedColumns where !names.contains(column.table) {
            guard audited.contains(column.table) else { throw .excludedFromUnaudited(column) }
            names.insert(column.table)
        }
        if mustRefreshTables(installation) || mustGrantAnew || request.isRepair || hasOtherSwitch(request) {
            names.formUnion(audited)
        }
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

    /// What capture functions were granted is gone with what it was granted on, and comes with each function.
    private var mustGrantAnew: Bool {
        isRemnant
            || ["audit_transaction", "audit_move"].contains { name in !audit.functions.contains { $0.name == name } }
    }

    private func hasOtherSwitch(_ request: InstallRequest) -> Bool {
        request.always.map { $0 != audit.mark?.isAlways ?? false } ?? false
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
        let others = triggers(on: name)
        if let parent = relation.root, names.contains(parent) || others.contains(where: \.isCopy) {
            throw .coveredByParent(name, parent: parent)
        }
        if let other = others.first(where: { $0.functionSchema != auditSchema }) {
            throw .auditedElsewhere(name, auditSchema: other.functionSchema)
        }
        return relation
    }

    /// What gives the table its four triggers; empty when it has them.
    func captureSteps(_ target: CaptureTarget, _ settings: InstallSettings) throws(SetupError) -> [Plan.Step] {
        let table = target.relation.name
        let excluded = target.excludedColumns
        let installed = ownTriggers(of: table)
        let function = captureFunction(of: target.relation, excluding: excluded, isAlways: settings.isAlways)
        var sql: SQL =
            function.isInstalled(in: self) && !mustGrantAnew
            ? "" : function.creation(for: server, replacing: self.installed(function))
        sql += partitionTriggerDrops(below: target.relation)
        let wanted = CaptureTrigger.all(for: function)
        for trigger in wanted {
            if let present = installed.first(where: { $0.name == trigger.name }) {
                if trigger.matches(present, for: function, excluding: excluded, isAlways: settings.isAlways) {
                    continue
                }
                sql += dropTrigger(present.name, on: table)
            }
            sql += trigger.creation(for: function, excluding: excluded, isAlways: settings.isAlways)
        }
        for trigger in installed where !wanted.contains(where: { $0.name == trigger.name }) {
            sql += dropTrigger(trigger.name, on: table)
        }
        guard !sql.isEmpty else { return [] }
        guard target.relation.isOwned else { throw .notOwner(table, role: server.role) }
        let isRenewed = !installed.isEmpty && !function.isInstalled(in: self)
        let description = description(of: target, isNew: installed.isEmpty, isRenewed: isRenewed)
        return [Plan.Step(description, sql, table: table)]
    }

    private func installed(_ function: CaptureFunction) -> AuditFacts.Function? {
        audit.functions.first { $0.name == function.name && $0.arguments.isEmpty }
    }

    /// The function that captures a table as it is now.
    func captureFunction(of relation: RelationFacts, excluding excluded: [String], isAlways: Bool) -> CaptureFunction {
        CaptureFunction(
            for: relation,
            columns: columns[relation.name] ?? [],
            excluding: excluded,
            auditSchema: auditSchema,
            isAlways: isAlways
        )
    }

    /// What drops the functions of tables that are called otherwise by now, or are gone.
    func orphanSteps(keeping targets: [CaptureTarget]) -> [Plan.Step] {
        let needed = Set((auditedTables.compactMap(relation) + targets.map(\.relation)).map(\.captureFunctionName))
        let used = Set(
            triggers.filter { $0.functionSchema == auditSchema }.filter { trigger in
                !targets.contains { $0.relation.name == trigger.table }
            }.map(\.functionName)
        )
        let orphans = audit.functions.filter { function in
            function.isOfOneTable && !needed.contains(function.name) && !used.contains(function.name)
                && isTrusted(function.owner, function.isOfSuperuser)
        }
        guard !orphans.isEmpty else { return [] }
        let sql: [SQL] = orphans.map { "drop function \(SQL.name(auditSchema, $0.name))();\n" }
        return [Plan.Step("drop the functions of tables that are gone", sql.joined())]
    }

    /// What drops the functions that earlier versions needed.
    func obsoleteSteps(_ settings: InstallSettings) -> [Plan.Step] {
        let obsolete = audit.functions.filter { function in
            guard Routine.signatures[function.name]?.contains(function.arguments) ?? false,
                function.name != "audit_notify", function.name != "get_setting"
            else { return false }
            return !settings.routines.contains { $0.name == function.name && $0.arguments == function.arguments }
        }
        guard !obsolete.isEmpty else { return [] }
        let sql: [SQL] = obsolete.map {
            "drop function \(SQL.name(auditSchema, $0.name))(\(SQL(verbatim: $0.arguments)));\n"
        }
        return [Plan.Step("drop the functions of an earlier version", sql.joined())]
    }

    /// A partition that was audited alone has triggers of the names that its parent's copies need.
    private func partitionTriggerDrops(below relation: RelationFacts) -> SQL {
        guard relation.kind == .partitioned else { return "" }
        return relations.filter { $0.root == relation.name }.flatMap { ownTriggers(of: $0.name) }
            .map { dropTrigger($0.name, on: $0.table) }.joined()
    }

    private func description(of target: CaptureTarget, isNew: Bool, isRenewed: Bool) -> String {
        let table = target.relation.name
        let present = excludedColumns(of: table)
        let wanted = target.excludedColumns
        let list = wanted.map(sqlIdentifier).joined(separator: ", ")
        if isNew { return "audit \(table)" + (wanted.isEmpty ? "" : " without \(list)") }
        guard Set(present) != Set(wanted) else {
            return isRenewed ? "renew the capture of \(table)" : "replace the triggers of \(table)"
        }
        let before = present.isEmpty ? "none" : present.map(sqlIdentifier).joined(separator: ", ")
        return "change the excluded columns of \(table) from \(before) to \(list)"
    }
}

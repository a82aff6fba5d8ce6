import AuditTrail
import Postgres

extension Catalog {
    /// The steps from what is to what the request asks for.
    ///
    /// Asks the server nothing. Throws the cases of `SetupError` that say what is wrong with the request, the rights or
    /// what is installed.
    public func plan(for request: InstallRequest) throws(SetupError) -> Plan {
        let installation = try installation()
        let settings = try InstallSettings(of: self, installation: installation, request: request)
        let targets = try targets(of: request, installation: installation)
        var plan = Plan(lockTimeoutMilliseconds: request.lockTimeoutMilliseconds)
        try requireRights(installation)
        try requireOwnership(
            installation,
            settings,
            targets,
            trustingOwner: request.trustOwner,
            notifying: request.notify ?? audit.objects.hasNotification
        )
        plan.steps += schemaSteps(settings)
        plan.steps += missingColumnSteps(settings)
        plan.steps += tableSteps(installation, settings)
        plan.steps += referenceCheckSteps(installation)
        plan.steps += notificationSteps(request.notify, installation)
        addIndexes(to: &plan, installation, settings, targets)
        plan.steps += routineSteps(settings)
        for target in targets { plan.steps += try captureSteps(target, settings) }
        plan.steps += rightSteps()
        plan.steps += orphanSteps(keeping: targets)
        plan.steps += obsoleteSteps(settings)
        plan.steps += markSteps(settings)
        plan.notes += replicationNotes
        if !plan.isEmpty { addAdvice(to: &plan, settings) }
        plan.notes += exclusionNotes(targets, request)
        plan.notes += notificationNote(request.notify ?? false)
        return plan
    }

    /// Whether this program's installation is older than the program, or has lost something, so that `init` has work
    /// to do though no table is named.
    public var needsRepair: Bool {
        var request = InstallRequest()
        request.trustOwner = true
        if !isRemnant { guard case .ours = try? installation() else { return false } }
        return (try? plan(for: request)).map { !$0.isEmpty } ?? false
    }

    private func requireRights(_ installation: Installation) throws(SetupError) {
        if installation != .absent && !audit.objects.ownsTables {
            throw .auditTablesOfAnother(schema: auditSchema, role: server.role)
        }
        let canCreate = audit.objects.schemaExists ? audit.objects.canCreate : server.canCreateSchema
        if !canCreate { throw .cannotCreate(schema: auditSchema, role: server.role) }
    }

    private func schemaSteps(_ settings: InstallSettings) -> [Plan.Step] {
        var steps: [Plan.Step] = []
        if !audit.objects.schemaExists {
            let schema = SQL.identifier(auditSchema)
            let sql: SQL = """
                create schema \(schema);
                revoke all on schema \(schema) from public;
                comment on schema \(schema) is 'Audit trail made by audit-tui.';
                """
            steps.append(Plan.Step("create schema \(sqlIdentifier(auditSchema))", sql + "\n"))
        }
        if settings.profile == .flask && !server.hasBtreeGist && server.canCreateBtreeGist {
            // Not used here: the migrations of flask-audit-logger ask for it.
            let sql: SQL = "create extension if not exists btree_gist with schema public;\n"
            steps.append(Plan.Step("create extension btree_gist", sql))
        }
        return steps
    }

    private func tableSteps(_ installation: Installation, _ settings: InstallSettings) -> [Plan.Step] {
        let schema = SQL.identifier(auditSchema)
        var steps: [Plan.Step] = []
        if installation == .absent {
            var sql = Template(SQLFiles.auditTables)
                .filled(with: ["schema": .text(auditSchema), "actor_type": .sql(settings.actor?.type ?? "text")])
            if let actor = settings.actor {
                let key: SQL = "\(actor.table.quoted) (\(identifier: actor.key))"
                sql += "alter table \(schema).transaction add foreign key (actor_id) references \(key);\n"
            }
            let names = "\(sqlIdentifier(auditSchema)).transaction and \(sqlIdentifier(auditSchema)).activity"
            steps.append(Plan.Step("create tables \(names)", sql, table: settings.actor?.table))
        } else if !audit.objects.hasConstraint && !isPartitioned("transaction") {
            let sql: SQL =
                "alter table \(schema).transaction add constraint transaction_unique_native_tx_id\n"
                + "    exclude using btree (native_transaction_id with =, issued_at with =);\n"
            steps.append(Plan.Step("make transaction rows unique", sql, table: auditTable("transaction")))
        }
        if let column = audit.columns(of: "transaction").first(where: { $0.name == "actor_id" }), column.isDomain {
            // The checks of a domain would run with the rights of the trail's owner.
            let sql: SQL =
                "alter table \(schema).transaction alter column actor_id type \(settings.actorBaseType);\n"
            let step = Plan.Step("take the domain from transaction.actor_id", sql, table: auditTable("transaction"))
            steps.append(step)
        }
        if server.hasLZ4 && !isCompressed {
            let sql: SQL =
                "alter table \(schema).activity\n    alter column old_data set compression lz4,\n"
                + "    alter column changed_data set compression lz4;\n"
            let lock = installation == .absent ? nil : auditTable("activity")
            steps.append(Plan.Step("compress the values of activity with lz4", sql, table: lock))
        }
        steps += partitionCompressionSteps()
        if settings.profile == .standard && !hasContext {
            let sql: SQL = "alter table \(schema).transaction add column context jsonb;\n"
            steps.append(Plan.Step("add column transaction.context", sql, table: auditTable("transaction")))
        }
        if installation == .absent || audit.objects.isAlterable {
            let sql = Template(SQLFiles.appendOnly).filled(with: ["schema": .text(auditSchema)])
            steps.append(Plan.Step("make the audit tables append-only for everyone but their owner", sql))
        }
        let isCommented = audit.columns.allSatisfy(\.isCommented) && hasContext && missingColumns.isEmpty
        if settings.profile == .standard && !isCommented {
            let sql = Template(SQLFiles.comments).filled(with: ["schema": .text(auditSchema)])
            steps.append(Plan.Step("comment the audit tables and their columns", sql))
        }
        return steps
    }

    private var isCompressed: Bool {
        let columns = audit.columns(of: "activity").filter { $0.name == "old_data" || $0.name == "changed_data" }
        return !columns.isEmpty && columns.allSatisfy { $0.compression == "l" }
    }

    private func auditTable(_ name: String) -> TableName { TableName(schema: auditSchema, name: name) }

    private func routineSteps(_ settings: InstallSettings) -> [Plan.Step] {
        let steps = settings.routines.filter { !isInstalled($0) }.map { routine in
            let verb = audit.functions.contains { $0.name == routine.name } ? "replace" : "create"
            return Plan.Step(
                "\(verb) function \(sqlIdentifier(auditSchema)).\(routine.name)",
                routine.sql + handingOver(routine.signature(in: auditSchema))
            )
        }
        return steps + transactionTriggerSteps(isAlways: settings.isAlways)
    }

    private func markSteps(_ settings: InstallSettings) -> [Plan.Step] {
        let mark = VersionMark(
            version: .current,
            profile: settings.profile,
            isAlways: settings.isAlways,
            left: settings.left
        )
        guard audit.mark != mark else { return [] }
        let function: SQL = "\(identifier: auditSchema).create_activity()"
        let sql: SQL = "comment on function \(function) is \(literal: mark.text);\n"
        var steps = [Plan.Step("mark the installation as \(mark.version), profile \(mark.profile.rawValue)", sql)]
        if mark.left != audit.mark?.left ?? [] {
            let tables = mark.left.map(\.description).joined(separator: ", ")
            steps[0].description +=
                tables.isEmpty ? ", no table left out on purpose" : ", left out on purpose: \(tables)"
        }
        return steps
    }

    private func addAdvice(to plan: inout Plan, _ settings: InstallSettings) {
        if settings.isProfileOfAlembic {
            plan.notes.append(
                "profile flask since a table alembic_version is there: Alembic would propose to drop what profile standard "
                    + "adds, which records the role and application, too; --profile standard takes that"
            )
        }
        guard settings.profile == .standard && server.hasAlembic && !hasContext else { return }
        plan.alembicFilter = AuditSetup.alembicFilter(auditSchema: auditSchema)
    }
}

import AuditTrail
import Postgres

extension Catalog {
    /// The steps that stop capture for the named tables, or take the whole installation away.
    ///
    /// Empty when there is nothing to remove. Throws `SetupError.notInstalled`, `.foreignSchema`, `.notOwner`,
    /// `.auditTablesOfAnother`.
    public func plan(for request: RemovalRequest) throws(SetupError) -> Plan {
        if !isRemnant {
            guard try installation() != .absent else { throw .notInstalled(schema: auditSchema) }
        }
        if request.tables.isEmpty && !audit.objects.ownsTables && !isRemnant {
            throw .auditTablesOfAnother(schema: auditSchema, role: server.role)
        }
        try requireOwnershipForRemoval()
        var plan = Plan(lockTimeoutMilliseconds: request.lockTimeoutMilliseconds)
        let tables = request.tables.isEmpty ? auditedTables : Set(request.tables).sorted()
        for table in tables {
            if let step = try releaseStep(table) { plan.steps.append(step) }
        }
        guard request.tables.isEmpty else { return plan }
        plan.steps += functionSteps()
        if request.purge && !isRemnant { plan.steps += purgeSteps() }
        return plan
    }

    private func releaseStep(_ table: TableName) throws(SetupError) -> Plan.Step? {
        let triggers = ownTriggers(of: table)
        guard !triggers.isEmpty else { return nil }
        guard relation(table)?.isOwned ?? false else { throw .notOwner(table, role: server.role) }
        var sql: SQL = triggers.map { dropTrigger($0.name, on: table) }.joined()
        let names = Set(triggers.map(\.functionName))
        for name in names.sorted()
        where audit.functions.contains(where: { $0.name == name && $0.isOfOneTable && !isUsed(name, besides: table) }) {
            sql += "drop function \(SQL.name(auditSchema, name))();\n"
        }
        return Plan.Step("stop auditing \(table)", sql, table: table)
    }

    private func isUsed(_ function: String, besides table: TableName) -> Bool {
        triggers.contains { trigger in
            trigger.functionSchema == auditSchema && trigger.functionName == function && trigger.table != table
                && !trigger.isCopy
        }
    }

    private func functionSteps() -> [Plan.Step] {
        var sql: SQL = ""
        let transaction = TableName(schema: auditSchema, name: "transaction")
        sql += transactionTriggerRemoval + notificationRemoval
        let dropped = Set(auditedTables.flatMap(ownTriggers).map(\.functionName))
        for function in audit.functions
        where isOurs(function) && !dropped.contains(function.name) && function.name != "audit_notify" {
            sql += "drop function \(SQL.name(auditSchema, function.name))(\(SQL(verbatim: function.arguments)));\n"
        }
        guard !sql.isEmpty else { return [] }
        if !isRemnant { sql += referenceCheckRestoration }
        return [Plan.Step("drop the functions of the audit trail", sql, table: isRemnant ? nil : transaction)]
    }

    /// A function of another signature that has one of our names belongs to the person.
    private func isOurs(_ function: AuditFacts.Function) -> Bool {
        if function.isOfOneTable { return true }
        guard Routine.signatures[function.name]?.contains(function.arguments) ?? false else { return false }
        return !isRemnant || Routine.isOfAnyVersion(function.name, function.body)
    }

    private func purgeSteps() -> [Plan.Step] {
        let schema = SQL.identifier(auditSchema)
        let activity = TableName(schema: auditSchema, name: "activity")
        var steps = [
            Plan.Step(
                "drop tables \(sqlIdentifier(auditSchema)).activity and \(sqlIdentifier(auditSchema)).transaction "
                    + "with all history",
                "drop table \(schema).activity;\ndrop table \(schema).transaction;\n",
                table: activity
            )
        ]
        if audit.objects.isOurSchemaAlone {
            steps.append(Plan.Step("drop schema \(sqlIdentifier(auditSchema))", "drop schema \(schema);\n"))
        }
        return steps
    }
}

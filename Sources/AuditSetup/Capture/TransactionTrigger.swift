import AuditTrail
import Postgres

/// The triggers on the transaction table, each of which calls the function of its name.
enum TransactionTrigger: String, CaseIterable {
    /// Fills a row with what its writer does not say.
    case complete = "complete_transaction"
    /// Leaves where the row is to what is captured after it.
    case place = "place_transaction"

    private var event: SQL {
        switch self {
        case .complete: "before insert"
        case .place: "after insert"
        }
    }

    private var work: String {
        switch self {
        case .complete: "complete transaction rows"
        case .place: "leave the place of transaction rows"
        }
    }

    func creation(in auditSchema: String) -> SQL {
        let schema = SQL.identifier(auditSchema)
        return """
            create trigger \(identifier: rawValue)
                \(event) on \(schema).transaction
                for each row
                execute function \(schema).\(identifier: rawValue)();

            """
    }

    func creationStep(in auditSchema: String, after drops: SQL) -> Plan.Step {
        let table = TableName(schema: auditSchema, name: "transaction")
        return Plan.Step(work, drops + creation(in: auditSchema), table: table)
    }

    /// What has the trigger fire in the sessions in which changes are captured, and in no others.
    func modeStep(in auditSchema: String, isAlways: Bool) -> Plan.Step {
        let table = TableName(schema: auditSchema, name: "transaction")
        let mode: SQL = isAlways ? "enable always" : "enable"
        let sql: SQL = "alter table \(table.quoted) \(mode) trigger \(identifier: rawValue);\n"
        return Plan.Step("\(work) of \(isAlways ? "all sessions" : "ordinary sessions")", sql, table: table)
    }
}

extension Catalog {
    func transactionTriggerSteps(isAlways: Bool) -> [Plan.Step] {
        let missing = TransactionTrigger.allCases.filter { !audit.objects.transactionTriggers.contains($0.rawValue) }
        let creations = missing.map { $0.creationStep(in: auditSchema, after: dropsBelow($0)) }
        let modes = TransactionTrigger.allCases.filter { isAlways != firesAlways($0) }
        return creations + modes.map { $0.modeStep(in: auditSchema, isAlways: isAlways) }
    }

    private func firesAlways(_ trigger: TransactionTrigger) -> Bool {
        audit.objects.transactionTriggersAlways.contains(trigger.rawValue)
    }

    /// A table that became a partition has the trigger that the whole one gives to each.
    private func dropsBelow(_ trigger: TransactionTrigger) -> SQL {
        audit.strangeObjects.filter { object in
            object.kind == .trigger && object.name == trigger.rawValue && isOfInstallation(object)
                && partitions(of: "transaction").contains { $0.table == object.table }
        }.compactMap(\.table).map { dropTrigger(trigger.rawValue, on: $0) }.joined()
    }

    var transactionTriggerRemoval: SQL {
        let table = TableName(schema: auditSchema, name: "transaction")
        return TransactionTrigger.allCases.map(\.rawValue).filter(audit.objects.transactionTriggers.contains)
            .map { dropTrigger($0, on: table) }.joined()
    }

    func transactionTriggerHoles() -> [Hole] {
        let table = TableName(schema: auditSchema, name: "transaction")
        return TransactionTrigger.allCases.compactMap { trigger in
            let isMissing = !audit.objects.transactionTriggers.contains(trigger.rawValue)
            guard isMissing || audit.mark?.isAlways == true && !firesAlways(trigger) else { return nil }
            let what = isMissing ? "is missing" : "does not fire in replica sessions"
            let detail = "trigger \(trigger.rawValue) \(what); audit-tui init repairs it"
            return Hole(kind: .stale, table: table, detail: detail)
        }
    }
}

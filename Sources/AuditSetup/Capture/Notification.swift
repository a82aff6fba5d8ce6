import AuditTrail
import Postgres

/// Telling sessions that listen of each transaction that has written to the trail, so that whoever follows need not wait
/// for the next look.
///
/// Not installed unless it is asked for: the server hands notifications out one commit at a time.
extension Catalog {
    /// Whether the installation tells.
    private var isNotifying: Bool { audit.functions.contains { $0.name == "audit_notify" && $0.arguments.isEmpty } }

    /// Installs the trigger or takes it away, when that is asked for and not so yet.
    func notificationSteps(_ wanted: Bool?, _ installation: Installation) -> [Plan.Step] {
        guard let wanted, wanted != (isNotifying && audit.objects.hasNotification) else { return [] }
        let table = installation == .absent ? nil : TableName(schema: auditSchema, name: "activity")
        guard wanted else {
            return [Plan.Step("tell nobody of what is written", notificationRemoval, table: table)]
        }
        let sql = Template(SQLFiles.auditNotify).filled(with: ["schema": .text(auditSchema)])
        return [Plan.Step("tell sessions that listen of what is written", sql, table: table)]
    }

    /// That a transaction which tells cannot be prepared, where that is possible at all.
    func notificationNote(_ isTelling: Bool) -> [String] {
        guard isTelling && audit.objects.preparesTransactions else { return [] }
        return [
            "a transaction that tells sessions of what it wrote cannot be prepared: prepare transaction fails for what is "
                + "recorded; audit-tui init --no-notify ends that"
        ]
    }

    /// What takes the trigger and its function away.
    var notificationRemoval: SQL {
        let schema = SQL.identifier(auditSchema)
        return isNotifying || audit.objects.hasNotification
            ? "drop trigger if exists audit_notify on \(schema).activity;\ndrop function if exists \(schema).audit_notify();\n"
            : ""
    }
}

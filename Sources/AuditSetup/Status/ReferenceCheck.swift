import AuditTrail
import Postgres

/// The server's check that the transaction of each new activity is there.
///
/// It is a query for every row that is captured, a sixth of what a captured update costs and a quarter of a bulk insert.
/// The capture functions have found or made the transaction's row just before, in the same transaction, where nobody
/// else can see it and nothing can delete it under an activity: that check, at the deletion, stays. A superuser's
/// `init` therefore turns this one off. Nobody else can, and there the constraint is checked as ever.
extension Catalog {
    /// Empty when the check is off, when the role cannot turn it off, or where activity has partitions.
    func referenceCheckSteps(_ installation: Installation) -> [Plan.Step] {
        guard server.isSuperuser, installation == .absent || audit.objects.checksReferences else { return [] }
        let table = TableName(schema: auditSchema, name: "activity")
        return [
            Plan.Step(
                "leave it to capture that each activity has a transaction",
                referenceCheck("disable"),
                table: installation == .absent ? nil : table
            )
        ]
    }

    /// What turns the check on again, for whoever writes activities next.
    var referenceCheckRestoration: SQL {
        server.isSuperuser && !audit.objects.checksReferences ? referenceCheck("enable") : ""
    }

    private func referenceCheck(_ action: SQL) -> SQL {
        Template(SQLFiles.referenceCheck).filled(with: ["schema": .text(auditSchema), "action": .sql(action)])
    }
}

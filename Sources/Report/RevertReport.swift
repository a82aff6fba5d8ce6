import AuditTrail
import JSON

/// A revert as it is printed.
public enum RevertReport {
    /// What would become of each statement, as lines of JSON.
    public static func jsonLines(_ script: RevertScript) -> [JSON] {
        script.statements.map { statement in
            JSON.object([
                JSON.Member("activity_id", .integer(statement.change.activity.id)),
                JSON.Member("verdict", .optional(statement.verdict?.word)),
                JSON.Member("reason", .optional(statement.verdict?.reason)),
            ])
        }
    }
}

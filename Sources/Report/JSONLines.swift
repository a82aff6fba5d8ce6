import AuditTrail
import JSON

/// The activity as an object of JSON, keys in a fixed order, numbers as they are stored.
///
/// `transaction_id`, `issued_at`, `actor`, `client_addr`, `key` and `context` are null where there is none.
public func jsonLine(_ attributed: AttributedActivity) -> JSON { JSON.object(members(of: attributed)) }

/// The members of the line.
func members(of attributed: AttributedActivity) -> [JSON.Member] {
    let activity = attributed.activity
    return [
        JSON.Member("activity_id", .integer(activity.id)),
        JSON.Member("transaction_id", activity.transactionID.map { .integer($0) } ?? .null),
        JSON.Member("native_transaction_id", .integer(activity.nativeTransactionID)),
        JSON.Member("issued_at", .optional(activity.issuedAt?.iso8601)),
        JSON.Member("actor", actorObject(attributed.actor)),
        JSON.Member("client_addr", .optional(attributed.clientAddress)),
        JSON.Member("schema", .string(activity.table.schema)),
        JSON.Member("table", .string(activity.table.name)),
        JSON.Member("verb", .string(activity.verb.word)),
        JSON.Member("key", activity.key.map { .object($0) } ?? .null),
        JSON.Member("old", activity.oldData ?? .null),
        JSON.Member("changed", activity.changedData ?? .null),
        JSON.Member("context", attributed.context ?? .null),
    ]
}

/// The actor as an object of key and label; null for nobody.
func actorObject(_ actor: Actor?) -> JSON {
    guard let actor else { return .null }
    return .object([JSON.Member("id", .string(actor.id)), JSON.Member("label", .optional(actor.label))])
}

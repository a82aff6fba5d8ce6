import AuditTrail
import JSON
import Postgres

/// A change as a statement of SQL that makes it again, for reading and for another copy of the table.
///
/// The server takes the values out of JSON, each in the type of its column. Unlike a revert it looks at nothing before it acts.
public func changeStatement(_ activity: Activity) -> String {
    let table = "\(quotedIdentifier(activity.table.schema)).\(quotedIdentifier(activity.table.name))"
    let key = activity.key ?? []
    let condition = key.map { "t.\(quotedIdentifier($0.name)) = k.\(quotedIdentifier($0.name))" }.joined(
        separator: " and "
    )
    switch activity.verb {
    case .insert:
        return "insert into \(table) select * from \(record(activity.changedData ?? .object([]), table));"
    case .truncate: return "truncate \(table);"
    case .delete where !key.isEmpty:
        return "delete from \(table) as t using \(record(.object(key), table)) as k where \(condition);"
    case .update where !key.isEmpty:
        let changed = activity.changedData ?? .object([])
        let names = (changed.members ?? []).map { quotedIdentifier($0.name) }
        return "update \(table) as t set \(names.map { "\($0) = n.\($0)" }.joined(separator: ", ")) "
            + "from \(record(changed, table)) as n, \(record(.object(key), table)) as k where \(condition);"
    case .delete, .update, .other:
        return
            "-- \(commentText("\(activity.verb.word) \(activity.table)")): the table has no key by which its rows are told apart"
    }
}

private func record(_ values: JSON, _ table: String) -> String {
    "jsonb_populate_record(null::\(table), \(quotedLiteral(values.description)))"
}

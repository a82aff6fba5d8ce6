import AuditTrail
import JSON
import Postgres

/// A change as a statement of SQL that makes it again, for reading and for another copy of the table.
///
/// The server takes the values out of JSON, each in the type of its column. Unlike a revert it looks at nothing before it acts.
public func changeStatement(_ activity: Activity) -> SQL {
    let table = activity.table.quoted
    let key = activity.key ?? []
    let condition = key.map { (column) -> SQL in "t.\(identifier: column.name) = k.\(identifier: column.name)" }
        .joined(separator: " and ")
    switch activity.verb {
    case .insert:
        return "insert into \(table) select * from \(record(activity.changedData ?? .object([]), table));"
    case .truncate: return "truncate \(table);"
    case .delete where !key.isEmpty:
        return "delete from \(table) as t using \(record(.object(key), table)) as k where \(condition);"
    case .update where !key.isEmpty:
        let changed = activity.changedData ?? .object([])
        let changes = (changed.members ?? []).map { (member) -> SQL in
            "\(identifier: member.name) = n.\(identifier: member.name)"
        }
        return "update \(table) as t set \(changes.joined(separator: ", ")) "
            + "from \(record(changed, table)) as n, \(record(.object(key), table)) as k where \(condition);"
    case .delete, .update, .other:
        return .comment(
            "\(activity.verb.word) \(activity.table): the table has no key by which its rows are told apart"
        )
    }
}

private func record(_ values: JSON, _ table: SQL) -> SQL {
    "jsonb_populate_record(null::\(table), \(literal: values.description))"
}

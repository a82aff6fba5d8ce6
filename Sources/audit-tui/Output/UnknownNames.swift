import AuditQuery
import AuditTrail
import Postgres

/// Says on standard error which names in a filter stand for nothing.
///
/// Throws the status of wrong arguments where nothing can be of these names, unless that is waited for.
func tellUnknownNames(
    in filter: Filter,
    of trail: Trail,
    on connection: borrowing Connection,
    isFollowing: Bool = false
) throws {
    let unknown = try unknownNames(in: filter, of: trail, on: connection)
    for name in unknown { tell("audit-tui: \(name.description)") }
    if !isFollowing, filter.isEmptied(by: unknown) { throw ExitStatus.usage }
}

private func unknownNames(
    in filter: Filter,
    of trail: Trail,
    on connection: borrowing Connection
) throws -> [UnknownName] {
    guard !FilterNames(of: filter).isEmpty else { return [] }
    guard case .names(let unknown) = try trail.answer(to: .names(filter), on: connection) else { return [] }
    return unknown
}

/// What may be meant by the name of a table that is not there, as the end of a message; nothing where no name is near.
func tableHint(_ table: TablePattern, of trail: Trail, on connection: borrowing Connection) throws -> String {
    let filter = Filter([.term(.table(.exactly(table)))])
    let names = try unknownNames(in: filter, of: trail, on: connection).flatMap(\.suggestions)
    return names.isEmpty ? "" : "; did you mean \(names.joined(separator: " or "))?"
}

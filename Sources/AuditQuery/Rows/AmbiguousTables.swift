import AuditTrail
import Postgres

/// The tables of changes that hold texts which may mean several things: looked up once each, to know the types of columns.
struct AmbiguousTables {
    /// Those that have been found.
    private(set) var shapes: [TableName: TableShape] = [:]
    private var known: Set<TableName> = []

    /// Looks up the tables of those of the changes that may hold such texts; most hold none, and nothing is asked.
    mutating func lookUp(
        for activities: some Sequence<Activity>,
        on connection: borrowing Connection
    ) throws(PostgresError) {
        var wanted: [TableName] = []
        for activity in activities where !known.contains(activity.table) && activity.mayBeAmbiguous {
            known.insert(activity.table)
            wanted.append(activity.table)
        }
        guard !wanted.isEmpty else { return }
        let lookup = TableShape.lookup(wanted.map { ($0.schema, $0.name) })
        let found = try connection.execute(lookup.statement, lookup.parameters)
            .map { row throws(PostgresError) in try TableShape(from: row) }
        for shape in found { shapes[shape.name] = shape }
    }
}

import AuditTrail
import Postgres

extension Trail {
    /// The statement that finds the trails of a database, or the one of a schema.
    public static func search(
        schema: String?,
        preferences: TrailPreferences = TrailPreferences()
    ) -> Request {
        (
            Statements.trails.statement(),
            [schema, arrayLiteral(preferences.actorLabels), arrayLiteral(preferences.trustedRoles)]
        )
    }

    /// The one trail among those that `search` found.
    ///
    /// Throws `TrailError` when there is none, more than one, or one that may not be read.
    public static func choose(
        from result: borrowing QueryResult,
        schema: String?,
        database: String,
        preferences: TrailPreferences = TrailPreferences()
    ) throws -> Trail {
        let roles = preferences.trustedRoles
        let found = try result.map { row throws(PostgresError) in try FoundTrail(row, trusting: roles) }
        var trails = found.filter { !$0.isView || $0.strangers.isEmpty }
        // Whoever may create a schema could otherwise keep others from their trail.
        if trails.count > 1, let own = trails.only(where: { $0.strangers.isEmpty }) { trails = [own] }
        guard var trail = trails.first?.trail else {
            guard let view = found.first else { throw TrailError.missing(schema: schema, database: database) }
            throw TrailError.untrusted(schema: view.trail.schema, owners: view.strangers)
        }
        guard trails.count == 1 else { throw TrailError.ambiguous(schemas: trails.map(\.trail.schema)) }
        guard trail.isReadable else { throw TrailError.unreadable(schema: trail.schema) }
        trail.preferences = preferences
        // A name that is masked in its own table names nobody in a list.
        if let table = trail.actorTable, let label = table.label,
            preferences.masks.hide(label, of: TableName(schema: table.schema, name: table.name))
        {
            trail.actorTable?.label = nil
        }
        return trail
    }

    /// The statement that finds out whether native ids rise with time; nil where they are not asked.
    ///
    /// Partitions are: each would be asked for every step of the list.
    public var orderProbe: Statement? {
        hasNativeIndex && isPlain ? Statements.order.statement(of: self) : nil
    }

    /// The statement after which the session is told of what is written; nil where nobody tells.
    public var listenStatement: Statement? { notifies ? Statements.listen.statement() : nil }

    /// Takes in what the probe has found out.
    ///
    /// Throws `PostgresError.undecodable`.
    public mutating func takeOrder(from result: borrowing QueryResult) throws(PostgresError) {
        isInNativeOrder = try result.first { row throws(PostgresError) in try row.boolean(0) } ?? true
    }
}

extension Array {
    /// The one element that is so; nil when there are none or several.
    fileprivate func only(where isWanted: (Element) -> Bool) -> Element? {
        let found = filter(isWanted)
        return found.count == 1 ? found[0] : nil
    }
}

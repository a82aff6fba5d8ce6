import Postgres

/// How a session is prepared in which trails are read.
extension Trail {
    /// The statement that prepares a browsing session: read-only, with time limits and fixed formats.
    public static func session(
        of connection: borrowing Connection,
        preferences: TrailPreferences
    ) -> Request {
        (
            Statements.session.statement().opened(by: opening),
            [String(connection.backendPID), arrayLiteral(preferences.trustedRoles)]
        )
    }

    /// What nothing may be read before.
    ///
    /// A server in recovery refuses to read at the isolation level serializable, which may be the database's default; elsewhere
    /// a reader at that level makes writers fail. Preparing the session must not end by a time limit of the database's either.
    private static let opening: [SQL] = [
        "set transaction isolation level read committed", "set local statement_timeout = '60s'", "set local jit = off",
    ]

    /// Takes in what that statement has answered: behind a pooler it goes in front of each other one, and
    /// nothing else keeps what is repeated.
    ///
    /// Returns whether there is a pooler. Throws `PostgresError.undecodable`.
    public static func takeSession(
        _ result: borrowing QueryResult,
        on connection: borrowing Connection,
        preferences: TrailPreferences
    ) throws(PostgresError) -> Bool {
        let isPooled = try result.first { row throws(PostgresError) in try row.boolean(0) } ?? false
        let session = session(of: connection, preferences: preferences)
        if isPooled {
            connection.precedeEach(by: session.statement, session.parameters)
        } else {
            connection.keepRepeated()
        }
        return isPooled
    }
}

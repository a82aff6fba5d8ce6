import Postgres

/// A second session that sees how far the first has come, which waits for its own statement meanwhile.
struct BuildWatch: ~Copyable {
    /// What is seen of a session at a moment.
    struct Look: Equatable {
        /// As the server calls it: `scanning table`; nil when no index is being built, or unseen.
        var phase: String?
        /// How much of the phase is done, 0 to 100; nil where the server does not count.
        var percent: Int?
        /// Whom it waits for: process ids, 0 for a prepared transaction.
        var blocking: [Int64]
    }

    private let connection: Connection
    private let processID: String

    /// Opens the session that looks at `session`; nil when the server has none to spare, since a build needs no watch, or when
    /// a pooler stands between, whose sessions are left as they are.
    init?(of session: borrowing Connection, _ settings: ConnectionSettings) {
        let statement = Statement("backend_pid", "select pg_catalog.pg_backend_pid()")
        guard let found = try? session.execute(statement).first({ row throws(PostgresError) in try row.text(0) }),
            found == String(session.backendPID), let connection = try? Connection.open(settings),
            (try? connection.executeScript(Statement("index_session", SQLFiles.indexSession))) != nil
        else { return nil }
        self.connection = connection
        processID = found
    }

    /// What the other session is doing; nil when this one cannot tell.
    func look() -> Look? {
        let statement = Statement("build_progress", SQLFiles.buildProgress)
        return try? connection.execute(statement, [processID])
            .first { row throws(PostgresError) in
                let blocks = (done: try row.optionalInteger(2) ?? 0, all: try row.optionalInteger(1) ?? 0)
                let tuples = (done: try row.optionalInteger(4) ?? 0, all: try row.optionalInteger(3) ?? 0)
                let counted = blocks.all > 0 ? blocks : tuples
                let phase = row.optionalText(0)
                // The numbers of a phase stay while the next one waits.
                let isCounted = counted.all > 0 && phase?.hasPrefix("waiting") == false
                return Look(
                    phase: phase?.replacing("building index: ", with: ""),
                    percent: isCounted ? Int(min(100, counted.done * 100 / counted.all)) : nil,
                    blocking: (elements(ofArrayLiteral: try row.text(5)) ?? []).compactMap { Int64($0) }
                )
            }
    }

    /// Who those are that the other session waits for; empty when they are gone.
    func blockers(_ processIDs: [Int64]) -> [LockBlocker] {
        (try? LockBlocker.read(processIDs, waitedForBy: processID, on: connection)) ?? []
    }
}

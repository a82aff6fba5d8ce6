import Postgres

/// Who kept a lock from being had: a session, or a prepared transaction that none has ended.
///
/// What the role may not see of another role's session is nil.
public struct LockBlocker: Equatable, Sendable {
    /// The server process; nil for a prepared transaction.
    public var processID: Int64?
    /// The name of the prepared transaction, for `rollback prepared`; nil for a session.
    public var preparedTransaction: String?
    /// The role of the session; nil for a process of the server's own.
    public var user: String?
    /// What the session calls itself; nil when it has no name.
    public var application: String?
    /// What kind of process it is, for instance `autovacuum worker`; nil for a client's.
    public var background: String?
    /// As `pg_stat_activity.state` has it, for instance `idle in transaction`.
    public var state: String?
    /// How long ago the last statement was begun, in seconds.
    public var statementSeconds: Int64?
    /// How long ago the transaction was begun or prepared, in seconds.
    public var transactionSeconds: Int64?
    /// The processes that the session waits for itself, 0 for a prepared transaction; empty when it holds the lock.
    public var waitsFor: [Int64]

    /// A session by its process, with nothing known of it.
    public init(processID: Int64?, preparedTransaction: String? = nil) {
        self.processID = processID
        self.preparedTransaction = preparedTransaction
        waitsFor = []
    }

    private init(_ row: borrowing Row) throws(PostgresError) {
        processID = try row.optionalInteger(0)
        preparedTransaction = row.optionalText(1)
        user = row.optionalText(2)
        application = row.optionalText(3)
        background = row.optionalText(4)
        state = row.optionalText(5)
        statementSeconds = try row.optionalInteger(6)
        transactionSeconds = try row.optionalInteger(7)
        waitsFor = (elements(ofArrayLiteral: try row.text(8)) ?? []).compactMap { Int64($0) }
    }
}

extension LockBlocker {
    /// The sessions of the given process ids, 0 for the prepared transactions that the waiting session waits for.
    ///
    /// Empty when they are gone by now.
    static func read(
        _ processIDs: [Int64],
        waitedForBy waiting: String,
        on connection: borrowing Connection
    ) throws(PostgresError) -> [LockBlocker] {
        guard !processIDs.isEmpty else { return [] }
        return try connection.execute(
            Statement("lock_blockers", SQLFiles.lockBlockers),
            [arrayLiteral(processIDs.map { String($0) }), waiting]
        ).map { row throws(PostgresError) in try LockBlocker(row) }
    }

    /// Who holds the lock that was waited for in vain, read after the waiting transaction has been rolled back.
    ///
    /// Empty when nobody does any more, or when the server does not answer: the failure to tell is the lock's.
    static func read(from connection: borrowing Connection, of wait: LockWait, milliseconds: Int) -> [LockBlocker] {
        let statement = Statement("lock_holders", SQLFiles.lockHolders)
        let parameters = [
            arrayLiteral(wait.tables.map(\.schema)), arrayLiteral(wait.tables.map(\.name)),
            wait.excludesReaders ? "true" : "false", String(milliseconds),
        ]
        let blockers = try? Catalog.inSnapshot(on: connection) { () throws(SetupError) in
            do throws(PostgresError) {
                try Catalog.pinSession(on: connection)
                return try connection.execute(statement, parameters)
                    .map { row throws(PostgresError) in try LockBlocker(row) }
            } catch {
                throw .server(error)
            }
        }
        return blockers ?? []
    }
}

extension LockBlocker: CustomStringConvertible {
    /// `pid 4711 (psql, user app, idle in transaction, transaction 3 min old)`.
    public var description: String {
        var facts = [background ?? application, user.map { "user \($0)" }].compactMap { $0 }
        if processID != nil && background == nil { facts.append(state ?? "no right to see more") }
        if !waitsFor.isEmpty {
            let others = waitsFor.map { $0 == 0 ? "a prepared transaction" : "pid \($0)" }
            facts.append("itself waiting for \(others.joined(separator: " and "))")
        }
        if state == "active", let seconds = statementSeconds { facts.append("statement \(age(seconds)) old") }
        if let seconds = transactionSeconds { facts.append("transaction \(age(seconds)) old") }
        return name + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }

    private var name: String {
        if let preparedTransaction { return "prepared transaction \(quotedLiteral(preparedTransaction))" }
        return processID.map { "pid \($0)" } ?? "a prepared transaction"
    }
}

/// A time in its largest fitting unit, rounded down.
private func age(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) d"
    }
}

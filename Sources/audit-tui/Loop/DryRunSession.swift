import AuditTrail
import Browser
import Glibc
import Postgres

/// A session that runs a revert in a transaction and takes it back; it never waits.
///
/// Whoever gives up lets the value go: the server is told to stop, and a session that has ended is rolled back.
struct DryRunSession: ~Copyable {
    private enum Phase {
        case connecting
        case beginning
        case trying
    }

    /// Who waits for the outcome.
    let id: RequestID
    private let script: RevertScript
    private let start = ContinuousClock.now
    private var attempt: ConnectionAttempt?
    private var connection: Postgres.Connection?
    private var phase = Phase.connecting
    /// How many answers have come.
    private var answers = 0
    private var failure: DryRun.Failure?
    private var isOver = false
    /// Whether it is to stop: a request to cancel that finds nothing running is lost.
    private var isStopped = false
    /// Whether the socket is to be polled for writing as well.
    private(set) var wantsToWrite = false

    /// Begins to connect.
    ///
    /// Throws `PostgresError.library` when the system cannot.
    init(_ script: RevertScript, _ id: RequestID, _ settings: ConnectionSettings) throws(PostgresError) {
        let attempt = try ConnectionAttempt(settings)
        self.id = id
        self.script = script
        self.attempt = consume attempt
    }

    deinit { if !isOver { _ = cancelStatement() } }

    /// The socket.
    var descriptor: Int32 {
        switch attempt {
        case .some(let attempt): return attempt.descriptor
        case .none: break
        }
        switch connection {
        case .some(let connection): return connection.descriptor
        case .none: return -1
        }
    }

    /// Runs nothing more; `proceed` brings the outcome.
    mutating func stop() {
        isStopped = true
        _ = cancelStatement()
    }

    /// Asks the server to stop what it runs.
    func cancelStatement() -> Cancellation? {
        switch connection {
        case .some(let connection): return connection.cancel()
        case .none: return nil
        }
    }

    /// Does what the socket is ready for; returns the outcome once it is there.
    mutating func proceed() -> DryRun? {
        let outcome = advance()
        isOver = outcome != nil
        return outcome
    }

    /// Runs a script to its end, or until it is to be stopped, which is asked ten times a second.
    ///
    /// Throws `PostgresError.library` when the system cannot.
    static func run(
        _ script: RevertScript,
        _ settings: ConnectionSettings,
        isStopped: () -> Bool
    ) throws(PostgresError) -> DryRun {
        var session = try DryRunSession(script, RequestID(0), settings)
        while true {
            let events = Int16(POLLIN) | (session.wantsToWrite ? Int16(POLLOUT) : 0)
            var polled = pollfd(fd: session.descriptor, events: events, revents: 0)
            poll(&polled, 1, 100)
            if isStopped() { session.stop() }
            if let outcome = session.proceed() { return outcome }
        }
    }

    private mutating func advance() -> DryRun? {
        do throws(PostgresError) {
            if case .connecting = phase {
                if isStopped { return stopped }
                guard let made = try attempt?.finish() else { return nil }
                attempt = nil
                made.keepNotices()
                connection = consume made
                phase = .beginning
                try send("dry-run-head", script.head)
                return nil
            }
            if wantsToWrite { wantsToWrite = try !(connection?.flush() ?? true) }
            return try receive()
        } catch {
            if failure == nil { failure = described(error) }
            // The results behind an error are read until there are no more; without a session there are none.
            guard case .refused = error else { return outcome }
            return advance()
        }
    }

    private mutating func send(_ name: String, _ text: String) throws(PostgresError) {
        // What was made of SQL is text since it became a script.
        try connection?.sendScript(Statement(name, SQL(verbatim: text)))
        wantsToWrite = try !(connection?.flush() ?? true)
    }

    private mutating func receive() throws(PostgresError) -> DryRun? {
        while let arrival = try connection?.receive(of: "dry-run") {
            switch consume arrival {
            case .pending: return nil
            case .result: answers += 1
            case .finished:
                guard case .beginning = phase, failure == nil else { return outcome }
                if isStopped { return stopped }
                phase = .trying
                answers = 0
                try send("dry-run", script.trial)
                return nil
            }
        }
        return outcome
    }

    private func described(_ error: PostgresError) -> DryRun.Failure {
        let isTrying = if case .trying = phase { true } else { false }
        let isCancellation = error.sqlState == "57014"
        return DryRun.Failure(
            statement: isTrying ? script.statement(behind: answers) : nil,
            message: isCancellation ? Self.cancelled : error.description,
            sqlState: error.sqlState,
            messageWithoutValues: isCancellation ? nil : error.withoutDetail.description
        )
    }

    private static let cancelled = "cancelled, or stopped by the time limit"

    /// The outcome where no statement was there to be cancelled.
    private var stopped: DryRun {
        mutating get {
            failure = DryRun.Failure(message: Self.cancelled)
            return outcome
        }
    }

    private var outcome: DryRun {
        var run = DryRun(failure: failure, milliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)))
        switch connection {
        case .some(let connection):
            let notices = connection.notices
            run.notices = notices.kept.map { "\($0.severity.lowercased()): \($0.message)" }
            run.otherNotices = notices.count - notices.kept.count
        case .none: break
        }
        return run
    }
}

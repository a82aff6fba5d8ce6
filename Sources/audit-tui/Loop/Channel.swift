import AuditQuery
import AuditTrail
import Browser
import Postgres

/// One session with the server that answers questions in turn and never waits.
///
/// The loop polls `descriptor` and calls `proceed` when it is ready.
struct Channel: ~Copyable {
    private enum Phase {
        case closed
        case connecting
        case opening(TrailOpening)
        case idle
        case asking(RequestID, Inquiry)
        /// An error came: the rest of the statement's results is read and dropped.
        case draining
    }

    let settings: ConnectionSettings
    private(set) var schema: String?
    let preferences: TrailPreferences
    /// Whether the session is to be told of what is written.
    private let listens: Bool
    private(set) var attempt: ConnectionAttempt?
    private(set) var connection: Postgres.Connection?
    /// The trail, once it has been found.
    private(set) var trail: Trail?
    /// Why the session was lost, or did not come about, the last time.
    private(set) var loss: (any Error)?
    private var phase = Phase.closed
    private var statementName = ""
    private var sentAt = ContinuousClock.now
    private var history: StatementHistory
    /// Whether the socket is to be polled for writing, rather than for reading only.
    private(set) var wantsToWrite = false
    /// What the result of the running statement leads to, once all of it has been read.
    private var followUp: Inquiry.Step?
    private var queue: [(id: RequestID, question: Question)] = []
    private var cancellations = PendingCancellations()

    /// A channel that opens its session when the first question comes.
    ///
    /// It is told of what is written, where the trail tells.
    init(_ settings: ConnectionSettings, trail: Trail) {
        self.init(settings, schema: trail.schema, preferences: trail.preferences, listens: true)
    }

    /// A channel that has yet to find the trail, in that schema or in the only one that has one.
    init(_ settings: ConnectionSettings, schema: String?, preferences: TrailPreferences, listens: Bool) {
        self.listens = listens
        self.settings = settings
        self.schema = schema
        self.preferences = preferences
        history = StatementHistory(masks: preferences.masks)
    }

    /// A channel over a session that stands already.
    init(_ connection: consuming Postgres.Connection, trail: Trail, _ settings: ConnectionSettings) {
        self.init(settings, schema: trail.schema, preferences: trail.preferences, listens: false)
        self.trail = trail
        connection.beNonBlocking()
        self.connection = consume connection
        phase = .idle
    }

    /// The statements of the question that was asked last.
    var statements: [StatementRecord] { history.statements }

    /// Looks for the trail in that schema alone from now on.
    mutating func keep(to schema: String) { self.schema = schema }

    /// Whether a statement runs on the server.
    var isBusy: Bool {
        switch phase {
        case .closed, .idle: false
        default: true
        }
    }

    /// Adds a question to the end of the queue.
    mutating func ask(_ question: Question, _ id: RequestID) -> [Event] {
        queue.removeAll { question.replaces($0.question) }
        queue.append((id, question))
        switch phase {
        case .closed: return open()
        case .idle: return askNext()
        default: return []
        }
    }

    /// Gives up what runs on the server and what waits for it.
    mutating func cancel() -> [Event] {
        let waiting = queue.map { Event.failed($0.id, Failure(message: "cancelled", isCancellation: true)) }
        queue = []
        if case .asking(let id, _) = phase, let request = cancelStatement() { cancellations.add(request, of: id) }
        return waiting
    }

    /// Begins to connect, unless there is a session.
    mutating func open() -> [Event] {
        guard case .closed = phase else { return [] }
        do throws(PostgresError) {
            attempt = try ConnectionAttempt(settings)
            phase = .connecting
            return []
        } catch {
            // unreached: only a system without threads or pipes refuses
            return lose(error)
        }
    }

    /// Begins to connect, giving up an attempt that has not come to its end.
    mutating func openAnew() -> [Event] {
        switch phase {
        case .opening(let opening) where opening.trail != nil: break
        case .connecting, .opening:
            phase = .closed
            attempt = nil
            connection = nil
            wantsToWrite = false
        case .closed, .idle, .asking, .draining: break
        }
        return open()
    }

    /// Does what the socket is ready for.
    mutating func proceed() -> [Event] {
        do throws(PostgresError) {
            if case .connecting = phase { return try advance() }
            if wantsToWrite { wantsToWrite = try !(connection?.flush() ?? true) }
            let events = try receive()
            return connection?.takeNotifications() == true ? events + [.woken] : events
        } catch {
            return fail(error)
        }
    }

    private mutating func advance() throws(PostgresError) -> [Event] {
        guard let made = try attempt?.finish() else { return [] }
        connection = consume made
        attempt = nil
        phase = .opening(TrailOpening(schema: schema, preferences: preferences, listens: listens))
        return try finish()
    }

    private mutating func send(_ statement: Statement, _ parameters: [String?]) throws(PostgresError) {
        statementName = statement.name
        sentAt = ContinuousClock.now
        try connection?.send(statement, parameters)
        wantsToWrite = try !(connection?.flush() ?? true)
    }

    private mutating func receive() throws(PostgresError) -> [Event] {
        var events: [Event] = []
        while let arrival = try connection?.receive(of: statementName) {
            switch consume arrival {
            case .pending: return events
            case .finished: return events + (try finish())
            case .result(let result): events += try take(result)
            }
        }
        return events
    }

    private mutating func take(_ result: borrowing QueryResult) throws(PostgresError) -> [Event] {
        switch phase {
        case .opening(let opening): return take(result, of: opening)
        case .asking(let id, var inquiry):
            let elapsed = (ContinuousClock.now - sentAt) / .milliseconds(1)
            let step = try inquiry.advance(with: result, milliseconds: Int(elapsed))
            phase = .asking(id, inquiry)
            followUp = step
            return []
        default: return []
        }
    }

    private mutating func take(_ result: borrowing QueryResult, of opening: TrailOpening) -> [Event] {
        let wasFound = opening.trail != nil
        var opening = opening
        do {
            switch connection {
            case .some(let connection): try opening.received(result, on: connection)
            case .none: return []
            }
        } catch {
            if error is TrailError { trail = nil }
            loss = error
            return lose("\(error)")
        }
        phase = .opening(opening)
        guard !wasFound, let found = opening.trail else { return [] }
        (trail, schema) = (found, found.schema)
        return [.ready]
    }

    private func next(of opening: TrailOpening) -> Request? {
        switch connection {
        case .some(let connection): opening.next(on: connection)
        case .none: nil
        }
    }

    /// All results of a statement are here: goes on with the next one.
    private mutating func finish() throws(PostgresError) -> [Event] {
        switch phase {
        case .opening(let opening):
            guard let next = next(of: opening) else { break }
            try send(next.statement, next.parameters)
            return []
        case .asking(let id, let inquiry):
            guard let step = followUp else { break }
            followUp = nil
            return try run(step, of: inquiry, id)
        default: break
        }
        if case .closed = phase { return [] }
        phase = .idle
        return askNext()
    }

    private mutating func run(_ step: Inquiry.Step, of inquiry: Inquiry, _ id: RequestID) throws(PostgresError)
        -> [Event]
    {
        switch step {
        case .answered(let answer):
            phase = .idle
            cancellations.forgetTaken()
            return [.answered(id, answer)] + askNext()
        case .run(let statement, let parameters):
            phase = .asking(id, inquiry)
            history.add(statement, parameters, of: inquiry.question)
            try send(statement, parameters)
            return []
        }
    }

    private mutating func askNext() -> [Event] {
        guard let trail, !queue.isEmpty else { return [] }
        let (id, question) = queue.removeFirst()
        // The list and the changes of its transaction make one screen.
        if question.isList { history.clear() }
        var inquiry = Inquiry(question, of: trail)
        let step = inquiry.start()
        do throws(PostgresError) {
            return try run(step, of: inquiry, id)
        } catch {
            phase = .asking(id, inquiry)
            return fail(error)
        }
    }

    private mutating func fail(_ error: PostgresError) -> [Event] {
        switch error {
        case .cannotConnect, .connectionLost, .library: return lose(error)
        case .refused, .undecodable: break
        }
        guard case .asking(let id, var inquiry) = phase else { return lose(error) }
        if let step = inquiry.recover(from: error) {
            (phase, followUp) = (.asking(id, inquiry), step)
            return proceed()
        }
        followUp = nil
        phase = .draining
        let isCancellation = error.sqlState == "57014"
        if isCancellation, cancellations.meansAnother(than: id) {
            queue.insert((id, inquiry.question), at: 0)
            return proceed()
        }
        let words = preferences.masks.isEmpty ? error.description : error.withoutValues.description
        let message = isCancellation ? "cancelled, or stopped by the time limit" : words
        // The results that are still to come end with `finished`, which goes on with the queue.
        return [.failed(id, Failure(message: message, isCancellation: isCancellation))] + proceed()
    }

    private mutating func lose(_ error: PostgresError) -> [Event] {
        loss = error
        return lose(error.description)
    }

    private mutating func lose(_ reason: String) -> [Event] {
        var failed = queue.map(\.id)
        if case .asking(let id, _) = phase { failed.insert(id, at: 0) }
        queue = []
        cancellations = PendingCancellations()
        phase = .closed
        wantsToWrite = false
        followUp = nil
        connection = nil
        attempt = nil
        return failed.map { .failed($0, Failure(message: reason)) } + [.lost(reason)]
    }
}

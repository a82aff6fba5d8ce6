import AuditQuery
import AuditTrail
import Browser
import Postgres

/// One session with the server that answers questions in turn and never waits.
///
/// The loop polls `descriptor` and calls `proceed` when it is ready. One file, since each phase leads to the next over state
/// that nothing else may touch.
struct Channel: ~Copyable {
    /// What comes out of the channel.
    enum Event {
        /// The session stands and the trail has been found.
        case ready
        /// Something was written to the trail.
        case woken
        /// An answer.
        case answered(RequestID, Answer)
        /// A question that has no answer.
        case failed(RequestID, Failure)
        /// The session is gone; all questions have failed.
        case lost(String)
    }

    private enum Phase {
        case closed
        case connecting
        case preparing
        case searching
        case found(Trail)
        case probing(Trail)
        case listening
        case idle
        case asking(RequestID, Inquiry)
        /// An error came: the rest of the statement's results is read and dropped.
        case draining
    }

    /// So many statements are remembered.
    private static let mostStatements = 12

    let settings: ConnectionSettings
    private(set) var schema: String?
    let preferences: TrailPreferences
    /// Whether the session is to be told of what is written.
    private let listens: Bool
    private var attempt: ConnectionAttempt?
    private var connection: Postgres.Connection?
    /// Whether a pooler gives each transaction another session of the server, which then must not be told of news.
    private var isPooled = false
    /// The trail, once it has been found.
    private(set) var trail: Trail?
    /// Why the session was lost, or did not come about, the last time.
    private(set) var loss: (any Error)?
    private var phase = Phase.closed
    private var statementName = ""
    private var sentAt = ContinuousClock.now
    /// The statements of the question that was asked last.
    private(set) var statements: [StatementRecord] = []
    /// Whether the socket is to be polled for writing, rather than for reading only.
    private(set) var wantsToWrite = false
    /// What the result of the running statement leads to, once all of it has been read.
    private var followUp: Inquiry.Step?
    private var queue: [(id: RequestID, question: Question)] = []
    /// The requests to cancel that no statement has ended by yet, oldest first: a late one hits the next question.
    private var cancellations: [(id: RequestID, request: Cancellation)] = []

    /// A channel that opens its session when the first question comes.
    ///
    /// It is told of what is written, where the trail tells.
    init(_ settings: ConnectionSettings, trail: Trail) {
        listens = true
        self.settings = settings
        schema = trail.schema
        preferences = trail.preferences
    }

    /// A channel that has yet to find the trail, in that schema or in the only one that has one.
    init(_ settings: ConnectionSettings, schema: String?, preferences: TrailPreferences, listens: Bool) {
        self.listens = listens
        self.settings = settings
        self.schema = schema
        self.preferences = preferences
    }

    /// A channel over a session that stands already.
    init(_ connection: consuming Postgres.Connection, trail: Trail, _ settings: ConnectionSettings) {
        listens = false
        self.settings = settings
        schema = trail.schema
        preferences = trail.preferences
        self.trail = trail
        connection.beNonBlocking()
        self.connection = consume connection
        phase = .idle
    }

    /// The socket, or -1 while there is none.
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

    /// The database and the server, as they are named on screen; empty while there is no session.
    var place: (database: String, host: String) {
        switch connection {
        case .some(let connection): (connection.databaseName, connection.host)
        case .none: ("", "")
        }
    }

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
        if case .asking(let id, _) = phase, let request = cancelStatement() { cancellations.append((id, request)) }
        return waiting
    }

    /// Asks the server to give up what runs on it; the request is on its way then.
    func cancelStatement() -> Cancellation? {
        guard isBusy else { return nil }
        switch connection {
        case .some(let connection): return connection.cancel()
        case .none: return nil
        }
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
        case .connecting, .preparing, .searching, .found, .probing:
            phase = .closed
            attempt = nil
            connection = nil
            wantsToWrite = false
        case .closed, .listening, .idle, .asking, .draining: break
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
        let session = Trail.session(of: made, preferences: preferences)
        connection = consume made
        attempt = nil
        phase = .preparing
        try send(session.statement, session.parameters)
        return []
    }

    private func takeSession(_ result: borrowing QueryResult) throws(PostgresError) -> Bool? {
        switch connection {
        case .some(let connection): try Trail.takeSession(result, on: connection, preferences: preferences)
        case .none: nil
        }
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
        case .preparing:
            if let pooled = try takeSession(result) { isPooled = pooled }
            return []
        case .searching:
            do {
                let trail = try Trail.choose(
                    from: result,
                    schema: schema,
                    database: connection?.databaseName ?? "",
                    preferences: preferences
                )
                phase = .found(trail)
                schema = trail.schema
                return []
            } catch {
                trail = nil
                loss = error
                return lose("\(error)")
            }
        case .probing(var trail):
            try trail.takeOrder(from: result)
            self.trail = trail
            return [.ready]
        case .asking(let id, var inquiry):
            let elapsed = (ContinuousClock.now - sentAt) / .milliseconds(1)
            let step = try inquiry.advance(with: result, milliseconds: Int(elapsed))
            phase = .asking(id, inquiry)
            followUp = step
            return []
        default: return []
        }
    }

    /// All results of a statement are here: goes on with the next one.
    private mutating func finish() throws(PostgresError) -> [Event] {
        switch phase {
        case .preparing:
            let search = Trail.search(schema: schema, preferences: preferences)
            phase = .searching
            try send(search.statement, search.parameters)
            return []
        case .found(let trail):
            guard let probe = trail.orderProbe else {
                self.trail = trail
                return [.ready] + (try listen())
            }
            phase = .probing(trail)
            try send(probe, [])
            return []
        case .probing: return try listen()
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

    /// Asks to be told of what is written, where somebody tells, and goes on with the questions.
    private mutating func listen() throws(PostgresError) -> [Event] {
        guard listens, !isPooled, let statement = trail?.listenStatement else {
            phase = .idle
            return askNext()
        }
        phase = .listening
        try send(statement, [])
        return []
    }

    private mutating func run(_ step: Inquiry.Step, of inquiry: Inquiry, _ id: RequestID) throws(PostgresError)
        -> [Event]
    {
        switch step {
        case .answered(let answer):
            phase = .idle
            cancellations.removeAll { $0.request.isTaken() }
            return [.answered(id, answer)] + askNext()
        case .run(let statement, let parameters):
            phase = .asking(id, inquiry)
            statements.append(record(of: statement, parameters, inquiry.question))
            statements = statements.suffix(Self.mostStatements)
            try send(statement, parameters)
            return []
        }
    }

    /// The statement as it may be shown: those of a revert are given rows with what is masked in them.
    private func record(
        of statement: Statement,
        _ parameters: [String?],
        _ question: Question
    ) -> StatementRecord {
        let hides = if case .revert = question { !preferences.masks.isEmpty } else { false }
        let shown = hides ? parameters.map { $0 == nil ? nil : Masks.text } : parameters
        return StatementRecord(name: statement.name, text: statement.text, parameters: shown)
    }

    private mutating func askNext() -> [Event] {
        guard let trail, !queue.isEmpty else { return [] }
        let (id, question) = queue.removeFirst()
        // The list and the changes of its transaction make one screen.
        if question.isList { statements = [] }
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
        if isCancellation, isMeantForAnother(than: id) {
            queue.insert((id, inquiry.question), at: 0)
            return proceed()
        }
        let words = preferences.masks.isEmpty ? error.description : error.withoutValues.description
        let message = isCancellation ? "cancelled, or stopped by the time limit" : words
        // The results that are still to come end with `finished`, which goes on with the queue.
        return [.failed(id, Failure(message: message, isCancellation: isCancellation))] + proceed()
    }

    /// Whether a statement of a question was ended by a request to cancel that was sent while an earlier one ran.
    private mutating func isMeantForAnother(than id: RequestID) -> Bool {
        guard !cancellations.isEmpty else { return false }
        let isOwn = cancellations.contains { $0.id == id }
        // One that is not taken yet may end the next statement, too.
        cancellations.removeAll { $0.request.isTaken() }
        return !isOwn
    }

    private mutating func lose(_ error: PostgresError) -> [Event] {
        loss = error
        return lose(error.description)
    }

    private mutating func lose(_ reason: String) -> [Event] {
        var failed = queue.map(\.id)
        if case .asking(let id, _) = phase { failed.insert(id, at: 0) }
        queue = []
        cancellations = []
        phase = .closed
        wantsToWrite = false
        followUp = nil
        connection = nil
        attempt = nil
        isPooled = false
        return failed.map { .failed($0, Failure(message: reason)) } + [.lost(reason)]
    }
}

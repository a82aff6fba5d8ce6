import AuditTrail
import Postgres

/// A session on its way to the trail that it is to read: it is prepared, looks for the trail, and finds out its order.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
public struct TrailOpening: Sendable {
    private enum Stage {
        case session, search, listening, done
        case order(Trail)
    }

    private let schema: String?
    private let preferences: TrailPreferences
    /// Whether the session is to be told of what is written, where somebody tells.
    private let listens: Bool
    private var stage = Stage.session
    private var isPooled = false
    /// The trail, once all is known of it.
    public private(set) var trail: Trail?

    /// The way to the trail in a schema, or to the only one of the database.
    public init(schema: String?, preferences: TrailPreferences, listens: Bool = false) {
        self.schema = schema
        self.preferences = preferences
        self.listens = listens
    }

    /// The statement to run next, with its parameters; nil when the session is ready.
    public func next(on connection: borrowing Connection) -> Request? {
        switch stage {
        case .session: Trail.session(of: connection, preferences: preferences)
        case .search: Trail.search(schema: schema, preferences: preferences)
        case .order(let trail): trail.orderProbe.map { ($0, []) }
        case .listening: trail?.listenStatement.map { ($0, []) }
        case .done: nil
        }
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `TrailError` and `PostgresError.undecodable`.
    public mutating func received(_ result: borrowing QueryResult, on connection: borrowing Connection) throws {
        switch stage {
        case .session:
            isPooled = try Trail.takeSession(result, on: connection, preferences: preferences)
            stage = .search
        case .search:
            let name = connection.databaseName
            let found = try Trail.choose(from: result, schema: schema, database: name, preferences: preferences)
            if found.orderProbe == nil { finish(with: found) } else { stage = .order(found) }
        case .order(var found):
            try found.takeOrder(from: result)
            finish(with: found)
        case .listening, .done: stage = .done
        }
    }

    /// A pooler hands out a session of the server that must not be told of news.
    private mutating func finish(with trail: Trail) {
        self.trail = trail
        stage = listens && !isPooled && trail.listenStatement != nil ? .listening : .done
    }
}

extension Trail {
    /// Prepares the session and finds the trail, waiting for the server.
    ///
    /// Throws `TrailError` and `PostgresError`.
    public static func open(
        on connection: borrowing Connection,
        schema: String?,
        preferences: TrailPreferences = TrailPreferences()
    ) throws -> Trail {
        var opening = TrailOpening(schema: schema, preferences: preferences)
        while let next = opening.next(on: connection) {
            try opening.received(connection.execute(next.statement, next.parameters), on: connection)
        }
        guard let trail = opening.trail else { preconditionFailure("an opening ends with a trail or an error") }
        return trail
    }
}

import Postgres

/// Lets something happen in the sample shop every few seconds, over a session of its own.
///
/// Nothing here waits: the server does. Poll `descriptor` for reading along with everything else, and call `advance`
/// when it can be read. Each event is a statement of its own, since a trail's times are those of the statement: a
/// procedure that looped on the server would stamp every change with the time at which it was called.
public struct SampleWriter: ~Copyable {
    private let connection: Connection
    private var statement: Statement

    private static let event = Statement("live_event", SQLFiles.liveEvent)
    private static let pause = Statement("live_pause", SQLFiles.livePause)

    /// Connects to the database in which the history was played, and starts with a pause.
    ///
    /// Blocks for the connecting.
    public static func start(_ settings: ConnectionSettings) throws(PostgresError) -> SampleWriter {
        let connection = try Connection.open(settings)
        try connection.send(pause)
        return SampleWriter(connection: connection, statement: pause)
    }

    private init(connection: consuming Connection, statement: Statement) {
        self.connection = connection
        self.statement = statement
    }

    /// The socket to poll for reading; the same for as long as the writer lives.
    public var descriptor: Int32 { connection.descriptor }

    /// Takes what the server has sent and, when a statement is done, sends the next.
    ///
    /// An event that the server refuses is left out: the person may just have changed a table of the shop. Throws
    /// `PostgresError.connectionLost`, after which the writer is of no more use.
    public mutating func advance() throws(PostgresError) {
        while true {
            do throws(PostgresError) {
                switch try connection.receive(of: statement.name) {
                case .pending: return
                case .result: continue
                case .finished: break
                }
            } catch .refused {
                continue
            }
            statement = statement == Self.pause ? Self.event : Self.pause
            try connection.send(statement)
        }
    }
}

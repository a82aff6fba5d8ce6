import Glibc
import Postgres
import PrivateServer
import TestProgram

/// A server of a test's own, whose settings and transaction numbers are not those of the tests' server.
final class Cluster {
    private let server: PrivateServer

    /// A server from which others can take what is written.
    init(_ configuration: [(name: String, value: String)] = []) throws {
        let senders = [(name: "wal_level", value: "logical"), ("max_wal_senders", "10")]
        server = try PrivateServer.start(configuration: senders + configuration)
    }

    var folder: String { server.folder }

    /// Makes an empty database.
    func makeDatabase(_ name: String = "shop") throws -> ClusterDatabase {
        ClusterDatabase(settings: try server.createDatabase(name))
    }
}

/// A database of a cluster.
struct ClusterDatabase {
    let settings: ConnectionSettings

    func connect() throws -> Connection { try Connection.open(settings) }

    /// The options that lead the program, and psql, to it.
    var options: String {
        let settings = [("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database)]
        return settings.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(separator: " ")
    }

    func run(_ arguments: String) throws -> Outcome {
        try shell("\(program) \(arguments) --config /dev/null \(options) </dev/null")
    }

    /// Lets so many transactions have ended.
    func useUpTransactions(_ count: Int) throws {
        let loop = "for i in 1..\(count) loop perform txid_current(); commit; end loop"
        _ = try connect().executeScript(Statement("use_up", verbatim: "do $$ begin \(loop); end $$"))
    }
}

/// Waits until something holds; throws after a minute, with what is there instead.
func waitUntil<T: Equatable>(_ expected: T, _ read: () throws -> T) throws {
    let limit = ContinuousClock.now + .seconds(60)
    while case let found = try read(), found != expected {
        guard ContinuousClock.now < limit else { throw TestError("waited in vain for \(expected): \(found)") }
        usleep(20_000)
    }
}

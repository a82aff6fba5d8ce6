import Glibc
import Postgres

/// A throwaway PostgreSQL server of our own in a temporary folder, reachable through a Unix socket in it.
///
/// It trusts whoever reaches the folder, which only its owner and root do, and listens on no network address. Nothing
/// of it is safe from a crash of the machine, and nothing of it is left once this value is gone or this process has
/// ended in whatever way, `SIGKILL` included: a child process of the server's user waits for that and cleans up.
public struct PrivateServer: ~Copyable, Sendable {
    /// The folder that holds the server's data, socket and log.
    public let folder: String
    /// The process id of the server.
    public let processID: Int32
    private let keeper: Keeper

    /// Makes a database cluster and starts its server; returns when it accepts connections, after a second or so.
    ///
    /// `configuration` holds server settings beyond our own, as in `postgresql.conf`. The programs are those of
    /// `pg_config --bindir`, else the newest under `/usr/lib/postgresql`, else those on the `PATH`. Called by root, the
    /// server runs as the user `postgres` (`nobody` where there is none). Throws `PrivateServerError.timedOut` after a
    /// minute.
    public static func start(
        configuration: [(name: String, value: String)] = []
    ) throws(PrivateServerError) -> PrivateServer {
        let seconds = 60
        let limit = ContinuousClock.now + .seconds(seconds)
        var keeper = try Keeper.launch(parentFolder: temporaryFolder, arguments: arguments(configuration))
        guard let line = keeper.line(until: limit) else {
            // unreached: a shell that starts, but says nothing for a minute
            if ContinuousClock.now > limit { throw .timedOut(seconds: seconds) }
            throw .refused(log: "")
        }
        guard let (processID, folder) = announcement(line) else {
            // unreached: where there is PostgreSQL, its programs cannot be hidden
            if line == "programs missing" { throw .programsMissing }
            throw .refused(log: line + "\n" + keeper.remainingText(until: limit))
        }
        while !answers(settings(folder: folder, database: "postgres")) {
            if keeper.waitForInput(until: .now + .milliseconds(10)) {
                throw .refused(log: keeper.remainingText(until: limit))
            }
            // unreached: a server that starts, but does not answer for a minute
            if ContinuousClock.now > limit { throw .timedOut(seconds: seconds) }
        }
        return PrivateServer(folder: folder, processID: processID, keeper: keeper)
    }

    /// Stops the server and removes its folder; returns when both are gone.
    ///
    /// Takes some hundredths of a second, at most 10 s. Open connections are cut. The same happens when the value is
    /// let go of.
    public consuming func stop() {}

    /// How to connect to a database of this server, as its superuser `postgres`.
    public func settings(database: String = "postgres") -> ConnectionSettings {
        Self.settings(folder: folder, database: database)
    }

    /// Makes an empty database and says how to connect to it.
    public func createDatabase(_ name: String) throws(PostgresError) -> ConnectionSettings {
        let connection = try Connection.open(settings())
        try connection.execute(Statement("create_database", "create database \(identifier: name)"))
        return settings(database: name)
    }

    private init(folder: String, processID: Int32, keeper: consuming Keeper) {
        self.folder = folder
        self.processID = processID
        self.keeper = keeper
    }

    private static func settings(folder: String, database: String) -> ConnectionSettings {
        ConnectionSettings(database: database, host: folder, port: "5432", user: "postgres")
    }

    private static func answers(_ settings: ConnectionSettings) -> Bool {
        do {
            _ = try Connection.open(settings)
            return true
        } catch {
            return false
        }
    }

    private static func announcement(_ line: String) -> (processID: Int32, folder: String)? {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "server", let processID = Int32(words[1]) else { return nil }
        return (processID, String(words[2]))
    }

    private static var temporaryFolder: String {
        guard let folder = getenv("TMPDIR").map({ String(cString: $0) }), folder.hasPrefix("/") else { return "/tmp" }
        return folder
    }

    /// Durability is off since a crash loses the folder anyway; autovacuum, so that no test meets its locks.
    private static func arguments(_ configuration: [(name: String, value: String)]) -> [String] {
        let own = [
            ("listen_addresses", ""), ("port", "5432"), ("fsync", "off"), ("full_page_writes", "off"),
            ("synchronous_commit", "off"), ("wal_level", "minimal"), ("max_wal_senders", "0"),
            ("checkpoint_timeout", "1h"), ("shared_buffers", "64MB"), ("huge_pages", "off"),
            // Not POSIX shared memory, which would stay in /dev/shm when the server is killed.
            ("dynamic_shared_memory_type", "mmap"),
            ("max_connections", "50"), ("autovacuum", "off"), ("jit", "off"), ("timezone", "UTC"),
            ("log_timezone", "UTC"),
        ]
        return (own + configuration).flatMap { name, value in ["-c", "\(name)=\(value)"] }
    }
}

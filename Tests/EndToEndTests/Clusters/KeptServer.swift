import Glibc
import Postgres
import TestProgram
import TestServer

/// A server whose data somebody else makes than `PrivateServer` does; gone with this value, or with this process.
final class KeptServer {
    let folder: String
    private let stream: UnsafeMutablePointer<FILE>

    /// Runs the commands that make `data` in the folder, then the server on it.
    ///
    /// `programs` is the folder of the server's programs.
    init(programs: String, making data: (_ folder: String) -> String) throws {
        folder = "/tmp/audit-tui-kept-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let script = """
            umask 077; cd /; mkdir \(folder) || exit
            \(data(folder)) &&
            { \(programs)/postgres -D \(folder)/data -k \(folder) -c listen_addresses= -p 5432 >\(folder)/log 2>&1 </dev/null & }
            server=$!
            while read -r _; do :; done
            kill -QUIT $server; wait $server; rm -rf \(folder)
            """
        let user = getuid() == 0 ? "setpriv --reuid=postgres --regid=\"$(id -g postgres)\" --clear-groups" : ""
        guard let stream = popen("\(user) sh -c \(quoted(script))", "w") else { throw TestError("no shell") }
        self.stream = stream
    }

    deinit { pclose(stream) }

    /// Waits until the server answers.
    func wait(for settings: ConnectionSettings) throws {
        try waitUntil(true) { (try? Connection.open(settings)) != nil }
    }
}

/// A server in recovery that repeats what is written to another one; gone with this value, or with this process.
final class Standby {
    let settings: ConnectionSettings
    private let server: KeptServer

    /// Copies the primary and waits until the copy answers.
    init(of primary: ClusterDatabase) throws {
        let connection = try primary.connect()
        let result = try connection.execute(Statement("bin", "select setting from pg_config where name = 'BINDIR'"))
        let programs = try result.only { row throws(PostgresError) in try row.text(0) }
        let host = primary.settings.host ?? ""
        server = try KeptServer(programs: programs) { folder in
            "\(programs)/pg_basebackup -h \(host) -U postgres -D \(folder)/data -R -c fast"
        }
        var settings = primary.settings
        settings.host = server.folder
        self.settings = settings
        try server.wait(for: settings)
    }
}

/// A server of the version that Debian has, where the tests' server is a newer one.
final class OlderServer {
    /// The folder of its programs.
    let programs: String
    private let server: KeptServer

    init() throws {
        let version = try Connection.open(TestServer.settings()).serverVersion / 10000
        let found = try shell("ls -d /usr/lib/postgresql/*/bin").output.split(separator: "\n")
        let older = found.compactMap { folder in folder.split(separator: "/").dropLast().last.flatMap { Int($0) } }
            .filter { $0 < version }
        guard let newest = older.max() else { throw TestError("no server older than \(version) is installed") }
        let programs = "/usr/lib/postgresql/\(newest)/bin"
        self.programs = programs
        server = try KeptServer(programs: programs) { folder in
            "\(programs)/initdb --no-sync -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D \(folder)/data >/dev/null"
        }
        try server.wait(for: settings(database: "postgres"))
    }

    func makeDatabase(_ name: String = "shop") throws -> ClusterDatabase {
        let connection = try Connection.open(settings(database: "postgres"))
        try connection.execute(Statement("create_database", "create database \(identifier: name)"))
        return ClusterDatabase(settings: settings(database: name))
    }

    private func settings(database: String) -> ConnectionSettings {
        ConnectionSettings(database: database, host: server.folder, port: "5432", user: "postgres")
    }
}

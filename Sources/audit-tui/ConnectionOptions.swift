import ArgumentParser
import Glibc
import Postgres

extension CompletionKind {
    /// The databases of the server that psql finds without being told where.
    static let databases = CompletionKind.shellCommand(
        "psql -XAtwc 'select datname from pg_database where datallowconn order by 1' postgres 2>/dev/null"
    )
}

/// Where to connect and as whom, in psql's options.
struct ConnectionOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "The server's host name, address or socket folder.")
    var host: String?

    @Option(name: [.short, .long], help: "The server's port.")
    var port: String?

    @Option(name: [.customShort("U"), .long], help: ArgumentHelp("The role to connect as.", valueName: "role"))
    var username: String?

    @Option(name: [.short, .long], help: "A database name, a URI or keyword=value pairs.", completion: .databases)
    var dbname: String?

    @Flag(name: [.customShort("w"), .long], help: "Never ask for a password.")
    var noPassword = false

    @Flag(name: [.customShort("W"), .long], help: "Ask for a password before connecting.")
    var password = false

    func validate() throws {
        if noPassword && password { throw ValidationError("-w and -W exclude each other") }
    }

    /// The settings for libpq, which fills in what is missing from its environment and files.
    var settings: ConnectionSettings {
        ConnectionSettings(database: dbname, host: host, port: port, user: username)
    }

    /// Connects, asking for a password on the terminal where the server wants one.
    ///
    /// Throws `CommandError.cannotConnect`, `.noTerminal` and `.interrupted`.
    func connect() throws -> Connection {
        var settings = settings
        return try connect(&settings)
    }

    /// Connects with the settings and leaves a password that was typed in them, for connections to come.
    func connect(_ settings: inout ConnectionSettings) throws -> Connection {
        if password { settings.password = try readPassword() }
        do {
            return try Connection.open(settings)
        } catch {
            guard case .cannotConnect(_, needsPassword: true) = error, !noPassword, settings.password == nil else {
                throw CommandError.cannotConnect(error)
            }
        }
        settings.password = try readPassword()
        do {
            return try Connection.open(settings)
        } catch {
            throw CommandError.cannotConnect(error)
        }
    }
}

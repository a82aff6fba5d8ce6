import ArgumentParser
import AuditTrail
import Glibc
import Postgres
import Settings

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

    @Option(help: ArgumentHelp("A connection of the configuration.", valueName: "name"))
    var connectionProfile: String?

    @OptionGroup
    var personal: SettingsOptions

    @Flag(name: [.customShort("w"), .long], help: "Never ask for a password.")
    var noPassword = false

    @Flag(name: [.customShort("W"), .long], help: "Ask for a password before connecting.")
    var password = false

    func validate() throws {
        if noPassword && password { throw ValidationError("-w and -W exclude each other") }
    }

    /// The settings for libpq, which fills in what is missing from its environment and files.
    ///
    /// What the command line says goes before what the profile says; a URI or a string of pairs there, in its place.
    ///
    /// Throws `CommandError.usage` when there is no such profile.
    func settings(database: String? = nil) throws(CommandError) -> ConnectionSettings {
        let database = database ?? dbname
        var settings = ConnectionSettings(database: database, host: host, port: port, user: username)
        if database?.contains("=") != true, database?.contains("://") != true {
            settings.profile = try profile()?.connectionString
        }
        return settings
    }

    /// The profile that was named; nil when none was.
    ///
    /// Throws `CommandError.usage` when there is no such profile.
    func profile() throws(CommandError) -> Profile? {
        guard let name = connectionProfile else { return nil }
        let configuration = try personal.read().configuration
        if let profile = configuration.profiles[name] { return profile }
        let file = configuration.file ?? "the configuration, which does not exist"
        let known = configuration.profiles.keys.sorted().joined(separator: ", ")
        throw .usage("there is no profile \(name) in \(file)" + (known.isEmpty ? "" : "; there are \(known)"))
    }

    /// Connects, asking for a password on the terminal where the server wants one.
    ///
    /// Throws `CommandError.cannotConnect`, `.noTerminal` and `.interrupted`.
    func connect() throws -> Connection {
        var settings = try settings()
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

extension Profile {
    /// What libpq is to be told; nil leaves it to the environment.
    var connectionString: String? {
        guard let service else {
            return connection.map { $0.contains("=") || $0.contains("://") ? $0 : pair("dbname", $0) }
        }
        return pair("service", service)
    }

    /// A pair of a connection string (PostgreSQL 15, 34.1.1.1).
    private func pair(_ keyword: String, _ value: String) -> String {
        let escaped = value.replacing(scalar: "\\", with: "\\\\").replacing(scalar: "'", with: "\\'")
        return "\(keyword)='\(escaped)'"
    }
}

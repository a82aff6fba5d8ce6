import ArgumentParser
import AuditQuery
import AuditSetup
import AuditTrail
import Glibc
import Postgres
import PrivateServer
import Screen
import Terminal

/// `audit-tui demo`: the browser on a throwaway server with a sample history.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Browse a sample history on a throwaway server.",
        discussion: "The server listens on a socket in a temporary folder only. Nothing of it is left afterwards."
    )

    @Option(help: "Which colours to use.")
    var color = ColorChoice.auto

    @Option(help: "The theme: a name, or the path of a file.")
    var theme: String?

    @OptionGroup
    var personal: SettingsOptions

    private static let auditSchema = "audit"

    func run() throws {
        guard hasTerminal else { throw CommandError.terminal(.noTerminal) }
        let personal = try personal.read()
        let appearance = try BrowserAppearance.choose(theme, personal)
        var preferences = try personal.preferences()
        preferences.hasExcerpts = true
        tell("starting a private PostgreSQL server")
        let server = try PrivateServer.start()
        let settings = try prepare(server)
        let connection = try Connection.open(settings)
        let trail = try Trail.open(on: connection, schema: Self.auditSchema, preferences: preferences)
        // Once the browser has ended as it was told to, a ^C too many does not change that.
        signal(SIGINT) { _ in }
        let status = try browse(
            Channel(connection, trail: trail, settings),
            settings,
            Filter(),
            personal: personal,
            appearance: appearance,
            colorMode: color.mode,
            allowsDryRun: true,
            writer: try SampleWriter.start(settings)
        )
        server.stop()
        if status != 0 { throw ExitCode(status) }
    }

    /// Whether there is a terminal to draw on, which is better known before two years are played.
    private var hasTerminal: Bool {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return false }
        close(terminal)
        return isatty(STDOUT_FILENO) == 1
    }

    /// Makes the shop, installs the audit trail and plays the history; returns how to connect to it.
    private func prepare(_ server: borrowing PrivateServer) throws -> ConnectionSettings {
        let settings = try server.createDatabase("shop")
        let connection = try Connection.open(settings)
        try SampleHistory.createShop(on: connection)
        tell("installing the audit trail")
        try Installer.install(Self.request, auditSchema: Self.auditSchema, on: connection)
        tell("playing two years of history")
        try SampleHistory.play(on: connection, auditSchema: Self.auditSchema)
        return settings
    }

    private static var request: InstallRequest {
        func table(_ name: String) -> TableName { TableName(schema: SampleHistory.schema, name: name) }
        var request = InstallRequest()
        request.tables = SampleHistory.tables.map(table)
        request.actorTable = table(SampleHistory.actorTable)
        let excluded = SampleHistory.excludedColumn
        request.excludedColumns = [ColumnName(table: table(excluded.table), name: excluded.name)]
        return request
    }
}

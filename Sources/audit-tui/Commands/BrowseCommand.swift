import ArgumentParser
import AuditQuery
import AuditTrail
import Glibc
import Postgres
import PrivateServer
import Screen
import Terminal

/// The browser, which is what the program does when nothing else is asked for.
struct BrowseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "browse",
        abstract: "Browse the audit trail (the default).",
        discussion: "Where standard output is no terminal, prints what audit-tui log prints."
    )

    @Argument(help: "A database name, a URI or keyword=value pairs.", completion: .databases)
    var database: String?

    @OptionGroup
    var options: BrowseOptions

    func run() throws { try options.browse(database) }
}

/// The options of the browser, which are those of the program as well.
struct BrowseOptions: ParsableArguments {
    @OptionGroup(title: "Filter")
    var filter: FilterOptions

    @Option(help: "The schema of the audit tables, if there are several.")
    var schema: String?

    @OptionGroup(title: "Masks")
    var masks: MaskOptions

    @Option(help: "Which colours to use.")
    var color = ColorChoice.auto

    @Option(help: "The theme: a name, or the path of a file.")
    var theme: String?

    @Option(help: "How often following looks for what is new: 500ms, 2s; 1000ms unless the configuration says else.")
    var interval: TimeSpan?

    @Flag(help: "Let d run a revert that is previewed and roll it back, in a session that may write.")
    var allowDryRun = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    /// Opens the browser on a database; nil for the one of the connection options.
    func browse(_ database: String?) throws {
        let personal = try connection.personal.read()
        let profile = try connection.profile()
        let isOnScreen = isatty(STDOUT_FILENO) == 1
        if !isOnScreen { personal.tellProblems() }
        let filter = try filter.filter(now: currentTime()).and(connection.profileFilter())
        let appearance = try BrowserAppearance.choose(theme, personal)
            .banner(of: profile, named: connection.connectionProfile)
        var settings = try connection.settings(database: database)
        var preferences = try personal.preferences(masking: masks.masks)
        preferences.hasExcerpts = true
        guard isOnScreen else {
            let session = try connection.connect(&settings)
            let trail = try openTrail(on: session, schema: schema, preferences)
            try tellUnknownNames(in: filter, of: trail, on: session)
            return try printLog(of: trail, on: session, filter, .text, limit: nil)
        }
        let status = try openingBrowser(&settings, preferences) { page, settings in
            try audit_tui.browse(
                page,
                settings,
                filter,
                personal: personal,
                appearance: appearance,
                colorMode: color.mode,
                followInterval: interval?.milliseconds,
                allowsDryRun: allowDryRun
            )
        }
        if status != 0 { throw ExitCode(status) }
    }
}

/// Opens the browser on a trail that has been found, or on the way to one; returns when the person leaves, with the status
/// to exit with.
///
/// Throws `TerminalError` when the terminal cannot be drawn on, and why there is no session where there has been none.
func browse(
    _ page: consuming Channel,
    _ settings: ConnectionSettings,
    _ filter: Filter,
    personal: PersonalSettings,
    appearance: BrowserAppearance,
    colorMode: ColorMode?,
    followInterval: Int? = nil,
    allowsDryRun: Bool,
    writer: consuming SampleWriter? = nil
) throws -> Int32 {
    let terminal = try TerminalSession(colorMode: colorMode, theme: appearance.theme)
    let background = page.sibling
    let loop = BrowserLoop(
        terminal,
        page: page,
        background: background,
        settings: settings,
        allowsDryRun: allowsDryRun,
        filter: filter,
        personal: personal,
        appearance: appearance,
        followInterval: followInterval ?? personal.configuration.followIntervalMilliseconds ?? 1000,
        writer: writer
    )
    return try loop.run()
}

/// Which colours to use.
struct ColorChoice: ExpressibleByArgument {
    /// The mode; nil leaves it to `NO_COLOR`, `TERM` and terminfo.
    let mode: ColorMode?

    static let auto = ColorChoice(mode: nil)
    static let allValueStrings = ["auto"] + ColorMode.allCases.map(\.rawValue)
    static let defaultCompletionKind = CompletionKind.list(allValueStrings)

    var defaultValueDescription: String { mode?.rawValue ?? "auto" }

    init(mode: ColorMode?) { self.mode = mode }

    init?(argument: String) {
        guard ColorChoice.allValueStrings.contains(argument) else { return nil }
        mode = ColorMode(parse: argument)
    }
}

/// Finds the trail of the database; asks on a terminal when there are several, and says when reading it is slow.
func openTrail(
    on connection: borrowing Connection,
    schema: String?,
    _ preferences: TrailPreferences
) throws -> Trail {
    let trail = try chooseTrail(on: connection, schema: schema, preferences)
    warn(of: trail)
    return trail
}

/// What is said of a database whose bytes may be anything.
let unreadableBytes =
    "the database has the encoding SQL_ASCII: bytes that are no UTF-8 are shown as U+FFFD, and rows with them not reverted"

/// Says when reading a trail is slow, and when it shows a part only.
func warn(of trail: Trail) {
    if let warning = trail.partWarning { tell("audit-tui: warning: \(warning)") }
    if !trail.hasNativeIndex {
        let table = TableName(schema: trail.schema, name: "activity")
        tell("audit-tui: warning: \(table) has no index on native_transaction_id, every page is slow")
    }
    if trail.isOfBytes { tell("audit-tui: warning: \(unreadableBytes)") }
}

private func chooseTrail(
    on connection: borrowing Connection,
    schema: String?,
    _ preferences: TrailPreferences
) throws -> Trail {
    do {
        return try Trail.open(on: connection, schema: schema, preferences: preferences)
    } catch TrailError.ambiguous(let schemas) where isInteractive {
        return try Trail.open(on: connection, schema: chosenSchema(of: schemas), preferences: preferences)
    }
}

/// Asks in which of the schemas the trail is that is meant.
///
/// Throws `TrailError.ambiguous` for an answer that is none of them.
func chosenSchema(of schemas: [String]) throws -> String {
    for (index, schema) in schemas.enumerated() { tell("  \(index + 1)  \(schema)") }
    tell("Several schemas hold an audit trail. Which one? [1]")
    let answer = readLine() ?? ""
    guard let number = answer.isEmpty ? 1 : Int(answer), schemas.indices.contains(number - 1) else {
        throw TrailError.ambiguous(schemas: schemas)
    }
    return schemas[number - 1]
}

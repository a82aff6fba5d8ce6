import ArgumentParser
import AuditQuery
import AuditTrail
import Glibc
import Postgres
import Report

/// `audit-tui log`: prints the trail, newest first.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Print the audit trail, newest first, or as it grows."
    )

    @Argument(help: "A database name, a URI or keyword=value pairs.", completion: .databases)
    var database: String?

    @OptionGroup(title: "Filter")
    var filter: FilterOptions

    @OptionGroup(title: "Masks")
    var masks: MaskOptions

    @Option(help: "Paragraphs, all changes, or a line for each of them.")
    var format = LogFormat.text

    @Flag(help: "Leave CSV cells that a spreadsheet takes for formulas as they are.")
    var raw = false

    @Option(help: "At most so many transactions; of jsonl and csv, changes.")
    var limit: Int?

    @Flag(help: "Print what is committed from now on, oldest first.")
    var follow = false

    @Option(help: "How often --follow looks: 500ms, 2s.")
    var interval = TimeSpan(milliseconds: 1000)

    @Flag(help: "Print the oldest first.")
    var reverse = false

    @Option(help: "The schema of the audit tables, if there are several.")
    var schema: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
        if raw && format != .csv { throw ValidationError("--raw is for --format csv only") }
        if follow && reverse { throw ValidationError("--follow prints the oldest first anyway; leave --reverse out") }
    }

    func run() throws {
        let personal = try connection.personal.read()
        personal.tellProblems()
        let filter = try filter.filter(now: currentTime()).and(connection.profileFilter())
        var settings = try connection.settings(database: database)
        var preferences = try personal.preferences(masking: masks.masks)
        preferences.hasExcerpts = format == .text
        let connection = try connection.connect(&settings)
        let trail = try openTrail(on: connection, schema: schema, preferences)
        try tellUnknownNames(in: filter, of: trail, on: connection, isFollowing: follow)
        guard follow else {
            return try printLog(
                of: trail,
                on: connection,
                filter,
                format,
                limit: limit,
                oldestFirst: reverse,
                isRaw: raw
            )
        }
        let follower = try TrailFollower.start(on: connection, trail: trail, filter: filter)
        try printLog(of: follower, format, limit: limit, everyMilliseconds: interval.milliseconds, isRaw: raw)
    }
}

import ArgumentParser
import AuditSetup
import AuditTrail
import JSON
import Postgres
import Report
import Screen

/// `audit-tui status`: what is installed and what escapes it.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is recorded; exit 5 when there are holes.",
        usage: "audit-tui status [<options>] [--gaps [<table>]]",
        discussion: "With --gaps, goes through the trail for rows that were written unrecorded."
    )

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Look for rows that were written unrecorded.")
    var gaps = false

    @Argument(help: ArgumentHelp("The only table to look for gaps in.", valueName: "table"))
    var table: String?

    @Option(help: ArgumentHelp("The schema of the audit tables.", valueName: "schema"))
    var schema: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func validate() throws {
        if table != nil && !gaps { throw ValidationError("a table is named with --gaps only") }
    }

    func run() throws {
        let table = try table.map(parseName)
        // The rows that gaps are in are named by their keys.
        if gaps { _ = try connection.personal.read().knownMasks() }
        let connection = try connection.connect()
        let installations = try auditSchemas(on: connection)
        if json && schema == nil && installations.isEmpty {
            printLine(OutputLine(StatusReport.absent))
            throw ExitStatus.schemaMissing
        }
        let schema = try auditSchema(named: schema, among: installations)
        if gaps && !json { return try printGaps(table, schema, on: connection) }
        let status = try Catalog.read(from: connection, auditSchema: schema).status(from: connection)
        guard status.isInstalled || status.hasTrail || json else { throw SetupError.notInstalled(schema: schema) }
        if gaps && status.isInstalled { return try printDocument(status, withGapsOf: table, on: connection) }
        if json {
            printLine(OutputLine(StatusReport.document(status)))
        } else {
            for line in StatusReport.lines(status) { printLine(SafeText(line)) }
        }
        if !status.isInstalled && !status.isReplicated { throw ExitStatus.schemaMissing }
        if !status.holes.isEmpty { throw ExitStatus.holes }
    }

    private func printGaps(_ table: QualifiedName?, _ schema: String, on connection: consuming Connection) throws {
        let summary = try findGaps(table, schema, on: connection) { printLine(SafeText(GapOutput.line($0))) }
        for line in GapOutput.lines(summary) { printLine(SafeText(line)) }
        if summary.gaps > 0 { throw ExitStatus.holes }
    }

    /// The document is printed piece by piece: there may be more gaps than memory.
    private func printDocument(
        _ status: AuditSetup.Status,
        withGapsOf table: QualifiedName?,
        on connection: consuming Connection
    ) throws {
        // Not before the first gap: a search that is refused leaves no part of a document.
        var opening = OutputLine.opening(of: StatusReport.document(status)) + #","gaps":["#
        let summary = try findGaps(table, status.schema, on: connection) { gap in
            printLine(opening + OutputLine(GapOutput.document(gap)), isEnded: false)
            opening = ","
        }
        let start = summary.gaps == 0 ? opening : ""
        printLine(start + #"],"unchecked":"# + OutputLine(GapOutput.document(summary.unchecked)) + "}")
        if summary.gaps > 0 { throw ExitStatus.holes }
    }

    private func findGaps(
        _ table: QualifiedName?,
        _ schema: String,
        on connection: consuming Connection,
        _ take: @escaping (Gap) -> Void
    ) throws -> GapSummary {
        let signals = HeldSignals()
        defer { signals.release() }
        var line = ProgressLine()
        defer { line.clear() }
        let checker = GapChecker(on: connection, auditSchema: schema, isStopped: signals.take) { report in
            switch report {
            case .progress(let progress): line.show(progress)
            case .gap(let gap):
                line.clear()
                take(gap)
            }
        }
        let summary = try checker.check(table)
        line.clear()
        return summary
    }
}

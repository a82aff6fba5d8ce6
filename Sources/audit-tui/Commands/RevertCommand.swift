import ArgumentParser
import AuditQuery
import AuditTrail
import JSON
import Postgres
import Report
import Screen

/// `audit-tui revert`: a script that takes changes back; here it is run to be rolled back at most.
struct RevertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert",
        abstract: "Print a guarded script that takes changes back.",
        discussion: """
            The script acts on a row only while it still holds what the transaction wrote, and does nothing at all when \
            one does not, unless --partial. Read it, then run it: audit-tui revert 812 | psql
            """
    )

    @Argument(help: "Its number in the list, or x and that of the server: x900.")
    var transaction: String?

    @Option(help: ArgumentHelp("Take this change back alone.", valueName: "id"))
    var activity: Int64?

    @OptionGroup(title: "Filter")
    var filter: FilterOptions

    @Flag(help: "Skip columns and rows changed since, with a warning.")
    var partial = false

    @Flag(help: "Print instead what would become of it, as lines of JSON.")
    var check = false

    @Flag(help: "Run it instead, roll it back, and say what came of that.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("The schema of the audit tables, if there are several.", valueName: "schema")
    )
    var schema: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        let request = RevertRequest(filter: try selection(), isPartial: partial, isChecked: check)
        let personal = try connection.personal.read()
        personal.tellProblems()
        let preferences = try personal.preferences()
        var settings = try connection.settings()
        let connection = try connection.connect(&settings)
        let trail = try openTrail(on: connection, schema: schema, preferences)
        switch try trail.answer(to: .revert(request), on: connection) {
        case .unanswerable(let reason): throw CommandError.other(reason)
        case .revert(let script) where check:
            for line in RevertReport.jsonLines(script) { printLine(OutputLine(line)) }
        case .revert(let script) where dryRun: try run(script, settings)
        case .revert(let script): printLines(script.text + "\n")
        default: break
        }
    }

    func validate() throws {
        if check, dryRun { throw ValidationError("--check and --dry-run answer different questions: give one of them") }
    }

    /// Runs the script and rolls it back; what interrupts that is passed on to the server.
    private func run(_ script: RevertScript, _ settings: ConnectionSettings) throws {
        let signals = HeldSignals()
        defer { signals.release() }
        var isInterrupted = false
        let run = try DryRunSession.run(script, settings) {
            guard signals.take() else { return false }
            isInterrupted = true
            return true
        }
        let outcome = script.shown(run)
        for notice in outcome.notices { printLine(SafeText(notice)) }
        if outcome.otherNotices > 0 { printLine("\(grouped(outcome.otherNotices)) more notices") }
        let words = "dry run: \(outcome.outcome(of: script.statements.count))"
        if isInterrupted, outcome.failure != nil { throw CommandError.interrupted }
        if let failure = outcome.failure { throw CommandError.other("\(words): \(failure.message)") }
        printLine(SafeText(words))
    }

    /// What is to be taken back: one way of saying it, and only one.
    private func selection() throws -> Filter {
        let filter = try filter.filter(now: currentTime())
        let terms = [
            try transaction.map(transactionTerm),
            activity.map { FilterTerm.number(.activity, .anyOf([$0])) },
        ].compactMap(\.self)
        guard terms.count + (filter.isEmpty ? 0 : 1) == 1 else {
            throw ValidationError("name a transaction, or --activity ID, or a filter, and one of them only")
        }
        return terms.isEmpty ? filter : Filter(terms.map(FilterExpression.term))
    }
}

import ArgumentParser
import AuditTrail
import Report

/// How one row is printed.
enum RowFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// `audit-tui row`: a row as it was.
struct RowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "row",
        abstract: "Print a row as it was at a moment.",
        usage: "audit-tui row [<options>] <table> <key> --at <time>"
    )

    @OptionGroup
    var row: RowOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The moment: 2026-10-09T17:31, -2h, yesterday.", valueName: "time")
    )
    var at: String

    @Option(help: "Lines, or one JSON object.")
    var format = RowFormat.text

    func run() throws {
        let moment = try moment(at)
        let question = Question.row(try row.tablePattern(), try row.keyTerm(), at: moment)
        guard case .row(let row) = try row.answer(to: question) else { return }
        switch format {
        case .text: for line in RowReport(row).lines { printLine(line.string) }
        case .json: printLine(RowReport.json(row))
        }
    }

    private func moment(_ text: String) throws -> Timestamp {
        do {
            return try Timestamp(parsing: text, now: currentTime())
        } catch {
            throw ValidationError("--at: \(error)")
        }
    }
}

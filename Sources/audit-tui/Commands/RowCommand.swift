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
        abstract: "Print a row, or a small table, as it was at a moment.",
        usage: "audit-tui row [<options>] <table> [<key>] --at <time>"
    )

    @OptionGroup
    var row: RowOptions

    @Argument(help: "Its key; without one, all rows of a small table.")
    var key: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The moment: 2026-10-09T17:31, -2h, friday 9:30.", valueName: "time")
    )
    var at: String

    @Option(help: "Lines, or a JSON object for each row.")
    var format = RowFormat.text

    func run() throws {
        let moment = try moment(at)
        guard let key else { return try printTable(at: moment) }
        let question = Question.row(try row.tablePattern(), try keyTerm(key), at: moment)
        guard case .row(let row) = try row.answer(to: question) else { return }
        if row.lastChange == nil, row.nextChange == nil { tellNoSuchRow(row.table, row.key) }
        switch format {
        case .text: for line in RowReport(row).lines { printLine(line) }
        case .json: printLine(OutputLine(RowReport.json(row)))
        }
    }

    private func printTable(at moment: Timestamp) throws {
        guard case .table(let table) = try row.answer(to: .table(try row.tablePattern(), at: moment)) else { return }
        switch format {
        case .text: for line in TableReport(table).lines { printLine(line) }
        case .json: for row in table.rows { printLine(OutputLine(RowReport.json(row))) }
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

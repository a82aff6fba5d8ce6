import ArgumentParser
import AuditTrail
import Report

/// `audit-tui history`: the versions of one row.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Print the versions of a row through all keys that it had.",
        usage: "audit-tui history [<options>] <table> <key>"
    )

    /// How the history is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, patch, jsonl
    }

    @OptionGroup
    var row: RowOptions

    @Argument(help: "Its key: a value, or column=value,... for several.")
    var key: String

    @Option(help: "Lines, with what each version changed, or JSON.")
    var format = Format.text

    @Option(help: "At most so many versions.")
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
    }

    func run() throws {
        let question = Question.history(try row.tablePattern(), try keyTerm(key), limit: limit ?? .max)
        guard case .history(let history) = try row.answer(to: question, hasExcerpts: format == .text) else { return }
        if history.versions.isEmpty, history.isComplete { tellNoSuchRow(history.shape.name, history.key) }
        switch format {
        case .text: for line in HistoryReport(history, .columns).lines { printLine(line) }
        case .patch: for line in HistoryReport(history, .difference).lines { printLine(line) }
        case .jsonl: for line in HistoryReport.jsonLines(history) { printLine(OutputLine(line)) }
        }
    }
}

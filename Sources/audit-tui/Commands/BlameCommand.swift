import ArgumentParser
import AuditTrail
import Report

/// `audit-tui blame`: who last wrote each value of a row.
struct BlameCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blame",
        abstract: "Print who last wrote each value of a row.",
        usage: "audit-tui blame [<options>] <table> <key>"
    )

    @OptionGroup
    var row: RowOptions

    @Argument(help: "Its key: a value, or column=value,... for several.")
    var key: String

    @Option(help: "Lines, or one JSON object.")
    var format = RowFormat.text

    func run() throws {
        let question = Question.history(try row.tablePattern(), try keyTerm(key), limit: .max)
        guard case .history(let history) = try row.answer(to: question) else { return }
        guard let blame = Blame(history) else { throw CommandError.other(reason(history)) }
        switch format {
        case .text: for line in BlameReport(blame, of: history).lines { printLine(line) }
        case .json: printLine(OutputLine(BlameReport.json(blame, of: history)))
        }
    }

    private func reason(_ history: RowHistory) -> String {
        let name = "\(history.shape.name.description) \(keyText(history.key))"
        if case .unknown(let reason) = history.live { return "cannot read \(name): \(reason)" }
        if history.versions.isEmpty, history.isComplete { return "there is no row \(name), now or in the trail" }
        return "there is no row \(name) now; history tells what became of it"
    }
}

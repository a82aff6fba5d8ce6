import ArgumentParser
import AuditQuery
import AuditTrail
import Browser
import Postgres

/// `audit-tui show`: one transaction with all of its changes.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a transaction with all of its changes, in order.",
        usage: "audit-tui show [<options>] <transaction>"
    )

    /// How the changes are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, patch, jsonl, csv, sql

        fileprivate var exported: ExportFormat {
            switch self {
            case .text, .patch: .patch
            case .jsonl: .jsonl
            case .csv: .csv
            case .sql: .sql
            }
        }
    }

    @Argument(help: "Its number in the list, or x and that of the server: x900.")
    var transaction: String

    @Option(help: "What was and is, lines, or statements that make it again.")
    var format = Format.text

    @Option(
        help: ArgumentHelp("The schema of the audit tables, if there are several.", valueName: "schema")
    )
    var schema: String?

    @OptionGroup(title: "Masks")
    var masks: MaskOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        let term = try transactionTerm(transaction)
        let personal = try connection.personal.read()
        personal.tellProblems()
        let preferences = try personal.preferences(masking: masks.masks)
        let connection = try connection.connect()
        let trail = try openTrail(on: connection, schema: schema, preferences)
        let filter = Filter([.term(term)])
        var reader = try TrailReader.open(connection, trail: trail, filter: filter, oldestFirst: true)
        var lines = ChangeLines(format.exported)
        var isEmpty = true
        while case let changes = try reader.nextActivities(limit: .max), !changes.isEmpty {
            if isEmpty { for line in lines.heading { printLine(line) } }
            isEmpty = false
            for change in changes { for line in lines.of(change, reader.shapes) { printLine(line) } }
        }
        if isEmpty { throw CommandError.other("the trail has no transaction \(transaction)") }
    }
}

/// The term for a transaction as the list names it: `812`, or `x900` by the server's number.
///
/// Throws `ValidationError`.
func transactionTerm(_ text: String) throws -> FilterTerm {
    if let number = Int64(text) { return .number(.transaction, .anyOf([number])) }
    if text.hasPrefix("x"), let number = Int64(text.dropFirst()) {
        return .number(.nativeTransaction, .anyOf([number]))
    }
    throw ValidationError("\"\(text)\" is no transaction; give its number, or x and the server's number")
}

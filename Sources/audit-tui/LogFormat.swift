import ArgumentParser
import AuditQuery
import AuditTrail
import Postgres
import Report

/// How the log is printed.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, patch, jsonl, csv
}

/// Prints changes one by one, in all formats but the paragraphs of `text`.
struct ChangePrinter {
    private let format: LogFormat
    private var patch = PatchReport()
    private var left: Int

    /// A printer of at most so many: transactions as a patch, changes else.
    init(_ format: LogFormat, limit: Int?) {
        self.format = format
        left = limit ?? .max
        if format == .csv { printLine(CSVReport.heading) }
    }

    /// How many changes are of use yet.
    var wanted: Int { format == .patch ? .max : left }

    /// Prints a change; false when the limit has been reached before it.
    mutating func print(_ change: AttributedActivity) -> Bool {
        if format != .patch || patch.begins(with: change) {
            guard left > 0 else { return false }
            left -= 1
        }
        switch format {
        case .jsonl: printLine(jsonLine(change))
        case .csv: printLine(CSVReport.line(change))
        case .patch, .text: for line in patch.lines(of: change) { printLine(line.string) }
        }
        return format == .patch || left > 0
    }
}

/// Prints the selected part of a trail as it is read, newest first unless it is to be the other way round.
func printLog(
    of trail: Trail,
    on connection: consuming Connection,
    _ filter: Filter,
    _ format: LogFormat,
    limit: Int?,
    oldestFirst: Bool = false
) throws {
    var reader = try TrailReader.open(connection, trail: trail, filter: filter, oldestFirst: oldestFirst)
    guard format == .text else {
        var printer = ChangePrinter(format, limit: limit)
        while true {
            let changes = try reader.nextActivities(limit: printer.wanted)
            if changes.isEmpty { return }
            for change in changes where !printer.print(change) { return }
        }
    }
    var left = limit ?? .max
    while left > 0 {
        let page = try reader.nextTransactions(limit: left, activitiesOfEach: TransactionReport.activityLimit)
        if page.isEmpty { return }
        for (transaction, activities) in page {
            for line in TransactionReport(transaction, activities).lines { printLine(line.string) }
        }
        left -= page.count
    }
}

import ArgumentParser
import AuditQuery
import AuditTrail
import Browser
import Postgres
import Report

/// How the log is printed.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, patch, jsonl, csv
}

/// Prints changes one by one, in all formats but the paragraphs of `text`.
struct ChangePrinter {
    private var lines: ChangeLines
    private var left: Int

    /// A printer of at most so many: transactions as a patch, changes else; CSV as it is, if it is to be raw.
    init(_ format: LogFormat, limit: Int?, isRaw: Bool) {
        lines = ChangeLines(format.exported, isRaw: isRaw)
        left = limit ?? .max
        for line in lines.heading { printLine(line) }
    }

    /// How many changes are of use yet.
    var wanted: Int { lines.format == .patch ? .max : left }

    /// Prints a change; false when the limit has been reached before it.
    mutating func print(_ change: AttributedActivity, _ shapes: [TableName: TableShape]) -> Bool {
        if lines.begins(with: change) {
            guard left > 0 else { return false }
            left -= 1
        }
        for line in lines.of(change, shapes) { printLine(line) }
        return lines.format == .patch || left > 0
    }
}

extension LogFormat {
    /// How single changes are written in this format.
    fileprivate var exported: ExportFormat {
        switch self {
        case .jsonl: .jsonl
        case .csv: .csv
        case .text, .patch: .patch
        }
    }
}

/// Prints the selected part of a trail as it is read, newest first unless it is to be the other way round.
func printLog(
    of trail: Trail,
    on connection: consuming Postgres.Connection,
    _ filter: Filter,
    _ format: LogFormat,
    limit: Int?,
    oldestFirst: Bool = false,
    isRaw: Bool = false
) throws {
    var reader = try TrailReader.open(connection, trail: trail, filter: filter, oldestFirst: oldestFirst)
    guard format == .text else {
        var printer = ChangePrinter(format, limit: limit, isRaw: isRaw)
        var progress = ProgressLine()
        defer { progress.clear() }
        var count = 0
        while true {
            let changes = try reader.nextActivities(limit: printer.wanted)
            if changes.isEmpty { return }
            for change in changes where !printer.print(change, reader.shapes) { return }
            count += changes.count
            progress.show(changes: count, at: changes.last?.activity.issuedAt)
        }
    }
    var left = limit ?? .max
    while left > 0 {
        let page = try reader.nextTransactions(limit: left, activitiesOfEach: TransactionReport.activityLimit)
        if page.isEmpty { return }
        for (transaction, activities) in page {
            for line in TransactionReport(transaction, activities, reader.shapes).lines { printLine(line) }
        }
        left -= page.count
    }
}

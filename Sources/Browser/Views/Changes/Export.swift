import AuditTrail
import Screen

/// How exported changes are written.
public enum ExportFormat: String, CaseIterable, Sendable {
    /// One object of JSON for each change.
    case jsonl
    /// One line of comma-separated values for each.
    case csv
    /// What was and what is, by transaction.
    case patch
    /// The statements that make the changes again, the oldest first.
    case sql

    /// Whether the changes are wanted in the order in which they were made.
    var isOldestFirst: Bool { self == .sql }

    fileprivate var key: Character {
        switch self {
        case .jsonl: "j"
        case .csv: "c"
        case .patch: "p"
        case .sql: "s"
        }
    }

    var purpose: String {
        switch self {
        case .jsonl: "JSON lines"
        case .csv: "CSV"
        case .patch: "patch"
        case .sql: "SQL that makes the changes again"
        }
    }
}

/// Which changes are to be exported.
public struct ExportTarget: Equatable, Sendable {
    /// What they are, in words.
    var words: String
    /// The name of the file without its ending.
    var fileName: String
    /// What selects them.
    var filter: Filter

    /// The lines of the menu of formats.
    var menu: [(key: Character, purpose: String, detail: String)] {
        ExportFormat.allCases.map { ($0.key, $0.purpose, "\(words) to ./\(fileName).\($0.rawValue)") }
    }
}

/// Changes on their way to a file.
public struct Export: Equatable, Sendable {
    /// Where they go; nil until the file is there.
    public var path: String?
    /// How many have been written.
    public var count = 0
    /// Until when they have been read.
    public var reached: Timestamp?
    let format: ExportFormat
    let filter: Filter
    /// The page that is awaited.
    var pending: RequestID?

    /// How far it is, for the row of the status.
    func progressText(in zone: TimeZone) -> String {
        let time = reached.map { ", at \(zone.text(of: $0))" } ?? ""
        return "exporting: \(counted(count)) to \(path ?? "a file")\(time)  (^C stops)"
    }

    /// How many changes that are.
    func counted(_ count: Int) -> String { "\(grouped(count)) change\(count == 1 ? "" : "s")" }
}

/// Writing changes to a file.
extension Model {
    /// So many changes are read at a time.
    private static let exportPage = 500

    /// Shows the formats; the next key chooses.
    mutating func openExports() -> [Effect] {
        if let export {
            notice = Notice(.info, export.progressText(in: timeZone))
        } else if let target = exportTarget {
            overlay = .exports(target)
        } else {
            notice = Notice(.info, "there is nothing here to export")
        }
        return []
    }

    /// The versions of the row, the changes of the transaction, or all that the filter selects.
    var exportTarget: ExportTarget? {
        if case .history(let pane)? = panes.last {
            guard let versions = pane.history.value?.versions, !versions.isEmpty else { return nil }
            let ids = versions.map(\.change.activity.id)
            return ExportTarget(
                words: "the \(grouped(ids.count)) versions of the row",
                fileName: "history-\(fileNamePart(pane.table.name))",
                filter: Filter([.term(.number(.activity, .anyOf(ids)))])
            )
        }
        guard panes.isEmpty else { return nil }
        guard overview == nil, focus == .detail, let transaction = detail.transaction else {
            return ExportTarget(
                words: filter.isEmpty ? "the whole trail" : "all that the filter selects",
                fileName: "changes-\(now.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" })Z",
                filter: filter
            )
        }
        return ExportTarget(
            words: "the changes of tx \(transaction.name)",
            fileName: "tx\(transaction.name)",
            filter: Filter([.term(.number(.nativeTransaction, .anyOf([transaction.nativeID])))]).and(filter)
        )
    }

    mutating func handle(_ key: Key, exporting target: ExportTarget) -> [Effect] {
        overlay = nil
        guard case .character(let character) = key,
            let format = ExportFormat.allCases.first(where: { $0.key == character })
        else { return key == .control("z") ? [.suspend] : [] }
        return startExport(of: target.filter, as: format, to: "\(target.fileName).\(format.rawValue)")
    }

    /// Runs `:export FORMAT [FILE]`.
    mutating func runExport(_ argument: String) throws(CommandError) -> [Effect] {
        let words = argument.split(maxSplits: 1, whereSeparator: \.isWhitespace).map { String($0) }
        guard let target = exportTarget else { throw .other("there is nothing here to export") }
        guard let name = words.first else { return openExports() }
        guard let format = ExportFormat(rawValue: name.lowercased()) else {
            let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw .other("there is no format \(name); there are \(known)")
        }
        return startExport(
            of: target.filter,
            as: format,
            to: words.count > 1 ? words[1] : "\(target.fileName).\(format)"
        )
    }

    /// Begins to export what a filter selects to a new file of about that name.
    mutating func startExport(of filter: Filter, as format: ExportFormat, to name: String) -> [Effect] {
        if let export {
            notice = Notice(.warning, export.progressText(in: timeZone))
            return []
        }
        export = Export(format: format, filter: filter)
        return [.openExport(format, name: name)]
    }

    /// The file is there: asks for the first changes.
    mutating func beginExport(to path: String) -> [Effect] {
        guard var export else { return [.closeExport] }
        export.path = path
        self.export = export
        return askForExport(at: export.format.isOldestFirst ? .oldest : .newest)
    }

    private mutating func askForExport(at anchor: Anchor) -> [Effect] {
        guard let filter = export?.filter else { return [] }
        let id = nextRequest()
        export?.pending = id
        return [.ask(.changes(filter, at: anchor, limit: Self.exportPage), id)]
    }

    /// Hands changes on to the file and asks for the next, or ends.
    mutating func export(_ page: ChangePage, of id: RequestID) -> [Effect] {
        guard var export, export.pending == id else { return [] }
        export.count += page.changes.count
        export.reached = page.changes.last?.activity.issuedAt ?? export.reached
        export.pending = nil
        self.export = export
        let written: [Effect] = page.changes.isEmpty ? [] : [.export(page.changes)]
        if let next = page.next { return written + askForExport(at: next) }
        self.export = nil
        notice = Notice(.info, "\(export.counted(export.count)) written to \(export.path ?? "")")
        return written + [.closeExport]
    }

    /// Stops; what has been written stays.
    mutating func stopExport() -> [Effect] { endExport("stopped", .warning) }

    /// Ends because the file or the trail failed.
    mutating func failExport(_ reason: String) -> [Effect] { endExport(reason, .error) }

    private mutating func endExport(_ reason: String, _ severity: Notice.Severity) -> [Effect] {
        guard let export else { return [] }
        self.export = nil
        let words = export.path.map { "\($0) is incomplete, with \(export.counted(export.count)): \(reason)" }
        notice = Notice(severity, words ?? "the export: \(reason)")
        return [.closeExport]
    }
}

import AuditQuery
import AuditTrail
import Browser
import Report

/// Changes as lines of text, one after the other, safe to print to a terminal.
struct ChangeLines {
    let format: ExportFormat
    private var patch = PatchReport()

    init(_ format: ExportFormat) { self.format = format }

    /// The lines before the first change.
    var heading: [String] { format == .csv ? [CSVReport.heading] : [] }

    /// Whether the change begins what is counted: a transaction in a patch, every change else.
    func begins(with change: AttributedActivity) -> Bool { format != .patch || patch.begins(with: change) }

    /// The lines of the next change.
    mutating func of(_ change: AttributedActivity) -> [String] {
        switch format {
        case .jsonl: [jsonLine(change)]
        case .csv: [CSVReport.line(change)]
        case .sql: [changeStatement(change.activity)]
        case .patch: patch.lines(of: change).map(\.string)
        }
    }
}

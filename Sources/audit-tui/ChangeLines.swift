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
        case .sql: [statement(change.activity)]
        case .patch: patch.lines(of: change).map(\.string)
        }
    }

    /// The statement that makes a change again; it would write what stands in the place of masked values.
    private func statement(_ activity: Activity) -> String {
        let members = [activity.oldData, activity.changedData].flatMap { $0?.members ?? [] }
        guard !members.contains(where: \.value.isMasked) else {
            return
                "-- activity \(activity.id) of \(safe(activity.table.description)) holds masked values and is left out"
        }
        return changeStatement(activity).text
    }
}

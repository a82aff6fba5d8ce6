import AuditQuery
import AuditTrail
import Browser
import Report
import Screen

/// Changes as lines of text, one after the other, safe to print to a terminal.
struct ChangeLines {
    let format: ExportFormat
    private let isRaw: Bool
    private var patch = PatchReport()

    /// Lines of a format; those of CSV keep cells that a spreadsheet would take for formulas, if they are to be raw.
    init(_ format: ExportFormat, isRaw: Bool = false) {
        self.format = format
        self.isRaw = isRaw
    }

    /// The lines before the first change.
    var heading: [OutputLine] { format == .csv ? [OutputLine(SafeText(CSVReport.heading))] : [] }

    /// Whether the change begins what is counted: a transaction in a patch, every change else.
    func begins(with change: AttributedActivity) -> Bool { format != .patch || patch.begins(with: change) }

    /// The lines of the next change; the shapes tell what cannot be read for certain.
    mutating func of(_ change: AttributedActivity, _ shapes: [TableName: TableShape] = [:]) -> [OutputLine] {
        switch format {
        case .jsonl: [OutputLine(jsonLine(change))]
        case .csv: [OutputLine(SafeText(CSVReport.line(change, isRaw: isRaw)))]
        case .sql: [OutputLine(SafeText(statement(change.activity)))]
        case .patch: patch.lines(of: change, shape: shapes[change.activity.table]).map { OutputLine($0) }
        }
    }

    /// The statement that makes a change again; it would write what stands in the place of masked values.
    private func statement(_ activity: Activity) -> String {
        let members = [activity.oldData, activity.changedData].flatMap { $0?.members ?? [] }
        guard !members.contains(where: \.value.isMasked) else {
            return
                "-- activity \(activity.id) of \(activity.table) holds masked values and is left out"
        }
        return changeStatement(activity).text
    }
}

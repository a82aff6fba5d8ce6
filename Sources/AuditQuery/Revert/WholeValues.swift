import AuditTrail
import JSON

/// Which values of a revert must be here as a whole, however large they are.
extension TableShape {
    /// The columns by whose values rows are told apart, and those whose values have to be looked at to know what they mean.
    var wholeColumns: Set<String> {
        let keys =
            uniqueKeys + foreignKeys.filter { $0.table == name }.map(\.columns)
            + foreignKeys.filter { $0.target == name }.map(\.targetColumns)
        return Set(keyColumns + keys.joined()).union(columns.filter(\.isToBeRead).map(\.name))
    }

    /// Whether a member of a row, which is an excerpt, has to be read as a whole to be taken back.
    func mustBeWhole(_ name: String, _ excerpt: Excerpt) -> Bool {
        guard let column = column(name) else { return true }
        return wholeColumns.contains(name) || column.form.mayHoldJSONText(in: excerpt.kind)
    }
}

extension RevertPlan {
    /// Whether a large value must be here that is not.
    var lacksValues: Bool {
        steps.contains { step in
            let shape = shapes[step.change.activity.table]
            return step.documents.flatMap(\.excerpts).contains { column, excerpt in
                excerpt.origin == nil || shape?.mustBeWhole(column, excerpt) ?? true
            }
        }
    }
}

extension TableShape.Column {
    /// Whether something depends on how a value is written.
    fileprivate var isToBeRead: Bool { mayBeAmbiguous || hasMoments || isHstore }
}

extension TableShape.Form {
    /// Whether a string in a value of that kind may be JSON that jsonb cannot hold.
    fileprivate func mayHoldJSONText(in kind: Excerpt.Kind) -> Bool {
        switch self {
        case .json: kind == .string
        case .jsons, .row, .rows: true
        case .plain, .text, .texts: false
        }
    }
}

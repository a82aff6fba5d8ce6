import JSON

/// Who last wrote each value of a row as it is now, or as it was when it was deleted: one entry per column, and for a document
/// one per leaf.
public struct Blame: Equatable, Sendable {
    /// One value and its writer.
    public struct Entry: Equatable, Sendable {
        /// Where the value stands in the row: the column, and the way inside a document.
        public var path: JSONPath
        /// The value; a leaf of a document is a plain value or an empty container.
        public var value: JSON
        /// The change that wrote it; nil when the trail does not hold it.
        public var writer: AttributedActivity?
    }

    /// The entries in the order of the table's columns; in the place of a value that is not recorded stands that of a mask.
    public var entries: [Entry]
    /// The change that deleted the row; nil while there is a row.
    public var deletion: AttributedActivity?

    /// The blame of the row of a history; nil when there is no row, and no change that deleted it.
    public init?(_ history: RowHistory) {
        deletion = history.deletion
        guard let row = history.live.row ?? deletion?.activity.rowBefore else { return nil }
        let isGone = deletion != nil
        let hidden = history.shape.columns.map(\.name).filter { name in
            row[name] == nil && (!isGone || history.shape.excludedColumns?.contains(name) == true)
        }
        let shown = JSON.object((row.members ?? []) + hidden.map { JSON.Member($0, .string(Masks.text)) })
        entries = history.shape.ordered(shown).flatMap { member in
            let path = [PathStep.member(member.name)]
            let isDocument = history.shape.column(member.name)?.kind == .document
            return isDocument ? leaves(of: member.value, at: path) : [Entry(path: path, value: member.value)]
        }
        // What capture leaves out has no writer, and no value to be shown.
        let paths = Set(hidden.map { [PathStep.member($0)] })
        var pending = entries.indices.filter { !paths.contains(entries[$0].path) }
        // What was written while nothing was recorded has no writer in the trail.
        if deletion == nil { drop(&pending, changedBy: history.endGap, history.versions.first?.after, row) }
        for (index, version) in history.versions.enumerated() where !pending.isEmpty {
            if index > 0 || deletion == nil {
                blame(&pending, on: version)
                // The life of the row began here; a column that came to the table later has no writer.
                if version.before == nil { pending = [] }
            }
            let older = index + 1 < history.versions.count ? history.versions[index + 1] : nil
            drop(&pending, changedBy: version.gap, older?.change.activity.rowAfter, version.before)
        }
    }

    /// Finds among the pending entries those that a version wrote.
    private mutating func blame(_ pending: inout [Int], on version: RowVersion) {
        let changed = Set(version.changedColumns)
        let (before, after) = (version.before, version.after)
        pending.removeAll { index in
            let path = entries[index].path
            guard case .member(let column)? = path.first else { return false }
            if version.change.activity.verb == .update, !changed.contains(column) { return false }
            guard let after, let value = after.value(at: path) else { return false }
            // Only inside a document can a changed column hold a value that was there before.
            let isInside = version.change.activity.verb == .update && path.count > 1
            let isWritten = !isInside || !areSame(before?.value(at: path), value)
            if isWritten { entries[index].writer = version.change }
            return isWritten
        }
    }

    private func drop(
        _ pending: inout [Int],
        changedBy gap: RowVersion.Gap?,
        _ left: JSON?,
        _ found: JSON?
    ) {
        switch gap {
        case nil: return
        case .appeared?, .vanished?: pending = []
        case .columns(let columns)?:
            let columns = Set(columns)
            pending.removeAll { index in
                let path = entries[index].path
                guard case .member(let column)? = path.first, columns.contains(column) else { return false }
                return path.count == 1 || !areSame(left?.value(at: path), found?.value(at: path))
            }
        }
    }
}

extension RowHistory.Live {
    fileprivate var row: JSON? { if case .row(let row) = self { row } else { nil } }
}

extension RowHistory {
    /// The change that deleted the row, when that is the last that happened to it.
    fileprivate var deletion: AttributedActivity? {
        guard live == .absent, endGap == nil, let newest = versions.first?.change, newest.activity.verb == .delete
        else {
            return nil
        }
        return newest
    }
}

/// The plain values and empty containers inside a document, in its order.
private func leaves(of document: JSON, at path: JSONPath) -> [Blame.Entry] {
    var leaves: [Blame.Entry] = []
    var rest = [(document, path)]
    while let (value, path) = rest.popLast() {
        switch value {
        case .object(let members) where !members.isEmpty:
            rest += members.reversed().map { ($0.value, path + [.member($0.name)]) }
        case .array(let elements) where !elements.isEmpty:
            rest += elements.enumerated().reversed().map { ($1, path + [.element($0)]) }
        default: leaves.append(Blame.Entry(path: path, value: value))
        }
    }
    return leaves
}

extension JSON {
    /// The value at a path; nil when there is none.
    public func value(at path: JSONPath) -> JSON? {
        var value = self
        for step in path {
            switch step {
            case .member(let name):
                guard let inner = value[name] else { return nil }
                value = inner
            case .element(let index):
                guard let elements = value.elements, elements.indices.contains(index) else { return nil }
                value = elements[index]
            }
        }
        return value
    }
}

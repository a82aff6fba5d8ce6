import JSON

/// What one activity did to its row, line by line, ready to be shown or printed.
public struct Diff: Equatable, Sendable {
    /// One line: a path with its value before or after, or an unchanged one for context.
    public struct Line: Equatable, Sendable {
        /// What a line says.
        public enum Kind: Equatable, Sendable {
            /// Part of the row that stayed as it was.
            case context
            /// What was before.
            case removed
            /// What is after.
            case added
            /// A column that changed in parts, which follow; or how many unchanged columns are not shown.
            case heading
        }

        /// What the line says.
        public var kind: Kind
        /// The path as it is read; empty for a heading that belongs to no column.
        public var path: String
        /// The value as JSON, or the words of a heading.
        public var value: String
        /// Whether the value is a JSON document rather than words.
        public var isJSON: Bool
        /// Where the value stands in the row; empty for words.
        public var location: JSONPath = []
        /// The value itself; nil for words.
        public var document: JSON?

        /// The sign in front: a space, `-`, `+` or `▾`.
        public var marker: String {
            switch kind {
            case .context: " "
            case .removed: "-"
            case .added: "+"
            case .heading: path.isEmpty ? " " : "▾"
            }
        }
    }

    /// The lines from top to bottom.
    public var lines: [Line]

    /// The difference that the activity made, with so many unchanged columns above and below each change.
    ///
    /// The key columns are always shown. An insert and a delete are one-sided.
    public init(of activity: Activity, context: Int) {
        guard let old = activity.oldData, let changed = activity.changedData else {
            lines = [.words("the row is too large to be shown in a list")]
            return
        }
        switch activity.verb {
        case .insert: lines = (changed.members ?? []).map { .value(.added, [.member($0.name)], $0.value) }
        case .delete: lines = (old.members ?? []).map { .value(.removed, [.member($0.name)], $0.value) }
        case .truncate: lines = [.words("all rows of the table were removed at once; the trail does not hold them")]
        case .update, .other:
            let keyColumns = Set(activity.key?.map(\.name) ?? [])
            lines = Diff.update(from: old, to: changed, keyColumns: keyColumns, context: context)
        }
    }

    private static func update(from old: JSON, to changed: JSON, keyColumns: Set<String>, context: Int) -> [Line] {
        let before = old.members ?? []
        let after = Dictionary((changed.members ?? []).map { ($0.name, $0.value) }) { _, last in last }
        let added = (changed.members ?? []).filter { member in !before.contains { $0.name == member.name } }
        let isChanged = before.map { after[$0.name] != nil }
        var lines: [Line] = []
        var hidden = 0
        for (index, column) in before.enumerated() {
            if let new = after[column.name] {
                lines += columnLines(column.name, from: column.value, to: new)
            } else if keyColumns.contains(column.name) || isNear(index, isChanged, context) {
                lines.append(.value(.context, [.member(column.name)], column.value))
            } else {
                hidden += 1
            }
        }
        for column in added { lines += columnLines(column.name, from: nil, to: column.value) }
        if hidden > 0 { lines.append(.words("\(hidden) unchanged column\(hidden == 1 ? "" : "s") not shown")) }
        return lines
    }

    private static func isNear(_ index: Int, _ isChanged: [Bool], _ context: Int) -> Bool {
        let neighbours = max(0, index - context)...min(isChanged.count - 1, index + context)
        return isChanged[neighbours].contains(true)
    }

    /// The lines of one column: two for a plain value, a heading and its parts for an object or array.
    private static func columnLines(_ name: String, from old: JSON?, to new: JSON) -> [Line] {
        let parts = changes(from: old, to: new, at: [.member(name)])
        let isWhole = parts.isEmpty || parts.contains { $0.path.count == 1 }
        var lines: [Line] =
            isWhole ? [] : [.heading(name, "\(parts.count) change\(parts.count == 1 ? "" : "s") inside")]
        // The trail says that the column changed even where the documents are equal, as when a json null came.
        let shown = parts.isEmpty ? [JSONChange(path: [.member(name)], old: old, new: new)] : parts
        for part in shown {
            if let old = part.old { lines.append(.value(.removed, part.path, old)) }
            if let new = part.new { lines.append(.value(.added, part.path, new)) }
        }
        return lines
    }
}

extension Diff.Line {
    fileprivate static func value(_ kind: Kind, _ path: JSONPath, _ value: JSON) -> Diff.Line {
        Diff.Line(
            kind: kind,
            path: pathText(path),
            value: value.description,
            isJSON: true,
            location: path,
            document: value
        )
    }

    fileprivate static func heading(_ path: String, _ words: String) -> Diff.Line {
        Diff.Line(kind: .heading, path: path, value: words, isJSON: false)
    }

    fileprivate static func words(_ words: String) -> Diff.Line {
        Diff.Line(kind: .heading, path: "", value: words, isJSON: false)
    }
}

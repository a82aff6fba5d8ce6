import AuditTrail
import JSON
import Screen

/// A difference laid out in rows for a width; which rows of it are on screen is for whoever draws it to say.
public struct DiffSheet: Equatable, Sendable {
    /// What stands in a row.
    struct Row: Equatable, Sendable {
        /// The line at the left, or the only one: of the difference, or of the document.
        var left: Int?
        /// The line at the right of two side by side.
        var right: Int?
        /// Which row of its lines it is, from 0, where they are wrapped.
        var part = 0
    }

    /// The difference.
    public let diff: Diff
    /// How it is drawn.
    public let layout: DiffLayout
    /// Whether long values go on in the next row.
    public let wraps: Bool
    /// For how many columns it is laid out.
    public let columns: Int
    /// The whole row as a document, in the layout of that name.
    let outline: JSONOutline?
    /// What came with the change, to be marked in the document.
    let marked: Set<JSONPath>
    /// How many columns the paths take.
    let pathWidth: Int
    private(set) var rows: [Row] = []

    /// Side by side needs so many columns; where there are fewer, the difference is unified.
    public static let minimumSideBySide = 60

    /// Lays a difference out.
    ///
    /// The paths in `folded` are those of the document's parts that are left out; the difference has been made with its own.
    public init(_ diff: Diff, layout: DiffLayout, wraps: Bool, columns: Int, folded: Set<JSONPath> = []) {
        self.diff = diff
        self.wraps = wraps
        self.columns = columns
        let document = diff.after ?? diff.before
        outline = layout == .document ? document.map { JSONOutline(of: $0, folded: folded) } : nil
        let isTooNarrow = layout == .sideBySide && columns < DiffSheet.minimumSideBySide
        self.layout = layout == .document && outline == nil || isTooNarrow ? .unified : layout
        let isUpdate = diff.before != nil && diff.after != nil
        let came = diff.lines.filter { isUpdate && $0.kind == .added }
        marked = outline == nil ? [] : Set(came.map(\.location))
        let lineWidth = self.layout == .sideBySide ? (columns - 1) / 2 : columns
        // The first lines tell how long paths are; a difference of many thousands would wait for the others.
        let longest =
            outline == nil ? diff.lines.prefix(1000).reduce(0) { max($0, SafeText(LongText.shown($1.path)).width) } : 0
        pathWidth = max(12, min(longest, lineWidth / 3))
        rows = makeRows()
    }

    /// How many rows there are.
    public var rowCount: Int { rows.count }

    /// The line of the difference in a row, in the document that of its value; nil where there is none.
    public func line(at row: Int) -> Diff.Line? {
        guard rows.indices.contains(row), let index = rows[row].right ?? rows[row].left else { return nil }
        guard let outline else { return diff.lines[index] }
        let line = outline.lines[index]
        return line.document.map { .value(.context, outline.location(of: index), $0) }
    }

    /// Whether the value of a line of the document came with the change, alone or as part of one that did.
    func isMarked(_ index: Int) -> Bool {
        guard !marked.isEmpty, let path = outline?.location(of: index) else { return false }
        return path.indices.contains { marked.contains(Array(path[...$0])) }
    }

    /// What a search in a row looks at.
    func searchText(at row: Int) -> String {
        if let outline, let index = rows[row].left {
            let line = outline.lines[index]
            return line.name.map { "\($0): \(line.value)" } ?? line.value
        }
        let lines = [rows[row].left, rows[row].right].compactMap(\.self).map { diff.lines[$0] }
        return lines.map { "\($0.path) \($0.value)" }.joined(separator: " ")
    }

    /// The row of a place in the difference or nearest above it, for a cursor that was there in another layout.
    func row(of location: JSONPath) -> Int? {
        if let outline {
            let line = outline.line(of: location)
            return rows.firstIndex { $0.left == line }
        }
        var nearest: Int?
        var depth = -1
        for (index, row) in rows.enumerated() where row.part == 0 {
            guard let place = (row.right ?? row.left).map({ diff.lines[$0].location }), !place.isEmpty else { continue }
            if place == location { return index }
            if place.count > depth, location.starts(with: place) { (nearest, depth) = (index, place.count) }
        }
        return nearest
    }

    /// Where the value of a row stands; empty for words.
    func location(at row: Int) -> JSONPath {
        guard rows.indices.contains(row), let index = rows[row].right ?? rows[row].left else { return [] }
        return outline?.location(of: index) ?? diff.lines[index].location
    }
}

/// Folding.
extension DiffSheet {
    /// The path that is folded when the parts around this row are to go; nil where nothing is around it.
    func foldTarget(at row: Int) -> JSONPath? {
        guard rows.indices.contains(row), let index = rows[row].left ?? rows[row].right else { return nil }
        if let outline {
            let line = outline.lines[index]
            let isOwn = line.kind == .opening || line.kind == .closing
            let location = outline.location(of: index)
            let path = isOwn ? location : location.dropLast()
            return path.isEmpty ? nil : path
        }
        let line = diff.lines[index]
        if line.kind == .heading, !line.location.isEmpty, !line.isFolded { return line.location }
        return diff.lines[..<index].last {
            $0.kind == .heading && !$0.location.isEmpty && $0.location.count < line.location.count
                && line.location.starts(with: $0.location)
        }?.location
    }

    /// The path of the row when its parts are folded.
    func foldedPath(at row: Int) -> JSONPath? {
        guard rows.indices.contains(row), let index = rows[row].left ?? rows[row].right else { return nil }
        if let outline { return outline.lines[index].kind == .folded ? outline.location(of: index) : nil }
        return diff.lines[index].isFolded ? diff.lines[index].location : nil
    }
}

/// Laying out.
extension DiffSheet {
    private func makeRows() -> [Row] {
        let pairs: [(left: Int?, right: Int?)]
        if let outline {
            pairs = outline.lines.indices.map { ($0, nil) }
        } else if layout == .sideBySide {
            pairs = sides()
        } else {
            pairs = diff.lines.indices.map { ($0, nil) }
        }
        guard wraps else { return pairs.map { Row(left: $0.left, right: $0.right) } }
        return pairs.flatMap { pair in
            let height = max(pair.left.map(height) ?? 1, pair.right.map(height) ?? 1)
            return (0..<height).map { Row(left: pair.left, right: pair.right, part: $0) }
        }
    }

    /// The lines at either side: what was before and what is after of the same change share a row.
    private func sides() -> [(left: Int?, right: Int?)] {
        var pairs: [(left: Int?, right: Int?)] = []
        for (index, line) in diff.lines.enumerated() {
            switch line.kind {
            case .removed: pairs.append((index, nil))
            case .added where line.isPaired && !pairs.isEmpty: pairs[pairs.count - 1].right = index
            case .added: pairs.append((nil, index))
            case .context, .moved, .heading, .flag: pairs.append((index, line.location.isEmpty ? nil : index))
            }
        }
        return pairs
    }

    /// How many rows a line takes when it is wrapped.
    private func height(of index: Int) -> Int {
        if let outline {
            return text(of: outline.lines[index], isMarked: false).wrapped(to: documentWidth(index)).count
        }
        let line = diff.lines[index]
        return plainText(of: line).wrapped(to: valueWidth(of: line)).count
    }

    /// How many columns there are for the value of a line.
    func valueWidth(of line: Diff.Line) -> Int {
        let isWhole = layout != .sideBySide || line.location.isEmpty
        let width = isWhole ? columns : (columns - 1) / 2
        return max(2, width - valueColumn(of: line) - 1)
    }

    /// Where the value of a line begins, from the start of the line.
    func valueColumn(of line: Diff.Line) -> Int { line.location.isEmpty ? 3 : 3 + pathWidth + 1 }

    /// Where a line of the document begins.
    func documentColumn(_ index: Int) -> Int {
        min(3 + (outline?.lines[index].depth ?? 0) * 2, max(3, columns / 2))
    }

    /// How many columns there are for a line of the document.
    func documentWidth(_ index: Int) -> Int { max(2, columns - documentColumn(index) - 1) }
}

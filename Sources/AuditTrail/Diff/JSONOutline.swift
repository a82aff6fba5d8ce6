import JSON

/// A document written over several lines, a member or an element a line.
public struct JSONOutline: Equatable, Sendable {
    /// A line of it.
    public struct Line: Equatable, Sendable {
        /// What stands in a line.
        public enum Kind: Equatable, Sendable {
            /// A value without parts.
            case value
            /// An object or array whose parts follow.
            case opening
            /// An object or array whose parts are left out.
            case folded
            /// The end of an object or array.
            case closing
        }

        /// What stands in it.
        public var kind = Kind.value
        /// How many objects and arrays it stands in.
        public var depth = 0
        /// The line that opens what it stands in; nil for the whole document.
        public var parent: Int?
        /// The step from there; nil for the whole document.
        public var step: PathStep?
        /// The value as JSON, a bracket, or how much is left out.
        public var value = ""
        /// Whether another part follows.
        public var hasComma = false
        /// The value itself where it is without parts; nil for the others.
        public var document: JSON?

        /// The name of the member, in quotes; nil for an element, the whole, and an end.
        public var name: String? {
            guard kind != .closing, case .member(let name)? = step else { return nil }
            return JSON.string(name).description
        }
    }

    /// What is nested deeper stands in one line: nobody reads it otherwise, and the stack is finite.
    private static let maximumDepth = 100

    /// The lines from top to bottom.
    public private(set) var lines: [Line] = []

    /// The document, without the parts of what is folded.
    public init(of document: JSON, folded: Set<JSONPath> = []) {
        append(document, Line(), folded)
    }

    /// Where the value of a line stands in the document.
    ///
    /// Worked out when it is asked for: the paths of all lines of a deep document would be the square of its size.
    public func location(of index: Int) -> JSONPath {
        var path: JSONPath = []
        var line: Line? = lines[index]
        while let current = line, let step = current.step {
            path.append(step)
            line = current.parent.map { lines[$0] }
        }
        return path.reversed()
    }

    /// The line of the value at a path, or of the nearest value around it that has a line.
    public func line(of path: JSONPath) -> Int {
        var found = 0
        for step in path {
            let next = lines[found...].firstIndex { $0.parent == found && $0.step == step }
            guard let next else { break }
            found = next
        }
        return found
    }

    private mutating func append(_ value: JSON, _ line: Line, _ folded: Set<JSONPath>) {
        switch value {
        case .object(let members) where !members.isEmpty && line.depth < JSONOutline.maximumDepth:
            let count = "{ \(counted(members.count, "key")) }"
            append(line, members.map { (.member($0.name), $0.value) }, ("{", count, "}"), folded)
        case .array(let elements) where !elements.isEmpty && line.depth < JSONOutline.maximumDepth:
            let count = "[ \(counted(elements.count, "item")) ]"
            append(line, elements.enumerated().map { (.element($0), $1) }, ("[", count, "]"), folded)
        default:
            var line = line
            line.value = value.description
            line.document = value
            lines.append(line)
        }
    }

    private mutating func append(
        _ line: Line,
        _ parts: [(step: PathStep, value: JSON)],
        _ signs: (opening: String, folded: String, closing: String),
        _ folded: Set<JSONPath>
    ) {
        let index = lines.count
        var opening = line
        (opening.kind, opening.value, opening.hasComma) = (.opening, signs.opening, false)
        lines.append(opening)
        if !folded.isEmpty, folded.contains(location(of: index)) {
            (lines[index].kind, lines[index].value, lines[index].hasComma) = (.folded, signs.folded, line.hasComma)
            return
        }
        for (number, part) in parts.enumerated() {
            let hasComma = number < parts.count - 1
            let inner = Line(depth: line.depth + 1, parent: index, step: part.step, hasComma: hasComma)
            append(part.value, inner, folded)
        }
        var closing = line
        (closing.kind, closing.value) = (.closing, signs.closing)
        lines.append(closing)
    }
}

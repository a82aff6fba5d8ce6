import JSON

extension Diff {
    /// One line of a difference: a path with its value before or after, or an unchanged one around them.
    public struct Line: Equatable, Sendable {
        /// What a line says.
        public enum Kind: Equatable, Sendable {
            /// Part of the row that stayed as it was.
            case context
            /// What was before.
            case removed
            /// What is after.
            case added
            /// An element that stands at another place among the others now.
            case moved
            /// A value that changed in parts, which follow; without a path, words such as how much is not shown.
            case heading
            /// Something to mind, in words.
            case flag
        }

        /// What the line says.
        public var kind: Kind
        /// Where the value stands in the row; empty for words.
        public var location: JSONPath = []
        /// The value as JSON, `NULL` for a column without one, `?` for one that is not known, or the words.
        public var value: String
        /// The value itself; nil for words and for what is not known.
        public var document: JSON?
        /// The value on the other side of the same change; nil when there is none, or it is not known.
        public var counterpart: JSON?
        /// Whether the line is one of two that belong together: what was before, and right after it what is after.
        public var isPaired = false
        /// Whether the column is one of those that always change.
        public var isNoise = false
        /// Whether the table does not have the column any more.
        public var isGone = false
        /// Whether the lines of this heading are left out.
        public var isFolded = false
        /// Why nobody can read the value for certain; nil for all that can be read.
        public var ambiguity: String?
        /// What else there is to say; mostly empty.
        public var note = ""

        /// The path as it is read; empty for words.
        public var path: String { pathText(location) }

        /// Whether the value is a JSON document rather than words.
        public var isJSON: Bool { document != nil }

        /// Whether the value is not known: too large to have been fetched, or not recorded.
        public var isUnknown: Bool { document == nil && !location.isEmpty && (kind == .removed || kind == .added) }

        /// The sign in front: a space, `-`, `+`, `~` for a move, `▾` or `▸` for what has parts, `!`.
        public var marker: String {
            switch kind {
            case .context: " "
            case .removed: "-"
            case .added: "+"
            case .moved: "~"
            case .heading: location.isEmpty ? " " : isFolded ? "▸" : "▾"
            case .flag: "!"
            }
        }

        /// So many bytes of a text are compared with the other at most.
        static let emphasisLimit = 1 << 20

        /// The words of the value that the other side does not have, as ranges of bytes of its UTF-8.
        ///
        /// All of it where a number became another; empty for texts of more than a megabyte, and where there is no other side or it is of another kind.
        public var emphasis: [Range<Int>] {
            switch (document, counterpart) {
            // Of what is longer, looking for what it has in common with the other would take its time for every frame.
            case (.string(let own)?, .string(let other)?)
            where max(own.utf8.count, other.utf8.count) <= Diff.Line.emphasisLimit:
                changedWords(of: value, against: counterpart.map { text(of: $0) } ?? "")
            case (.excerpt(let own)?, .excerpt(let other)?) where own.isWindow:
                changedPart(of: value, against: text(of: .excerpt(other)))
            case (.number?, .number?), (.bool?, .bool?): [0..<value.utf8.count]
            default: []
            }
        }

        /// By how much the value grew, or what kind it was before, in brackets; nil where there is nothing to say of it.
        public var delta: String? {
            guard kind == .added, let new = document, let old = counterpart else { return nil }
            switch (old, new) {
            case (.number(let old), .number(let new)):
                return decimalDifference(from: old, to: new).map { $0 == "±0" ? "(the same number)" : "(\($0))" }
            case (.string(let old), .string(let new)):
                return timeDifference(from: old, to: new).map { $0 == "±0" ? "(the same time)" : "(\($0))" }
            default:
                guard let before = old.kindName, let after = new.kindName, before != after else { return nil }
                return "(\(before) → \(after))"
            }
        }

        /// What stands behind the value: its delta, its marks, the note, and what is to be known of the column.
        public var remarks: [String] {
            let others = [note, isGone ? "! not in the table any more" : "", isNoisePair ? "~ noise" : ""]
            return ([delta ?? ""] + marks + others).filter { !$0.isEmpty }
        }

        /// All of that in one; empty where there is nothing.
        public var remark: String { remarks.joined(separator: "  ") }

        /// Whether this is the line of a noisy change that says so; the second of two does not repeat it.
        private var isNoisePair: Bool { isNoise && !(kind == .added && isPaired) }

        /// The value as it is written in a line at this place.
        private func text(of value: JSON) -> String { Diff.Line.text(of: value, at: location) }

        /// The value as it is written: in a column, null is SQL's.
        static func text(of value: JSON, at location: JSONPath) -> String {
            value == .null && location.count == 1 ? "NULL" : value.description
        }
    }
}

extension Diff.Line {
    /// A line of a value at a place in the row.
    public static func value(_ kind: Kind, _ location: JSONPath, _ value: JSON) -> Diff.Line {
        Diff.Line(
            kind: kind,
            location: location,
            value: text(of: value, at: location),
            document: value
        )
    }

    static func unknown(_ kind: Kind, _ location: JSONPath) -> Diff.Line {
        Diff.Line(kind: kind, location: location, value: "?")
    }

    static func words(_ words: String) -> Diff.Line { Diff.Line(kind: .heading, value: words) }

    static func flag(_ words: String) -> Diff.Line { Diff.Line(kind: .flag, value: words) }
}

extension JSON {
    /// What kind of value it is; nil for null, which every kind of column can hold.
    fileprivate var kindName: String? {
        switch self {
        case .null: nil
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        case .excerpt(let excerpt): excerpt.kind.rawValue
        }
    }
}

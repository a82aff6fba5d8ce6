/// Text that a terminal can do nothing with but show it: the only text that reaches a cell or a line of output.
///
/// There is no way to make one but through the sanitiser, and no part or sum of them needs another pass.
/// Text from outside and the program's own literals are treated alike:
///
///     let title: SafeText = "history of \(tableName)"
public struct SafeText: Hashable, Sendable {
    /// The text, free of control characters and of whatever else would upset the columns.
    public let string: String

    /// Makes foreign text safe: what cannot be shown as it is becomes a visible sign.
    public init(_ foreign: String) {
        string = Sanitiser.sanitised(foreign)
    }

    /// Wraps what has been taken from safe text, cut between glyphs only.
    init(trusted string: String) {
        self.string = string
    }

    /// Text repeated a number of times; none when the number is negative.
    public init(repeating text: SafeText, count: Int) {
        string = String(repeating: text.string, count: max(count, 0))
    }

    /// Foreign text split at its line feeds, each line made safe; a final line feed opens no further line.
    public static func lines(_ foreign: String) -> [SafeText] {
        // By scalars: as a Character, CR LF is one and would not be split.
        var lines = foreign.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { SafeText(String($0)) }
    }

    /// Whether there is nothing to show.
    public var isEmpty: Bool { string.isEmpty }

    /// One text after the other.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(trusted: left.string + right.string)
    }

    /// Appends a text.
    public static func += (left: inout SafeText, right: SafeText) {
        left = left + right
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Makes safe text of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Makes safe text of a literal with values in it.
    public init(stringInterpolation: StringInterpolation) {
        self.init(trusted: stringInterpolation.string)
    }

    /// Collects a literal with values in it; safe text is taken as it is, all else is made safe.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var string = ""

        /// Makes an empty collection with room for the literal parts.
        public init(literalCapacity: Int, interpolationCount: Int) {
            string.reserveCapacity(literalCapacity)
        }

        /// Appends a literal part.
        public mutating func appendLiteral(_ literal: String) {
            string += Sanitiser.sanitised(literal)
        }

        /// Appends safe text.
        public mutating func appendInterpolation(_ text: SafeText) {
            string += text.string
        }

        /// Appends the description of a value, made safe.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            string += Sanitiser.sanitised(value.description)
        }
    }
}

extension Sequence<SafeText> {
    /// The texts in a row, with a separator between them.
    public func joined(separator: SafeText = "") -> SafeText {
        SafeText(trusted: map(\.string).joined(separator: separator.string))
    }
}

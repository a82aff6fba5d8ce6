import JSON
import Screen

/// What may be written to standard output, standard error or a file that a terminal may show: text that acts on nothing.
///
/// There is no way to make one but from safe text and from a document, whose strings are escaped where they are not plainly
/// visible. The sanitiser would show such a string, too, but it would be another string then.
public struct OutputLine: Equatable, Sendable {
    /// The text, as a rule one line without its line feed.
    public let string: String

    /// A line of text that has been made safe.
    public init(_ text: SafeText) { string = text.string }

    /// A document in one line.
    public init(_ document: JSON) { string = document.description }

    private init(_ string: String) { self.string = string }

    /// The beginning of an object that is written piece by piece, up to where further members go.
    public static func opening(of object: JSON) -> OutputLine {
        OutputLine(String(object.description.dropLast()))
    }

    /// Text as lines, each made safe.
    public static func lines(_ foreign: String) -> [OutputLine] { SafeText.lines(foreign).map { OutputLine($0) } }

    /// One after the other.
    public static func + (left: OutputLine, right: OutputLine) -> OutputLine {
        OutputLine(left.string + right.string)
    }
}

extension OutputLine: ExpressibleByStringInterpolation {
    /// Makes a line of a literal.
    public init(stringLiteral value: String) { self.init(SafeText(value)) }

    /// Makes a line of a literal with values in it, which are made safe.
    public init(stringInterpolation: SafeText.StringInterpolation) {
        self.init(SafeText(stringInterpolation: stringInterpolation))
    }
}

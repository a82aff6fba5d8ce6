/// A name as a person types it: parts joined by dots, each bare or in double quotes as in SQL.
///
/// `orders`, `sales.orders`, `"Odd.Name"."order"`, `users.password`. Bare parts are folded to lower case, as the
/// server folds them.
public struct QualifiedName: Hashable, Sendable {
    /// One to three unquoted parts.
    public var parts: [String]

    /// What is wrong with a name.
    public enum ParseError: Error, Equatable, Sendable {
        /// A part is empty: `sales.`, `.orders` or an empty string.
        case emptyPart
        /// A double quote is never closed, or something other than a dot follows a closed one.
        case strayQuote
        /// There are more than three parts.
        case tooManyParts
    }

    /// Reads a name.
    public init(parsing text: String) throws(ParseError) {
        var parts: [String] = []
        // A mark that combines with a quote or a dot does not make another sign of it.
        var rest = Substring(text).unicodeScalars
        while true {
            parts.append(try Self.takePart(from: &rest))
            guard !rest.isEmpty else { break }
            guard rest.removeFirst() == "." else { throw .strayQuote }
        }
        guard parts.count <= 3 else { throw .tooManyParts }
        self.parts = parts
    }

    private static func takePart(from rest: inout Substring.UnicodeScalarView) throws(ParseError) -> String {
        guard rest.first == "\"" else {
            let part = rest.prefix { $0 != "." }
            rest = rest[part.endIndex...]
            guard !part.isEmpty else { throw .emptyPart }
            guard !part.contains("\"") else { throw .strayQuote }
            return Substring(part).lowercased()
        }
        rest.removeFirst()
        var part = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar != "\"" {
                part.append(scalar)
            } else if rest.first == "\"" {
                part.append(rest.removeFirst())
            } else {
                guard !part.isEmpty else { throw .emptyPart }
                return String(part)
            }
        }
        throw .strayQuote
    }
}

extension QualifiedName.ParseError: CustomStringConvertible {
    /// What is wrong, for the person who typed the name.
    public var description: String {
        switch self {
        case .emptyPart: "a part of the name is empty"
        case .strayQuote: "a double quote is out of place"
        case .tooManyParts: "a name has at most three parts"
        }
    }
}

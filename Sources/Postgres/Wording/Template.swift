/// A `.sql` file with variables, written as psql has them: `:"schema"` becomes a name, `:'schema'` a text, both quoted, and
/// `:columns` SQL.
///
/// The file is read once. What is put in is never read again, so that a name which looks like a variable stays a name.
/// Unlike psql, variables count within dollar quotes too, since the body of a function cannot know its schema otherwise;
/// these quotes are made anew for what the body then holds.
public struct Template: Sendable {
    /// What takes the place of a variable.
    public enum Value: Sendable {
        /// A name or a text, which is always quoted, as the variable asks for.
        case text(String)
        /// SQL, which is put in as it is.
        case sql(SQL)
    }

    fileprivate indirect enum Piece {
        case text(String)
        case variable(name: String, spelt: String, quote: UInt8?)
        case quoted(tag: StaticString, [Piece])
    }

    private let pieces: [Piece]

    /// Reads a file.
    ///
    /// The comment at its top is for its readers: it may mention variables, none of which counts, and is left out unless it
    /// is to be kept.
    public init(_ file: SQL, keepingComment: Bool = false) {
        var reader = TemplateReader(Array(file.text.utf8))
        let comment = reader.takeComment()
        let start = keepingComment && !comment.isEmpty ? [Piece.text(comment)] : []
        pieces = start + reader.takePieces(until: nil)
    }

    /// The SQL with its variables replaced; those without a value of the kind that they ask for stay as they are, for the
    /// server to refuse.
    public func filled(with values: [String: Value] = [:]) -> SQL { Self.fill(pieces, values) }

    /// What stands between the dollar quotes of the file, one after the other, as `pg_proc.prosrc` will hold it.
    public func bodies(with values: [String: Value]) -> [SQL] {
        pieces.compactMap { piece in
            if case .quoted(_, let body) = piece { Self.fill(body, values) } else { nil }
        }
    }

    private static func fill(_ pieces: [Piece], _ values: [String: Value]) -> SQL {
        var result = ""
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .quoted(let tag, let body): result += SQL.dollarQuoted(fill(body, values), tag: tag).text
            case .variable(let name, let spelt, let quote):
                switch (quote, values[name]) {
                case (UInt8(ascii: "\"")?, .text(let value)?): result += quotedIdentifier(value)
                case (UInt8(ascii: "'")?, .text(let value)?): result += quotedLiteral(value)
                case (nil, .sql(let sql)?): result += sql.text
                default: result += spelt
                }
            }
        }
        return SQL(verbatim: result)
    }
}

/// Takes the bytes of a file apart.
private struct TemplateReader {
    private static let tags: [StaticString] = ["body", "revert", ""]

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The lines at the beginning that are comments.
    mutating func takeComment() -> String {
        let start = rest
        while rest.starts(with: "--".utf8) {
            rest = rest.firstIndex(of: UInt8(ascii: "\n")).map { rest[($0 + 1)...] } ?? []
        }
        return text(start[..<rest.startIndex])
    }

    /// What comes until the dollar quote, which is taken as well, or until the end.
    mutating func takePieces(until quote: [UInt8]?) -> [Template.Piece] {
        var pieces: [Template.Piece] = []
        var start = rest
        func plain(_ end: Int) -> [Template.Piece] { end > start.startIndex ? [.text(text(start[..<end]))] : [] }
        while let byte = rest.first {
            let place = rest.startIndex
            if let quote, rest.starts(with: quote) {
                rest = rest.dropFirst(quote.count)
                return pieces + plain(place)
            } else if byte == UInt8(ascii: "$"), quote == nil, let tag = takeQuote() {
                pieces += plain(place)
                pieces.append(.quoted(tag: tag, takePieces(until: Array("$\(tag)$".utf8))))
                start = rest
            } else if rest.starts(with: "::".utf8) {
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: ":"), let variable = takeVariable() {
                pieces += plain(place) + [variable]
                start = rest
            } else {
                rest = rest.dropFirst()
            }
        }
        return pieces + plain(rest.startIndex)
    }

    private mutating func takeQuote() -> StaticString? {
        for tag in Self.tags where rest.starts(with: "$\(tag)$".utf8) {
            rest = rest.dropFirst(tag.utf8CodeUnitCount + 2)
            return tag
        }
        return nil
    }

    private mutating func takeVariable() -> Template.Piece? {
        let behind = rest.dropFirst()
        let quote = behind.first.flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") ? $0 : nil }
        let name = (quote == nil ? behind : behind.dropFirst()).prefix { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_")
        }
        let isClosed = quote == nil || rest.endIndex > name.endIndex && rest[name.endIndex] == quote
        guard !name.isEmpty, isClosed else { return nil }
        let end = name.endIndex + (quote == nil ? 0 : 1)
        defer { rest = rest[end...] }
        return .variable(name: text(name), spelt: text(rest[..<end]), quote: quote)
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

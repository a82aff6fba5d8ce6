/// SQL that may be given to the server: text of this program, and what came from outside only where it has been quoted.
///
/// Made of literals in the source, of `.sql` files, and of these by interpolation, which takes no bare string:
///
///     let count: SQL = "select count(*) from \(table: schema, name) where v = \(literal: value)"
public struct SQL: Equatable, Hashable, Sendable {
    /// What the server is sent.
    public private(set) var text: String

    /// The text as it is: for scripts that were made of `SQL` before, and for tests.
    public init(verbatim text: String) { self.text = text }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { text.isEmpty }
}

extension SQL {
    /// A name in double quotes.
    public static func identifier(_ name: String) -> SQL { SQL(verbatim: quotedIdentifier(name)) }

    /// A text in single quotes.
    public static func literal(_ text: String) -> SQL { SQL(verbatim: quotedLiteral(text)) }

    /// `"schema"."name"`, always quoted: bare words may be reserved ones.
    public static func name(_ schema: String, _ name: String) -> SQL { "\(identifier: schema).\(identifier: name)" }

    /// A relation as a constant of the type regclass, whose input takes names in double quotes, but none with escapes.
    public static func relation(_ schema: String, _ name: String) -> SQL {
        let names = [schema, name].map { part in
            var quoted = String.UnicodeScalarView()
            for scalar in part.unicodeScalars {
                if scalar == "\"" { quoted.append(scalar) }
                quoted.append(scalar)
            }
            return "\"" + String(quoted) + "\""
        }
        return "cast(\(literal: names.joined(separator: ".")) as pg_catalog.regclass)"
    }

    /// A comment to the end of its line, without the line feed; what could end the line or act on a terminal is shown as a
    /// mark.
    public static func comment(_ text: String) -> SQL { SQL(verbatim: "-- " + commentText(text)) }

    /// The body of a function or a block between dollar quotes that do not stand in it: `$body$…$body$`.
    ///
    /// `tag` is a word of ASCII letters; underscores are added to it as long as the body holds the quote, or would end it
    /// too early together with the quote behind it.
    public static func dollarQuoted(_ body: SQL, tag: StaticString) -> SQL {
        let bytes = Array(body.text.utf8)
        var word = tag.description
        while endsEarly(bytes, quotedBy: "$\(word)$") { word += "_" }
        return SQL(verbatim: "$\(word)$\(body.text)$\(word)$")
    }

    /// Compares bytes: a scalar that merges with the `$` behind it into one `Character` would hide a quote.
    private static func endsEarly(_ body: [UInt8], quotedBy quote: String) -> Bool {
        let quote = Array(quote.utf8)
        let whole = body + quote
        let dollar = UInt8(ascii: "$")
        return whole.indices.dropLast(quote.count).contains { whole[$0] == dollar && whole[$0...].starts(with: quote) }
    }
}

extension SQL: ExpressibleByStringInterpolation {
    /// SQL from a literal in the source.
    public init(stringLiteral text: String) { self.text = text }

    /// SQL from a literal in the source with quoted values in it.
    public init(stringInterpolation parts: StringInterpolation) { text = parts.text }

    /// What a literal in the source may be put together from.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var text = ""

        /// Begins with nothing.
        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        /// Adds a part of the source.
        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Adds SQL.
        public mutating func appendInterpolation(_ sql: SQL) { text += sql.text }

        /// Adds a number.
        public mutating func appendInterpolation(_ number: some FixedWidthInteger) { text += String(number) }

        /// Adds a quoted name.
        public mutating func appendInterpolation(identifier name: String) { text += quotedIdentifier(name) }

        /// Adds a quoted text.
        public mutating func appendInterpolation(literal value: String) { text += quotedLiteral(value) }
    }
}

extension SQL {
    /// One behind the other.
    public static func + (left: SQL, right: SQL) -> SQL { SQL(verbatim: left.text + right.text) }

    /// Adds SQL at the end.
    public static func += (left: inout SQL, right: SQL) { left.text += right.text }

    /// The lines with blanks in front; empty ones are left out.
    ///
    /// For statements of which no literal spans lines, as quoting makes them.
    public func indented(_ count: Int) -> SQL {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
            String(repeating: " ", count: count) + String(decoding: line, as: UTF8.self)
        }
        return SQL(verbatim: lines.map { $0 + "\n" }.joined())
    }
}

extension Sequence<SQL> {
    /// All of it, with a separator between two.
    public func joined(separator: SQL = "") -> SQL {
        SQL(verbatim: map(\.text).joined(separator: separator.text))
    }
}

/// The text for one line of a comment: what could end the line or act on a terminal is shown as a mark.
public func commentText(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { scalar in
                switch scalar.properties.generalCategory {
                case _ where scalar.properties.isDefaultIgnorableCodePoint: "\u{FFFD}"
                case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "\u{FFFD}"
                default: scalar
                }
            }
        )
    )
}

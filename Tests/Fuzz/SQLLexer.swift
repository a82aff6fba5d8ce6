/// What a piece of SQL is to the server's scanner, with `standard_conforming_strings` on (PostgreSQL manual, "Lexical
/// Structure"); written anew, so that it shares no mistake with what it judges.
enum SQLToken: Equatable {
    /// A word, a number, or a sign.
    case plain([UInt8])
    /// A string, without its quotes; the words before the quote are `E`, `U&` or none.
    case literal
    case identifier
    /// What stands between dollar quotes, taken apart in its turn.
    case quoted([SQLToken])
    case comment
    /// A quote or a comment that does not end.
    case unended
}

struct SQLLexer {
    private var rest: ArraySlice<UInt8>

    /// The tokens of a text.
    static func tokens(of text: String) -> [SQLToken] { tokens(of: Array(text.utf8)[...]) }

    private static func tokens(of bytes: ArraySlice<UInt8>) -> [SQLToken] {
        var lexer = SQLLexer(rest: bytes)
        var tokens: [SQLToken] = []
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() -> SQLToken? {
        rest = rest.drop { $0 == 32 || (9...13).contains($0) }
        guard let byte = rest.first else { return nil }
        switch byte {
        case UInt8(ascii: "'"): return takeString(hasEscapes: false)
        case UInt8(ascii: "\""): return takeDelimited(UInt8(ascii: "\""), .identifier)
        case UInt8(ascii: "$"): return takeDollar()
        case UInt8(ascii: "-") where rest.dropFirst().first == byte:
            rest = rest.drop { $0 != 10 && $0 != 13 }
            return .comment
        case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"): return takeBlock()
        default: return takeWord()
        }
    }

    private mutating func takeString(hasEscapes: Bool) -> SQLToken {
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            if hasEscapes, byte == UInt8(ascii: "\\") {
                rest = rest.dropFirst()
            } else if byte == UInt8(ascii: "'") {
                guard rest.first == byte else { return .literal }
                rest = rest.dropFirst()
            }
        }
        return .unended
    }

    private mutating func takeDelimited(_ quote: UInt8, _ token: SQLToken) -> SQLToken {
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            guard byte == quote else { continue }
            guard rest.first == byte else { return token }
            rest = rest.dropFirst()
        }
        return .unended
    }

    private mutating func takeBlock() -> SQLToken {
        var depth = 0
        while !rest.isEmpty {
            if rest.starts(with: "/*".utf8) {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "*/".utf8) {
                depth -= 1
                rest = rest.dropFirst(2)
                if depth == 0 { return .comment }
            } else {
                rest = rest.dropFirst()
            }
        }
        return .unended
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// A dollar quote begins with a tag that is no number; a parameter is one.
    private mutating func takeDollar() -> SQLToken {
        let tag = rest.dropFirst().prefix(while: Self.isOfWord)
        let isNumber = tag.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
        guard !isNumber, rest.dropFirst(1 + tag.count).first == UInt8(ascii: "$") else { return takeWord() }
        let quote = rest.prefix(tag.count + 2)
        let body = rest.dropFirst(quote.count)
        var end = body
        while !end.isEmpty, !end.starts(with: quote) { end = end.dropFirst() }
        guard !end.isEmpty else {
            rest = []
            return .unended
        }
        rest = end.dropFirst(quote.count)
        return .quoted(Self.tokens(of: body[..<end.startIndex]))
    }

    private mutating func takeWord() -> SQLToken {
        var word = rest.prefix { Self.isOfWord($0) || $0 == UInt8(ascii: "$") }
        if word.isEmpty { word = rest.prefix(1) }
        rest = rest.dropFirst(word.count)
        let isPrefix = word.elementsEqual("E".utf8) || word.elementsEqual("U&".utf8)
        if isPrefix, rest.first == UInt8(ascii: "'") { return takeString(hasEscapes: true) }
        if word.elementsEqual("U".utf8), rest.starts(with: "&\"".utf8) {
            rest = rest.dropFirst()
            return takeDelimited(UInt8(ascii: "\""), .identifier)
        }
        return .plain(Array(word))
    }
}

extension JSON {
    /// Text that is not a JSON document (RFC 8259), or nests deeper than `JSON.maximumDepth`.
    public struct ParseError: Error, Equatable, Sendable {
        /// Where the text stops being JSON: bytes of UTF-8 from its start.
        public var offset: Int
        /// What was expected there.
        public var reason: String
    }

    /// How deep arrays and objects may nest.
    ///
    /// PostgreSQL 15 as it is delivered takes 14,538 (its parser recurses, and `max_stack_depth` is 2 MB). Parsing,
    /// printing and comparing need no stack here, but Swift releases a value by a call for each level, 220 bytes when not
    /// optimised: this many take half of the 8 MB that a main thread has.
    public static let maximumDepth = 20_000

    /// Reads one document.
    ///
    /// Foundation's readers cut numbers at 38 digits and lose spelling, order and repeated members, and no package
    /// keeps all four; that is why this parser exists.
    public init(parsing text: String) throws(ParseError) {
        var parser = JSONParser(text)
        self = try parser.document()
    }
}

/// One pass over the bytes of the text, with a stack of its own for what is open.
private struct JSONParser {
    /// An array or object whose end has not come yet.
    private struct Open {
        var isObject: Bool
        var elements: [JSON] = []
        var members: [JSON.Member] = []
        /// The name of the member whose value comes next.
        var name = ""
    }

    private let bytes: [UInt8]
    private var position = 0
    private var open: [Open] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func document() throws(JSON.ParseError) -> JSON {
        var value = try start()
        while true {
            if let complete = value {
                guard !open.isEmpty else {
                    skipSpace()
                    guard position == bytes.count else { throw failure("the end of the text") }
                    return complete
                }
                value = try add(complete)
            } else {
                value = try start()
            }
        }
    }

    /// Reads a scalar, or an empty array or object; nil after the beginning of one that is not empty.
    private mutating func start() throws(JSON.ParseError) -> JSON? {
        guard open.count <= JSON.maximumDepth else { throw failure("less nesting") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"):
            position += 1
            if take("}") { return .object([]) }
            open.append(Open(isObject: true, name: try name()))
            return nil
        case UInt8(ascii: "["):
            position += 1
            if take("]") { return .array([]) }
            open.append(Open(isObject: false))
            return nil
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    /// Puts a value into what is open last, and returns that when it ends there.
    private mutating func add(_ value: JSON) throws(JSON.ParseError) -> JSON? {
        let last = open.count - 1
        if open[last].isObject {
            open[last].members.append(JSON.Member(open[last].name, value))
            if take(",") {
                open[last].name = try name()
                return nil
            }
            guard take("}") else { throw failure("a comma or the end of the object") }
            return .object(open.removeLast().members)
        }
        open[last].elements.append(value)
        if take(",") { return nil }
        guard take("]") else { throw failure("a comma or the end of the array") }
        return .array(open.removeLast().elements)
    }

    /// The name of a member and the colon behind it.
    private mutating func name() throws(JSON.ParseError) -> String {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw failure("a member's name") }
        let name = try string()
        guard take(":") else { throw failure("a colon") }
        return name
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
        let expected = Array("\(word)".utf8)
        guard bytes[position...].starts(with: expected) else { throw failure("a value") }
        position += expected.count
        return value
    }

    private mutating func number() throws(JSON.ParseError) -> JSON {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let integerStart = position
        guard digits() > 0 else { throw failure("a value") }
        guard bytes[integerStart] != UInt8(ascii: "0") || position == integerStart + 1 else {
            throw failure("no leading zero")
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw failure("a digit") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw failure("a digit") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func string() throws(JSON.ParseError) -> String {
        position += 1
        var text: [UInt8] = []
        var start = position
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[start..<position]
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[start..<position]
                position += 1
                text += Array(String(try escape()).utf8)
                start = position
            case 0..<0x20: throw failure("no control character in a string")
            default: position += 1
            }
        }
        throw failure("the end of the string")
    }

    private mutating func escape() throws(JSON.ParseError) -> Unicode.Scalar {
        guard let byte = peek else { throw failure("an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("an escape")
        }
    }

    /// One escape of four hexadecimal digits, or two that are a surrogate pair; half a pair is no text and becomes U+FFFD.
    private mutating func unicodeEscape() throws(JSON.ParseError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let isLead = (0xD800..<0xDC00).contains(first)
        guard isLead, peek == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let beforeSecond = position
        position += 2
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second) else {
            position = beforeSecond
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func codeUnit() throws(JSON.ParseError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure("four hexadecimal digits") }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
        }
        position += 4
        return unit
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func failure(_ expected: String) -> JSON.ParseError {
        JSON.ParseError(offset: position, reason: "expected \(expected)")
    }
}

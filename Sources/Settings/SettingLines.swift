/// On which line of a TOML text each key and element stands, which the library that reads it does not tell.
///
/// It walks over a text that is TOML already: of anything else it makes some lines, but no fault. What it does not
/// find, such as a key with escapes, has the line of what holds it.
struct SettingLines {
    /// The line of the first table header that does not begin with a name.
    private(set) var namelessHeader: Int?
    private var lines: [[String]: Int] = [[]: 1]
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// The index of the last table of each array of tables.
    private var counts: [[String]: Int] = [:]

    init(of text: String) {
        bytes = Array(text.utf8)
        var table: [String] = []
        while skipBlank() {
            if current == UInt8(ascii: "[") {
                table = header()
            } else {
                pair(in: table)
            }
        }
    }

    /// The line of the key or element, or of the nearest that holds it.
    func line(of path: [String]) -> Int {
        for length in stride(from: path.count, through: 0, by: -1) {
            if let line = lines[Array(path.prefix(length))] { return line }
        }
        return 1
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == 10 { line += 1 }
            position += 1
        }
    }

    private mutating func note(_ path: [String]) {
        // The tables that a dotted key makes on its way stand where they are first named.
        for length in 1..<max(1, path.count) where lines[Array(path.prefix(length))] == nil {
            lines[Array(path.prefix(length))] = line
        }
        lines[path] = line
    }

    /// Goes to the next thing that is neither white space nor a comment; false at the end.
    private mutating func skipBlank() -> Bool {
        while let byte = current {
            switch byte {
            case 9, 10, 13, 32: advance()
            case UInt8(ascii: "#"): while let byte = current, byte != 10 { advance() }
            default: return true
            }
        }
        return false
    }

    private mutating func skip(_ sign: Character) {
        if skipBlank(), current == sign.asciiValue { advance() }
    }

    private static func canBeginName(_ byte: UInt8) -> Bool {
        switch Character(Unicode.Scalar(byte)) {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "\"", "'": true
        default: false
        }
    }

    private mutating func header() -> [String] {
        advance()
        let isElement = current == UInt8(ascii: "[")
        if isElement { advance() }
        while current == 9 || current == 32 { advance() }
        if namelessHeader == nil, current.map(Self.canBeginName) != true { namelessHeader = line }
        var path: [String] = []
        for part in key() {
            // A name that is an array of tables means the last of them.
            if let count = counts[path] { path.append(String(count)) }
            path.append(part)
        }
        skip("]")
        if isElement {
            skip("]")
            if lines[path] == nil { note(path) }
            counts[path, default: -1] += 1
            path.append(String(counts[path] ?? 0))
        }
        note(path)
        return path
    }

    private mutating func pair(in table: [String]) {
        let start = position
        let path = table + key()
        note(path)
        skip("=")
        value(at: path)
        if position == start { advance() }
    }

    /// A key with its dots.
    private mutating func key() -> [String] {
        var parts: [String] = []
        while skipBlank(), let byte = current {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                parts.append(string())
            } else {
                parts.append(word { $0 == 46 || $0 == 61 || $0 == 93 || $0 <= 32 })
            }
            guard skipBlank(), current == UInt8(ascii: ".") else { break }
            advance()
        }
        return parts
    }

    private mutating func value(at path: [String]) {
        guard skipBlank(), let byte = current else { return }
        lines[path] = lines[path] ?? line
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case UInt8(ascii: "["): elements(of: path)
        case UInt8(ascii: "{"): members(of: path)
        default: _ = word { $0 == 44 || $0 == 93 || $0 == 125 || $0 == 35 || $0 == 10 }
        }
    }

    private mutating func elements(of path: [String]) {
        advance()
        var index = 0
        while skipBlank(), let byte = current {
            if byte == UInt8(ascii: "]") { return advance() }
            let start = position
            value(at: path + [String(index)])
            index += 1
            skip(",")
            if position == start { return advance() }
        }
    }

    private mutating func members(of path: [String]) {
        advance()
        while skipBlank(), let byte = current {
            if byte == UInt8(ascii: "}") { return advance() }
            let start = position
            pair(in: path)
            skip(",")
            if position == start { return advance() }
        }
    }

    private mutating func word(until isEnd: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = current, !isEnd(byte) { advance() }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A string of any of the four kinds, as it is written.
    private mutating func string() -> String {
        guard let quote = current else { return "" }
        let isLong = bytes[position...].prefix(3).elementsEqual([quote, quote, quote])
        advance(isLong ? 3 : 1)
        let start = position
        while let byte = current {
            let isEnd = isLong ? bytes[position...].prefix(3).elementsEqual([quote, quote, quote]) : byte == quote
            if isEnd { break }
            advance(byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1)
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        advance(isLong ? 3 : 1)
        // A long string may end in up to two quotes of its own.
        while isLong, current == quote { advance() }
        return text
    }
}

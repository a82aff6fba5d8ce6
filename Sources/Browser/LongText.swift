import AuditTrail

/// Text of any length for a screen, whose lines are shown up to a limit.
///
/// A value may have many megabytes in one line: making all of it safe for the terminal at every key would take seconds.
enum LongText {
    /// Bytes of UTF-8 of a line that are shown.
    static let limit = 4096

    /// The text when it is not too long, else its beginning and how long it is.
    static func shown(_ text: String) -> String {
        text.utf8.count <= limit ? text : shown(text.utf8[...])
    }

    /// The lines of a text, each as it is shown; they are divided at line feeds alone.
    static func lines(_ text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(shown)
        }
    }

    private static func shown(_ line: some BidirectionalCollection<UInt8>) -> String {
        let count = line.count
        guard count > limit else { return String(decoding: line, as: UTF8.self) }
        // Not within a character: what continues one begins with the bits 10.
        var end = line.index(line.startIndex, offsetBy: limit)
        while end > line.startIndex, line[end] & 0xC0 == 0x80 { end = line.index(before: end) }
        return String(decoding: line[..<end], as: UTF8.self) + "… (\(grouped(count)) bytes)"
    }
}

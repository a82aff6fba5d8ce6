import AuditTrail

/// Text of any length for a screen, whose lines are shown up to a limit.
///
/// A value may have many megabytes in one line: making all of it safe for the terminal at every key would take seconds.
enum LongText {
    /// Bytes of UTF-8 of a line that are shown.
    static let limit = 4096
    /// Of a value that is shown over as many rows as it takes.
    static let valueLimit = 65536

    /// The text when it is not too long, else its beginning and how long it is.
    static func shown(_ text: String, limit: Int = limit) -> String {
        text.utf8.count <= limit ? text : shown(text.utf8[...], limit: limit)
    }

    /// How many bytes of a text are shown of at most that many, so that no character is cut.
    static func shownBytes(of text: String, limit: Int) -> Int {
        let bytes = text.utf8
        guard bytes.count > limit else { return bytes.count }
        var end = bytes.index(bytes.startIndex, offsetBy: limit)
        while end > bytes.startIndex, UTF8.isContinuation(bytes[end]) { end = bytes.index(before: end) }
        return bytes.distance(from: bytes.startIndex, to: end)
    }

    /// How long a text is, in brackets: counting the characters of a very long one would take its time.
    static func length(of text: String) -> String {
        let bytes = text.utf8.count
        return bytes > 1 << 20
            ? "(\(grouped(bytes)) bytes)" : "(\(grouped(text.unicodeScalars.count)) characters)"
    }

    /// The lines of a text, each as it is shown; they are divided at line feeds alone.
    static func lines(_ text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .map { shown($0, limit: limit) }
        }
    }

    private static func shown(_ line: some BidirectionalCollection<UInt8>, limit: Int) -> String {
        let count = line.count
        guard count > limit else { return String(decoding: line, as: UTF8.self) }
        // Not within a character.
        var end = line.index(line.startIndex, offsetBy: limit)
        while end > line.startIndex, UTF8.isContinuation(line[end]) { end = line.index(before: end) }
        return String(decoding: line[..<end], as: UTF8.self) + "… (\(grouped(count)) bytes)"
    }
}

extension Timestamp {
    /// A time that cannot be read, as it was typed.
    public struct ParseError: Error, Equatable, Sendable, CustomStringConvertible {
        /// What was typed.
        public var text: String

        /// What is accepted instead.
        public var description: String {
            "cannot read the time \"\(text)\"; use 2026-10-09, 2026-10-09T17:31:02, -2h, -3d, today, yesterday or yesterday 9:30"
        }
    }

    /// Reads a time: ISO 8601 in whole or in part, or relative to `now`.
    ///
    /// `2026-10`, `2026-10-09`, `2026-10-09 17:31`, `2026-10-09T17:31:02.5Z`, `…+02:00`; `-90s`, `-15m`, `-2h`, `-3d`,
    /// `-1w`; `now`, `today`, `yesterday`, `yesterday 9`. Times without a zone are UTC.
    public init(parsing text: String, now: Timestamp) throws(ParseError) {
        // Other years could not be written as a date again.
        guard let value = Timestamp.relative(text, now) ?? Timestamp.absolute(text),
            (1...9999).contains(value.calendar.year)
        else { throw ParseError(text: text) }
        self = value
    }

    private static func relative(_ text: String, _ now: Timestamp) -> Timestamp? {
        let midnight = CalendarTime(year: now.calendar.year, month: now.calendar.month, day: now.calendar.day)?
            .timestamp
        let words = text.lowercased().split(separator: " ", maxSplits: 1)
        if let word = words.first, let days = ["today": 0, "yesterday": 1][word], let midnight {
            var time = midnight.adding(seconds: -86400 * Int64(days)).calendar
            guard words.count == 2 else { return time.timestamp }
            var reader = DigitReader(words[1].prefix { $0 != ":" }.count == 1 ? "0\(words[1])" : String(words[1]))
            return reader.readTimeOfDay(into: &time) && reader.isAtEnd ? time.timestamp : nil
        }
        if text.lowercased() == "now" { return now }
        guard text.hasPrefix("-"), let unit = text.last, let seconds = secondsPerUnit[unit],
            let count = Int64(text.dropFirst().dropLast()), (0...1_000_000).contains(count)
        else { return nil }
        return now.adding(seconds: -count * seconds)
    }

    private static let secondsPerUnit: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800]

    private static func absolute(_ text: String) -> Timestamp? {
        var reader = DigitReader(text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2) else { return nil }
        var day = 1
        if reader.take("-") {
            guard let value = reader.digits(2) else { return nil }
            day = value
        }
        guard var time = CalendarTime(year: year, month: month, day: day) else { return nil }
        var offsetSeconds = 0
        if reader.take("T") || reader.take(" ") {
            guard reader.readTimeOfDay(into: &time), let offset = reader.zone() else { return nil }
            offsetSeconds = offset
        }
        return reader.isAtEnd ? time.timestamp.adding(seconds: Int64(-offsetSeconds)) : nil
    }
}

/// Reads fixed numbers of digits off the front of a text.
private struct DigitReader {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return Int(digits)
    }

    /// Reads `17`, `17:31`, `17:31:02` or `17:31:02.114`.
    mutating func readTimeOfDay(into time: inout CalendarTime) -> Bool {
        guard let hour = digits(2), hour < 24 else { return false }
        time.hour = hour
        guard take(":") else { return true }
        guard let minute = digits(2), minute < 60 else { return false }
        time.minute = minute
        guard take(":") else { return true }
        guard let second = digits(2), second < 60 else { return false }
        time.second = second
        guard take(".") else { return true }
        let fraction = rest.prefix { ("0"..."9").contains($0) }
        guard (1...9).contains(fraction.count) else { return false }
        rest = rest.dropFirst(fraction.count)
        time.microsecond = Int((fraction + "000000").prefix(6)) ?? 0
        return true
    }

    /// Reads `Z`, `+02`, `-05:30`, or nothing, which is UTC; seconds east of Greenwich.
    mutating func zone() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let sign = take("-") ? -1 : 1
        guard sign < 0 || take("+"), let hours = digits(2) else { return nil }
        var minutes = 0
        if !isAtEnd {
            _ = take(":")
            guard let value = digits(2) else { return nil }
            minutes = value
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension Timestamp {
    /// A time that cannot be read, as it was typed.
    public struct ParseError: Error, Equatable, Sendable, CustomStringConvertible {
        /// What was typed.
        public var text: String

        /// What is accepted instead.
        public var description: String {
            "cannot read the time \"\(text)\"; use 2026-10-09, 2026-10-09T17:31:02, 14:00, -2h, -1w, today, yesterday 9:30, "
                + "friday or last monday"
        }
    }

    /// Reads a time: ISO 8601 in whole or in part, or relative to `now`.
    ///
    /// `2026-10`, `2026-10-09`, `2026-10-09 17:31`, `2026-10-09T17:31:02.5Z`, `…+02:00`; `-90s`, `-15m`, `-2h`, `-3d`,
    /// `-1w`, `-90min`; `now`; a day, which is `today`, `yesterday`, `friday` or `last friday`, with or without a time of day:
    /// `yesterday 9`; and a time of day alone, the last that has been: `14:00`. Times without a zone are UTC.
    public init(parsing text: String, now: Timestamp) throws(ParseError) {
        // Other years could not be written as a date again.
        guard let value = Timestamp.relative(text, now) ?? Timestamp.absolute(text),
            (1...9999).contains(value.calendar.year)
        else { throw ParseError(text: text) }
        self = value
    }

    private static func relative(_ text: String, _ now: Timestamp) -> Timestamp? {
        let words = text.lowercased().split(separator: " ").map { String($0) }
        if words == ["now"] { return now }
        if let time = distant(text, from: now) { return time }
        guard let midnight = CalendarTime(year: now.calendar.year, month: now.calendar.month, day: now.calendar.day)
        else { return nil }
        return spoken(words, on: midnight.timestamp, before: now)
    }

    /// `-2h`, `-1w`.
    private static func distant(_ text: String, from now: Timestamp) -> Timestamp? {
        guard text.hasPrefix("-") else { return nil }
        let digits = text.dropFirst().prefix { ("0"..."9").contains($0) }
        guard let count = Int64(digits), (0...1_000_000).contains(count),
            let seconds = secondsPerUnit[text.dropFirst(digits.count + 1).lowercased()]
        else { return nil }
        return now.adding(seconds: -count * seconds)
    }

    private static let secondsPerUnit: [String: Int64] = [
        "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604_800,
    ]

    /// A day in words, a time of day, or both.
    private static func spoken(_ words: [String], on midnight: Timestamp, before now: Timestamp) -> Timestamp? {
        if words.count == 1, words[0].contains(":"), let time = midnight.withTimeOfDay(words[0]) {
            return time <= now ? time : time.adding(seconds: -86400)
        }
        var rest = words[...]
        guard let (day, isWeekday) = takeDay(&rest, midnight) else { return nil }
        // What is said of a day to come, such as this Friday morning, was a week ago.
        switch rest.count {
        case 0: return day
        case 1:
            guard let time = day.withTimeOfDay(rest[rest.startIndex]) else { return nil }
            return isWeekday && time > now ? time.adding(seconds: -604_800) : time
        default: return nil
        }
    }

    /// `today`, `yesterday`, `friday`, which is today or one of the six days before, or `last friday`, which is never today.
    private static func takeDay(
        _ words: inout ArraySlice<String>,
        _ midnight: Timestamp
    ) -> (start: Timestamp, isWeekday: Bool)? {
        guard let word = words.popFirst() else { return nil }
        if let days = ["today": 0, "yesterday": 1][word] {
            return (midnight.adding(seconds: -86400 * Int64(days)), false)
        }
        let isLast = word == "last"
        guard let name = isLast ? words.popFirst() : word,
            let weekday = weekdays.firstIndex(where: { $0 == name || $0.prefix(3) == name })
        else { return nil }
        // 1970-01-01 was a Thursday.
        let today = Int(midnight.microseconds / 86_400_000_000 % 7 + 10) % 7
        let back = (today - weekday + 7) % 7
        return (midnight.adding(seconds: -86400 * Int64(isLast && back == 0 ? 7 : back)), !isLast)
    }

    /// From Monday on.
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// The time of day, such as `9`, `9:30` or `17:31:02.5`, of the day that begins at this moment.
    private func withTimeOfDay(_ text: String) -> Timestamp? {
        var time = calendar
        var reader = DigitReader(text.prefix { $0 != ":" }.count == 1 ? "0\(text)" : text)
        return reader.readTimeOfDay(into: &time) && reader.isAtEnd ? time.timestamp : nil
    }

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

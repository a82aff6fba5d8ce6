/// How clocks go on after the changes that a time zone lists, as the environment variable `TZ` writes it in POSIX:
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Equatable, Sendable {
    /// When in a year clocks change.
    enum Day: Equatable, Sendable {
        /// The week, 1 to 5, 5 being the last, and the day of it, 0 being Sunday, in a month.
        case weekday(month: Int, week: Int, day: Int)
        /// The day of the year from 1, without the 29th of February.
        case withoutLeapDay(Int)
        /// The day of the year from 0.
        case ofYear(Int)
    }

    /// Summer time: its offset, and when it begins and ends by the clocks that end then.
    struct Summer: Equatable, Sendable {
        var offset: Int64
        var start: (day: Day, second: Int64)
        var end: (day: Day, second: Int64)

        static func == (left: Summer, right: Summer) -> Bool {
            left.offset == right.offset && left.start == right.start && left.end == right.end
        }
    }

    /// Seconds east of UTC, outside of summer time.
    private(set) var offset: Int64
    private(set) var summer: Summer?

    /// Reads a rule; nil when it is none.
    init?(_ text: String) {
        var reader = RuleReader(rest: text.utf8[...])
        guard reader.name(), let west = reader.time() else { return nil }
        offset = -west
        guard !reader.rest.isEmpty else { return }
        guard reader.name() else { return nil }
        var summerOffset = offset + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.time() else { return nil }
            summerOffset = -west
        }
        guard let start = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
        summer = Summer(offset: summerOffset, start: start, end: end)
    }

    /// Seconds east of UTC at so many seconds since 1970.
    func offset(at time: Int64) -> Int64 {
        // Beyond the years that the calendar has, nothing is known of summers.
        guard let summer, abs(time) < 253_000_000_000 else { return offset }
        let year = Timestamp(microseconds: 0).adding(seconds: time + offset).calendar.year
        guard let newYear = CalendarTime(year: year, month: 1, day: 1)?.timestamp else { return offset }
        let first = newYear.microseconds / 1_000_000
        let start = first + summer.start.day.second(in: year) + summer.start.second - offset
        let end = first + summer.end.day.second(in: year) + summer.end.second - summer.offset
        let isSummer = start < end ? start <= time && time < end : !(end <= time && time < start)
        return isSummer ? summer.offset : offset
    }
}

extension TimeZoneRule.Day {
    /// The second at which the day begins, from the beginning of the year.
    fileprivate func second(in year: Int) -> Int64 {
        let isLeap = CalendarTime.days(inMonth: 2, of: year) == 29
        switch self {
        case .ofYear(let day): return Int64(day) * 86400
        case .withoutLeapDay(let day): return Int64(day - 1 + (isLeap && day >= 60 ? 1 : 0)) * 86400
        case .weekday(let month, let week, let day):
            let before = (1..<month).reduce(0) { $0 + CalendarTime.days(inMonth: $1, of: year) }
            let days = (CalendarTime(year: year, month: month, day: 1)?.timestamp.microseconds ?? 0) / 86_400_000_000
            // The first of January 1970 was a Thursday.
            let weekday = Int(((days + 4) % 7 + 7) % 7)
            var date = (day - weekday + 7) % 7 + 7 * (week - 1)
            if date >= CalendarTime.days(inMonth: month, of: year) { date -= 7 }
            return Int64(before + date) * 86400
        }
    }
}

private struct RuleReader {
    var rest: Substring.UTF8View

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Passes over `CET` or `<+0330>`.
    mutating func name() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[end...].dropFirst()
            return true
        }
        let name = rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
        rest = rest[name.endIndex...]
        return name.count >= 3
    }

    private mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard let value = Int(Substring(digits)), value <= limit else { return nil }
        rest = rest[digits.endIndex...]
        return value
    }

    /// `-5:30`, `3`, `+26:00:00`, in seconds.
    mutating func time() -> Int64? {
        let sign: Int64 = take("-") ? -1 : 1
        if sign > 0 { _ = take("+") }
        guard let hours = number(upTo: 167) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where take(":") {
            guard let value = number(upTo: 59) else { return nil }
            seconds += value * unit
        }
        return sign * Int64(seconds)
    }

    /// `,M3.5.0/2`: a day, and the time of day, two o'clock where none is said.
    mutating func change() -> (day: TimeZoneRule.Day, second: Int64)? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return (day, 7200) }
        return time().map { (day, $0) }
    }

    private mutating func day() -> TimeZoneRule.Day? {
        if take("M") {
            guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5), week > 0, take("."),
                let day = number(upTo: 6)
            else { return nil }
            return .weekday(month: month, week: week, day: day)
        }
        if take("J") { return number(upTo: 365).flatMap { $0 > 0 ? .withoutLeapDay($0) : nil } }
        return number(upTo: 365).map { .ofYear($0) }
    }
}

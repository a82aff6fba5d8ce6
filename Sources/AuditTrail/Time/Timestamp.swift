/// A moment in UTC, in whole microseconds as PostgreSQL keeps it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01 00:00:00 UTC; negative before.
    public var microseconds: Int64

    /// A moment by its microseconds since 1970-01-01 00:00:00 UTC.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// The moment so many seconds later.
    public func adding(seconds: Int64) -> Timestamp { Timestamp(microseconds: microseconds + seconds * 1_000_000) }

    /// The date and time of day in UTC.
    public var calendar: CalendarTime { CalendarTime(of: self) }

    /// `2026-10-09T17:31:02.114331Z`, always with six digits.
    public var iso8601: String {
        let time = calendar
        return "\(time.date)T\(time.timeOfDay).\(digits(time.microsecond, 6))Z"
    }
}

/// A moment taken apart in the Gregorian calendar, UTC.
public struct CalendarTime: Equatable, Sendable {
    /// The year, 1 to 9999 as a rule.
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    /// 0 to 23.
    public var hour = 0
    /// 0 to 59.
    public var minute = 0
    /// 0 to 59.
    public var second = 0
    /// 0 to 999,999.
    public var microsecond = 0

    /// `2026-10-09`.
    public var date: String { "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))" }

    /// `17:31:02`.
    public var timeOfDay: String { "\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))" }

    /// `2026-10-09 17:31:02`.
    public var text: String { "\(date) \(timeOfDay)" }

    /// A date at midnight, or nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CalendarTime.days(inMonth: month, of: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    init(of timestamp: Timestamp) {
        let (days, rest) = floorDivision(timestamp.microseconds, 86_400_000_000)
        // Years are counted from March, so that the leap day is the last of its year; eras are 400 years.
        let shifted = days + 719_468
        let (era, dayOfEra) = floorDivision(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        (hour, minute) = (Int(rest / 3_600_000_000), Int(rest / 60_000_000 % 60))
        (second, microsecond) = (Int(rest / 1_000_000 % 60), Int(rest % 1_000_000))
    }

    /// The moment that this is.
    public var timestamp: Timestamp {
        let yearFromMarch = Int64(month <= 2 ? year - 1 : year)
        let (era, yearOfEra) = floorDivision(yearFromMarch, 400)
        let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        let seconds = days * 86400 + Int64(hour * 3600 + minute * 60 + second)
        return Timestamp(microseconds: seconds * 1_000_000 + Int64(microsecond))
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}

/// The quotient rounded down, and what remains, which is never negative.
private func floorDivision(_ dividend: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

/// The number with zeros in front up to `count` digits.
func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
}

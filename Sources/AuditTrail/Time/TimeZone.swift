/// A time zone, as far as showing times in it needs one: how far its clocks are from UTC at each moment.
public struct TimeZone: Equatable, Sendable {
    /// From when on clocks are how far from UTC.
    struct Change: Equatable, Sendable {
        /// Seconds since 1970-01-01 00:00:00 UTC.
        var start: Int64
        /// Seconds east of UTC.
        var offset: Int64
    }

    /// What it is called where times of it stand: `UTC`, `Europe/Berlin`, `local`.
    public let name: String
    /// In the order of time; the first offset also holds before it.
    let changes: [Change]
    /// How it goes on after the last change; nil when it stays as it is.
    let rule: TimeZoneRule?

    /// The zone that the trail is kept in.
    public static let utc = TimeZone(name: "UTC", changes: [], rule: nil)

    /// Whether it is UTC itself, in which times are written with `Z`.
    public var isUTC: Bool { self == .utc }

    /// The last part of its name, for the heading of a column: `UTC`, `Berlin`.
    public var shortName: String { name.split(separator: "/").last.map { String($0) } ?? name }

    /// Seconds east of UTC at a moment.
    public func offset(at moment: Timestamp) -> Int64 {
        let second = moment.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let time = second.remainder < 0 ? second.quotient - 1 : second.quotient
        if let rule, changes.last.map({ $0.start <= time }) ?? true { return rule.offset(at: time) }
        // The last change at or before the moment.
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return changes.isEmpty ? 0 : changes[max(0, low - 1)].offset
    }

    /// The date and time of day that clocks of the zone show.
    public func calendar(of moment: Timestamp) -> CalendarTime { local(moment).calendar }

    /// `2026-10-09 17:31:02`, on the clocks of the zone.
    public func text(of moment: Timestamp) -> String { calendar(of: moment).text }

    /// `2026-10-09T19:31:02.114331+02:00`, with `Z` in the place of the offset in UTC.
    public func iso8601(of moment: Timestamp) -> String { local(moment).iso8601.dropLast() + suffix(at: moment) }

    /// `+02:00`, or `Z` in UTC.
    public func suffix(at moment: Timestamp) -> String {
        guard !isUTC else { return "Z" }
        let offset = offset(at: moment)
        let minutes = Int(abs(offset) / 60)
        return "\(offset < 0 ? "-" : "+")\(digits(minutes / 60, 2)):\(digits(minutes % 60, 2))"
    }

    /// The moment at which clocks of UTC show what those of the zone show now; at the ends of time the same.
    private func local(_ moment: Timestamp) -> Timestamp {
        let (sum, overflow) = moment.microseconds.addingReportingOverflow(offset(at: moment) * 1_000_000)
        return overflow ? moment : Timestamp(microseconds: sum)
    }
}

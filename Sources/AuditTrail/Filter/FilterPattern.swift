/// A table, or several by glob: `orders`, `sales.orders`, `pub*.order?`; without regard to case.
public struct TablePattern: Hashable, Sendable {
    /// The glob of the schema; nil for any.
    public var schema: String?
    /// The glob of the name.
    public var name: String

    /// A pattern from its parts.
    public init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    /// The pattern of one table.
    public init(_ table: TableName) { self.init(schema: table.schema, name: table.name) }
}

/// Which actors are wanted.
public enum ActorTerm: Hashable, Sendable {
    /// Those whose label or key matches the glob, without regard to case.
    case matching(String)
    /// Exactly this one, by key.
    case exactly(Actor)
    /// None: nobody claimed what was written.
    case none
}

/// A time as it was typed, and what it came to.
///
/// The text is kept, so that `-24h` still means the last day when the filter is used again.
public struct TimeTerm: Hashable, Sendable {
    /// What was typed.
    public var text: String
    /// The moment, or the first of the period.
    public var start: Timestamp
    /// The moment after the period; that of `start` for a moment that stands for no period.
    public var end: Timestamp

    /// Reads a time as `Timestamp.init(parsing:now:)` does.
    public init(parsing text: String, now: Timestamp) throws(Timestamp.ParseError) {
        self.text = text
        start = try Timestamp(parsing: text, now: now)
        end = Timestamp.endOfPeriod(writtenAs: text, from: start)
    }

    /// A moment.
    public init(_ moment: Timestamp) {
        text = moment.iso8601
        start = moment
        end = moment
    }
}

extension Timestamp {
    /// The moment after the year, month, day, hour, minute or second that a text names as precisely as it does.
    ///
    /// `2026-10-09` and `friday` are a day, `2026-10-09T17` and `friday 17` an hour; what names a fraction of a second, or a time by its distance, is
    /// the second that begins there.
    static func endOfPeriod(writtenAs text: String, from start: Timestamp) -> Timestamp {
        let words = text.lowercased().split(separator: " ")
        guard let first = words.first?.first, let last = words.last, first != "-", last != "now" else {
            return start.adding(seconds: 1)
        }
        guard ("0"..."9").contains(first), words[0].contains("-") else {
            return start.adding(seconds: spanOfSpoken(String(last)))
        }
        let text = text.lowercased()
        let parts = text.split(maxSplits: 1) { $0 == "t" || $0 == " " }
        guard parts.count == 2 else {
            if parts[0].count > 7 { return start.adding(seconds: 86400) }
            let (year, month) = (start.calendar.year, start.calendar.month)
            return CalendarTime(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)?.timestamp ?? start
        }
        let colons = parts[1].prefix { $0 != "z" && $0 != "+" && $0 != "-" }.count { $0 == ":" }
        return start.adding(seconds: colons == 0 ? 3600 : colons == 1 ? 60 : 1)
    }

    /// How many seconds the last word of a time names: a day by its name, an hour, a minute, or a second.
    private static func spanOfSpoken(_ word: String) -> Int64 {
        guard let first = word.first, ("0"..."9").contains(first) else { return 86400 }
        return switch word.count(where: { $0 == ":" }) {
        case 0: 3600
        case 1: 60
        default: 1
        }
    }
}

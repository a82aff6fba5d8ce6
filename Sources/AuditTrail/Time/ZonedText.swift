/// A text with moments in it, such as `2026-07-01T12:00:00+02:00` or `["2026-07-01 12:00:00+02",)`, as PostgreSQL writes them
/// in its style ISO: each in the time zone of whoever wrote it, so that one value may have several texts.
struct ZonedText {
    /// What stands between the moments, before the first and behind the last.
    private var texts: [String]
    private var moments: [ZonedMoment]

    /// The offsets that zones have had since about 1970, in minutes: steps of a quarter of an hour.
    private static let offsets = Array(stride(from: -12 * 60, through: 14 * 60, by: 15))

    /// Nil for a text without a moment, or with one that no calendar has.
    init?(_ text: String) {
        (texts, moments) = ([], [])
        let bytes = Array(text.utf8)
        var (start, place) = (0, 0)
        while place < bytes.count {
            var reader = MomentReader(bytes, at: place)
            if (48...57).contains(bytes[place]), let moment = reader.moment() {
                texts.append(String(decoding: bytes[start..<place], as: UTF8.self))
                moments.append(moment)
                (start, place) = (reader.place, reader.place)
            } else {
                place += 1
            }
        }
        texts.append(String(decoding: bytes[start...], as: UTF8.self))
        // Before the year 1 the calendar counts otherwise.
        guard !moments.isEmpty, !texts.contains(where: { $0.hasPrefix(" BC") }) else { return nil }
    }

    /// The text with all moments in UTC.
    var inUTC: String { text(moments.map { _ in 0 }) }

    /// The texts in all time zones; of two moments one may be in summer time and the other not.
    var spellings: [String] {
        Self.offsets.flatMap { offset in
            (moments.count == 2 ? [0, -60, 60] : [0]).map { shift in
                text(moments.indices.map { $0 == 1 ? offset + shift : offset })
            }
        }
    }

    private func text(_ offsets: [Int]) -> String {
        var text = texts[0]
        for (place, moment) in moments.enumerated() { text += moment.text(at: offsets[place]) + texts[place + 1] }
        return text
    }
}

/// A moment as it stands in a text.
private struct ZonedMoment {
    /// Since 1970, UTC; what is less than a second stays a text.
    var seconds: Int64
    var fraction: String
    /// `T` in JSON, where the zone has its minutes always, else a space.
    var isOfJSON: Bool

    /// In the zone so many minutes east of Greenwich.
    func text(at offset: Int) -> String {
        let time = Timestamp(microseconds: (seconds + Int64(offset) * 60) * 1_000_000).calendar
        let (hours, minutes) = abs(offset).quotientAndRemainder(dividingBy: 60)
        let rest = isOfJSON || minutes != 0 ? ":" + digits(minutes, 2) : ""
        return "\(time.date)\(isOfJSON ? "T" : " ")\(time.timeOfDay)\(fraction)\(offset < 0 ? "-" : "+")"
            + digits(hours, 2) + rest
    }
}

private struct MomentReader {
    private let bytes: [UInt8]
    private(set) var place: Int

    init(_ bytes: [UInt8], at place: Int) { (self.bytes, self.place) = (bytes, place) }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func number(_ count: Int) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard place < bytes.count, (48...57).contains(bytes[place]) else { return nil }
            number = number * 10 + Int(bytes[place] - 48)
            place += 1
        }
        return number
    }

    /// `2026-07-01T12:00:00.5+02:00`, with a space for the `T`, and an offset of hours, minutes and seconds.
    mutating func moment() -> ZonedMoment? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2) else { return nil }
        let isOfJSON = take("T")
        guard isOfJSON || take(" "), let hour = number(2), take(":"), let minute = number(2), take(":"),
            let second = number(2), var time = CalendarTime(year: year, month: month, day: day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        (time.hour, time.minute, time.second) = (hour, minute, second)
        let start = place
        if take(".") { while number(1) != nil {} }
        let fraction = String(decoding: bytes[start..<place], as: UTF8.self)
        guard let offset = offset() else { return nil }
        let seconds = time.timestamp.microseconds / 1_000_000 - Int64(offset)
        return ZonedMoment(seconds: seconds, fraction: fraction, isOfJSON: isOfJSON)
    }

    /// Seconds east of Greenwich.
    private mutating func offset() -> Int? {
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(2) else { return nil }
        guard let minutes = take(":") ? number(2) : 0, let seconds = take(":") ? number(2) : 0 else { return nil }
        return ((hours * 60 + minutes) * 60 + seconds) * (isWest ? -1 : 1)
    }
}

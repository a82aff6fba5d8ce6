/// How much later one time is than another: `+10m 03.8s`, `-2d 01h 00m`, `+12 days`; rounded to what is told apart easily.
///
/// Nil unless both are dates, or both times with a zone, or both times without one, as PostgreSQL writes them into JSON
/// or ISO 8601 has them.
func timeDifference(from old: String, to new: String) -> String? {
    guard old != new, let left = TimeText(old), let right = TimeText(new), left.shape == right.shape else { return nil }
    let microseconds = right.microseconds - left.microseconds
    guard microseconds != 0 else { return "±0" }
    let sign = microseconds < 0 ? "-" : "+"
    if left.shape == .date {
        let days = microseconds.magnitude / 86_400_000_000
        return "\(sign)\(days) day\(days == 1 ? "" : "s")"
    }
    return sign + durationText(microseconds: Int64(microseconds.magnitude))
}

private func durationText(microseconds: Int64) -> String {
    if microseconds < 1000 { return "\(microseconds)µs" }
    if microseconds < 1_000_000 { return "\((microseconds + 500) / 1000)ms" }
    if microseconds < 60_000_000 {
        let milliseconds = Int((microseconds + 500) / 1000)
        return "\(milliseconds / 1000).\(digits(milliseconds % 1000, 3))s"
    }
    if microseconds < 3_600_000_000 {
        let tenths = Int((microseconds + 50_000) / 100_000)
        return "\(tenths / 600)m \(digits(tenths / 10 % 60, 2)).\(tenths % 10)s"
    }
    let seconds = Int((microseconds + 500_000) / 1_000_000)
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    if hours < 24 { return "\(hours)h \(digits(minutes, 2))m \(digits(seconds % 60, 2))s" }
    return "\(grouped(hours / 24))d \(digits(hours % 24, 2))h \(digits(minutes, 2))m"
}

/// A time as it is written in a document.
private struct TimeText {
    enum Shape {
        case date
        case local
        case zoned
    }

    let shape: Shape
    /// Since 1970; in UTC where there is a zone.
    let microseconds: Int64

    init?(_ text: String) {
        guard text.utf8.count >= 10, text.utf8.count <= 40 else { return nil }
        var reader = TimeReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), var time = CalendarTime(year: year, month: month, day: day)
        else { return nil }
        guard !reader.isAtEnd else {
            (shape, microseconds) = (.date, time.timestamp.microseconds)
            return
        }
        guard reader.take("T") || reader.take(" "), let hour = reader.number(2), reader.take(":"),
            let minute = reader.number(2), hour < 24, minute < 60
        else { return nil }
        (time.hour, time.minute) = (hour, minute)
        if reader.take(":") {
            guard let second = reader.number(2), second < 60 else { return nil }
            time.second = second
            if reader.take(".") {
                guard let fraction = reader.fraction() else { return nil }
                time.microsecond = fraction
            }
        }
        let local = time.timestamp.microseconds
        if reader.isAtEnd {
            (shape, microseconds) = (.local, local)
            return
        }
        guard let offset = reader.zone(), reader.isAtEnd else { return nil }
        (shape, microseconds) = (.zoned, local - offset * 1_000_000)
    }
}

private struct TimeReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(_ count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var number = 0
        for byte in bytes[position..<position + count] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += count
        return number
    }

    /// One to six digits, in microseconds.
    mutating func fraction() -> Int? {
        var microseconds = 0
        var unit = 100_000
        while unit > 0, let digit = number(1) { (microseconds, unit) = (microseconds + digit * unit, unit / 10) }
        return unit < 100_000 ? microseconds : nil
    }

    /// `Z`, `+02`, `+02:00` or `+0200`, in seconds east of UTC.
    mutating func zone() -> Int64? {
        if take("Z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = number(2) else { return nil }
        var minutes = 0
        if take(":") || !isAtEnd {
            guard let number = number(2) else { return nil }
            minutes = number
        }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return isEast ? seconds : -seconds
    }
}

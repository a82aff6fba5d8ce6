import JSON

/// Values of a trail that mean one thing in one session and another in the next, since whoever recorded them did not pin how
/// they are written: flask-audit-logger does not, nor did this program before 1.3.0.
extension TableShape.Column {
    /// Whether nobody can tell what a value stands for.
    ///
    /// Of ranges of dates and times that is any text not in the style ISO: `[01.02.2024,04.03.2024)` may begin in January or in
    /// February. Of intervals it is one of several fields under one sign: `-1 2:03:04` is a day and two hours less in the
    /// style that writes it, and a day less two hours in all others.
    public func isAmbiguous(_ value: JSON) -> Bool {
        if isOfRanges { return !texts(of: value).allSatisfy(isRangeInISO) }
        return isOfIntervals && !texts(of: value).allSatisfy(isPlainInterval)
    }

    /// Whether a value has to be looked at to know that.
    public var mayBeAmbiguous: Bool { isOfRanges || isOfIntervals }

    private var isOfRanges: Bool {
        let kinds = ["daterange", "datemultirange", "tsrange", "tsmultirange", "tstzrange", "tstzmultirange"]
        return kinds.contains { plainType == $0 || plainType == $0 + "[]" }
    }

    private var isOfIntervals: Bool { plainType.hasPrefix("interval") }
}

extension TableShape.Column {
    /// What tells of a value that nobody can read for certain, to be put behind it; nil for all others.
    public func mark(of value: JSON) -> String? {
        guard isAmbiguous(value) else { return nil }
        return "(depends on the writer's \(plainType.hasPrefix("interval") ? "IntervalStyle" : "DateStyle"))"
    }
}

extension TableShape {
    /// The marks of the columns of a row whose values nobody can read for certain.
    public func marks(of row: JSON) -> [String: String] {
        let marks = (row.members ?? []).compactMap { member in
            column(member.name)?.mark(of: member.value).map { (member.name, $0) }
        }
        return Dictionary(marks) { _, last in last }
    }

    /// Those columns of a row whose values nobody can read for certain.
    public func ambiguousColumns(of row: JSON) -> [String] {
        (row.members ?? []).compactMap { member in
            column(member.name)?.isAmbiguous(member.value) == true ? member.name : nil
        }
    }
}

extension Activity {
    /// Whether a value of it would be one that nobody can read for certain, if its column were of such a type.
    public var mayBeAmbiguous: Bool {
        [oldData, changedData].contains { row in
            (row?.members ?? []).contains { member in
                texts(of: member.value).contains { text in
                    guard let first = text.utf8.first else { return false }
                    return first == UInt8(ascii: "-")
                        ? !isPlainInterval(text) : "[({".utf8.contains(first) && !isRangeInISO(text)
                }
            }
        }
    }
}

/// The text, or those of an array; without recursion, since the column may have held documents once.
private func texts(of value: JSON) -> [String] {
    var texts: [String] = []
    var rest = [value]
    while let next = rest.popLast() {
        switch next {
        case .string(let text): texts.append(text)
        case .array(let elements): rest += elements
        case .null, .bool, .number, .object, .excerpt: break
        }
    }
    return texts
}

/// All bounds are dates that begin with the year, or no dates.
private func isRangeInISO(_ text: String) -> Bool {
    let marks = Set("[](){}\" ".unicodeScalars)
    return text.split(separator: ",").allSatisfy { part in
        let bound = part.unicodeScalars.drop { marks.contains($0) }
        let year = bound.prefix { ("0"..."9").contains($0) }
        if year.count >= 4 { return bound.dropFirst(year.count).first == "-" }
        let word = String(String.UnicodeScalarView(bound.prefix { !marks.contains($0) }))
        return ["", "empty", "infinity", "-infinity"].contains(word)
    }
}

/// The interval has units, or one sign is not meant for several fields.
private func isPlainInterval(_ text: String) -> Bool {
    let fields = text.split(separator: " ")
    guard text.hasPrefix("-"), fields.count > 1, !text.unicodeScalars.contains(where: \.properties.isAlphabetic) else {
        return true
    }
    return fields.dropFirst().allSatisfy { $0.hasPrefix("-") || $0.hasPrefix("+") }
}

import JSON

/// How one value of a key may be written in a trail: in the time zones of several writers, in the digits of several
/// applications. Values are compared in one of these spellings and looked for in all.
extension TableShape {
    /// The values of a key, each in the one of its spellings that stands for all.
    ///
    /// Two keys of a table are one when these are equal.
    public func normalKey(_ key: RowKey) -> [String] {
        key.map { column($0.name)?.normalText(keyValueText($0.value)) ?? keyValueText($0.value) }
    }

    /// The columns of a key with all texts under which the trail may hold the values.
    public func spelled(_ key: [KeyColumn]) -> [KeyColumn] {
        key.map { KeyColumn($0.name, $0.value, spellings: column($0.name)?.spellings(of: $0.value) ?? [$0.value]) }
    }

    /// The columns of a row's key likewise.
    public func spelled(_ key: RowKey) -> [KeyColumn] {
        spelled(key.map { KeyColumn($0.name, keyValueText($0.value)) })
    }
}

extension TableShape.Column {
    /// The fraction digits that are tried where a number may have any; no application writes more zeros than a price has.
    private static let mostZeros = 12

    /// Whether values hold moments, which are written in the time zone of the writer.
    public var hasMoments: Bool {
        kind == .moment || plainType.hasPrefix("tstz")
            || plainType.hasPrefix("timestamp") && plainType.contains(" with time zone")
    }

    private var isNumeric: Bool { kind == .number && !plainType.hasSuffix("[]") }

    /// The one spelling that stands for all.
    func normalText(_ text: String) -> String {
        if hasMoments { return ZonedText(text)?.inUTC ?? text }
        return isNumeric ? JSON.normalNumber(text) ?? text : text
    }

    /// All spellings, that which was given first.
    func spellings(of text: String) -> [String] {
        var spellings = [text]
        if hasMoments, let zoned = ZonedText(text) { spellings += zoned.spellings }
        if isNumeric, let number = JSON.normalNumber(text) {
            spellings.append(number)
            let point = number.contains(".") ? "" : "."
            for count in 1...Self.mostZeros { spellings.append(number + point + String(repeating: "0", count: count)) }
        }
        if plainType == "bytea", let escaped = escapedBytes(text) { spellings.append(escaped) }
        var seen: Set<String> = []
        return spellings.filter { seen.insert($0).inserted }
    }
}

/// The bytes of `\x6162` in the older style of output, `escape`; nil for any other text.
private func escapedBytes(_ text: String) -> String? {
    guard text.hasPrefix("\\x"), text.utf8.count.isMultiple(of: 2) else { return nil }
    var result = ""
    var digits = text.utf8.dropFirst(2)
    while let high = digits.popFirst(), let low = digits.popFirst() {
        guard let byte = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) else { return nil }
        switch byte {
        case UInt8(ascii: "\\"): result += "\\\\"
        case 32...126: result.unicodeScalars.append(Unicode.Scalar(byte))
        default: result += "\\" + String(String(Int(byte) + 0o1000, radix: 8).dropFirst())
        }
    }
    return result
}

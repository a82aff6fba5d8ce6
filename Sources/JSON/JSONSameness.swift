extension JSON {
    /// Whether the server's jsonb takes both for one value: numbers are compared by size, members without regard to order.
    ///
    /// `==` compares spellings: `1.10 == 1.1` is false, `isSame` is true. Without recursion, since a document may nest
    /// deeper than the stack is high.
    public func isSame(as other: JSON) -> Bool {
        var pairs = [(self, other)]
        while let (left, right) = pairs.popLast() {
            switch (left, right) {
            case (.number(let left), .number(let right)):
                guard left == right || Decimal.areEqual(left, right) else { return false }
            case (.array(let left), .array(let right)):
                guard left.count == right.count else { return false }
                pairs.append(contentsOf: zip(left, right))
            case (.object(let left), .object(let right)):
                guard let members = JSON.pairs(left, right) else { return false }
                pairs += members
            default: guard left == right else { return false }
            }
        }
        return true
    }

    /// The values of members of one name; nil when the names are not the same.
    private static func pairs(_ left: [Member], _ right: [Member]) -> [(JSON, JSON)]? {
        if left.count == right.count, zip(left, right).allSatisfy({ $0.name.hasSameBytes(as: $1.name) }) {
            return zip(left, right).map { ($0.value, $1.value) }
        }
        // By their bytes, since Swift finds composed and decomposed characters equal.
        let leftValues = Dictionary(left.map { (Array($0.name.utf8), $0.value) }) { _, last in last }
        let rightValues = Dictionary(right.map { (Array($0.name.utf8), $0.value) }) { _, last in last }
        guard leftValues.count == rightValues.count else { return nil }
        let pairs = leftValues.compactMap { name, value in rightValues[name].map { (value, $0) } }
        return pairs.count == leftValues.count ? pairs : nil
    }
}

/// A number by its size, exact: digits without zeros at either end, times a power of ten.
private struct Decimal: Equatable {
    private var isNegative: Bool
    private var digits: [UInt8]
    private var exponent: Int

    /// Whether two spellings are of one number; not known, hence no, of exponents beyond 64 bits.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        guard let left = Decimal(left), let right = Decimal(right) else { return false }
        return left == right
    }

    init?(_ spelling: String) {
        let parts = spelling.lowercased().split(separator: "e", maxSplits: 1)
        guard let mantissa = parts.first, let power = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        let fraction = mantissa.firstIndex(of: ".").map { mantissa[$0...].utf8.count - 1 } ?? 0
        digits = mantissa.utf8.filter { (48...57).contains($0) }
        exponent = power &- fraction
        while digits.last == 48 {
            digits.removeLast()
            exponent &+= 1
        }
        digits = Array(digits.drop { $0 == 48 })
        if digits.isEmpty { exponent = 0 }
        isNegative = mantissa.first == "-" && !digits.isEmpty
    }

    /// `12.5`, without zeros at either end; nil for a number of more digits than are worth writing.
    var text: String? {
        guard exponent <= 1000, exponent >= -1000 else { return nil }
        let all = digits + Array(repeating: 48, count: max(0, exponent))
        let fraction = max(0, -exponent)
        let padded = Array(repeating: 48, count: max(0, fraction + 1 - all.count)) + all
        let whole = String(decoding: padded.dropLast(fraction), as: UTF8.self)
        let rest = fraction == 0 ? "" : "." + String(decoding: padded.suffix(fraction), as: UTF8.self)
        return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : whole) + rest
    }
}

extension JSON {
    /// The number that a text spells, without an exponent and superfluous zeros: `1.50` and `15e-1` are both `1.5`.
    ///
    /// Nil for what is no number, and for one of more than a thousand zeros.
    public static func normalNumber(_ spelling: String) -> String? {
        guard case .number? = try? JSON(parsing: spelling) else { return nil }
        return Decimal(spelling)?.text
    }
}

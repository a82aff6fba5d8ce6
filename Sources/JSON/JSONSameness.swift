extension JSON {
    /// Whether the server's jsonb takes both for one value: numbers are compared by size, members without regard to order.
    ///
    /// `==` compares spellings: `1.10 == 1.1` is false, `isSame` is true.
    public func isSame(as other: JSON) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)): left == right || Decimal.areEqual(left, right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)): JSON.areSame(left, right)
        default: self == other
        }
    }

    private static func areSame(_ left: [Member], _ right: [Member]) -> Bool {
        guard left.map(\.name) != right.map(\.name) else {
            return zip(left, right).allSatisfy { $0.value.isSame(as: $1.value) }
        }
        let leftValues = Dictionary(left.map { ($0.name, $0.value) }) { _, last in last }
        let rightValues = Dictionary(right.map { ($0.name, $0.value) }) { _, last in last }
        return leftValues.count == rightValues.count
            && leftValues.allSatisfy { name, value in rightValues[name].map { value.isSame(as: $0) } ?? false }
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

    private init?(_ spelling: String) {
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
}

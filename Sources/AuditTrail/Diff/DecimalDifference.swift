/// By how much one number exceeds another, worked out on their digits, so that nothing is rounded: `+3`, `-0.50`.
///
/// Nil for what is no number, and where the difference would take more digits than anybody reads. Equal numbers that are
/// spelled differently give `±0`.
func decimalDifference(from old: String, to new: String) -> String? {
    guard var left = DecimalNumber(old), var right = DecimalNumber(new) else { return nil }
    let exponent = min(left.exponent, right.exponent, 0)
    guard left.scale(to: exponent), right.scale(to: exponent) else { return nil }
    left.isNegative.toggle()
    let sum = DecimalNumber.sum(left, right)
    if sum.digits.allSatisfy({ $0 == 0 }) { return "±0" }
    return (sum.isNegative ? "-" : "+") + sum.magnitudeText
}

/// A number as its decimal digits: `digits × 10^exponent`.
private struct DecimalNumber {
    /// So many digits are computed with at most.
    static let maximumDigits = 60

    var isNegative: Bool
    /// 0 to 9 each, the highest first.
    var digits: [Int]
    var exponent: Int

    /// The number of a JSON spelling; nil when it is too long.
    init?(_ spelling: String) {
        guard spelling.utf8.count <= DecimalNumber.maximumDigits else { return nil }
        let parts = spelling.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, let power = parts.count < 2 ? 0 : Int(parts[1]) else { return nil }
        let halves = mantissa.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        digits = halves.joined().compactMap(\.wholeNumberValue)
        guard !digits.isEmpty, abs(power) <= DecimalNumber.maximumDigits else { return nil }
        isNegative = spelling.hasPrefix("-")
        exponent = power - (halves.count < 2 ? 0 : halves[1].count)
    }

    private init(isNegative: Bool, digits: [Int], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
    }

    /// Writes the number with a lower exponent; false when it gets too long.
    mutating func scale(to exponent: Int) -> Bool {
        let zeros = self.exponent - exponent
        guard digits.count + zeros <= DecimalNumber.maximumDigits * 2 else { return false }
        digits += Array(repeating: 0, count: zeros)
        self.exponent = exponent
        return true
    }

    /// The sum of two numbers of the same exponent.
    static func sum(_ left: DecimalNumber, _ right: DecimalNumber) -> DecimalNumber {
        let count = max(left.digits.count, right.digits.count) + 1
        let (a, b) = (left.padded(to: count), right.padded(to: count))
        // Of different signs the smaller magnitude is taken from the larger one, whose sign it is.
        let isSum = left.isNegative == right.isNegative
        let isLeftLarger = !a.lexicographicallyPrecedes(b)
        let (large, small) = isLeftLarger ? (a, b) : (b, a)
        var result = Array(repeating: 0, count: count)
        var carry = 0
        for index in (0..<count).reversed() {
            let digit = large[index] + (isSum ? small[index] : -small[index]) + carry
            (result[index], carry) = ((digit + 10) % 10, digit >= 10 ? 1 : digit < 0 ? -1 : 0)
        }
        let isNegative = isLeftLarger ? left.isNegative : right.isNegative
        return DecimalNumber(isNegative: isNegative, digits: result, exponent: left.exponent)
    }

    private func padded(to count: Int) -> [Int] { Array(repeating: 0, count: count - digits.count) + digits }

    /// The number without its sign: no zeros in front, as many behind the point as the exponent asks for.
    var magnitudeText: String {
        let whole = digits.dropLast(-exponent).drop { $0 == 0 }.map(String.init).joined()
        let fraction = digits.suffix(-exponent).map(String.init).joined()
        return (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : ".\(fraction)")
    }
}

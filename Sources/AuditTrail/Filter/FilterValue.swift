import JSON

/// What a value of a row is compared with.
public enum FilterValue: Hashable, Sendable {
    /// JSON null.
    case null
    /// A number as it is written: numbers are compared by size, everything else as text.
    case number(String)
    /// A text.
    case text(String)

    /// A value as it is typed: quotes make a text of what would be a number or null.
    init(_ text: String, isQuoted: Bool) {
        if isQuoted {
            self = .text(text)
        } else if text == "null" {
            self = .null
        } else {
            self = isNumber(text) ? .number(text) : .text(text)
        }
    }
}

/// A glob that a value's text matches, or null.
public enum ValuePattern: Hashable, Sendable {
    /// Anything, also nothing.
    case anything
    /// JSON null.
    case null
    /// The text matches the glob, with regard to case.
    case glob(String)
}

extension ValuePattern {
    /// The pattern that matches just the value; nil for containers, and for text that a pattern takes otherwise.
    public init?(of value: JSON) {
        switch value {
        case .null: self = .null
        case .array, .object, .excerpt: return nil
        case .string(let text):
            guard !text.contains(where: { "*?".contains($0) }) else { return nil }
            self = .glob(text)
        case let value: self = .glob(value.description)
        }
    }
}

/// How a value of a row is compared; none holds where the row has no such value.
public enum ValueTest: Hashable, Sendable {
    /// `:` – one of the patterns matches.
    case anyOf([ValuePattern])
    /// `=`.
    case equals(FilterValue)
    /// `!=` – there is a value, and it is another.
    case differs(FilterValue)
    /// `~`.
    case regex(String)
    /// `!~` – there is a value, and it does not match.
    case notRegex(String)
    /// `<`, `<=`, `>`, `>=`; never null.
    case ordered(OrderOperator, FilterValue)
}

/// Whether the text is a number of JSON that the server's numeric can hold.
///
/// Digits with a sign, a fraction and an exponent; more than 1000 characters or an exponent of five digits are a text.
func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
    func takeDigits() -> Int {
        let digits = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(digits)
        return digits
    }
    guard rest.count <= 1000 else { return false }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard takeDigits() > 0 else { return false }
    if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        guard takeDigits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard 1...4 ~= takeDigits() else { return false }
    }
    return rest.isEmpty
}

/// Text that a terminal can do nothing with but show, one screen column or two for each character.
///
/// Only the sanitiser makes it. Every path from a table, a server, a file or a person to a cell or a printed line
/// goes through this type.
public struct SafeText: Hashable, Sendable {
    /// The text.
    public let string: String

    private init(sanitized string: String) { self.string = string }

    /// The text with everything that could act on a terminal, hide or turn what follows made visible.
    ///
    /// Control characters become their pictures (`␛`), bidirectional and zero-width characters and tags become marks
    /// such as `<U+202E>`, private and unassigned ones U+FFFD; more than four combining marks on one character are
    /// dropped.
    public init(_ foreign: some StringProtocol) {
        if foreign.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            self.init(sanitized: String(foreign))
        } else {
            self.init(sanitized: Sanitizer.sanitize(foreign.unicodeScalars))
        }
    }

    /// The number of screen columns.
    public var width: Int {
        string.utf8.count == string.count ? string.utf8.count : string.reduce(0) { $0 + Width.of($1) }
    }

    /// Whether there is nothing to see.
    public var isEmpty: Bool { string.isEmpty }

    /// As much of the text as fits, with `…` at the end when something is missing.
    public func truncated(to columns: Int) -> SafeText {
        guard width > columns else { return self }
        guard columns > 0 else { return "" }
        var result = ""
        var used = 0
        for character in string {
            let width = Width.of(character)
            guard used + width <= columns - 1 else { break }
            result.append(character)
            used += width
        }
        return SafeText(sanitized: result + "…")
    }

    /// Both texts, one after the other.
    public static func + (left: SafeText, right: SafeText) -> SafeText {
        SafeText(sanitized: left.string + right.string)
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// A text from the program itself, made safe all the same.
    public init(stringLiteral value: String) { self.init(value) }
}

extension SafeText: CustomStringConvertible {
    /// The text.
    public var description: String { string }
}

/// The rules by which foreign text becomes safe.
private enum Sanitizer {
    static let mostCombiningMarks = 4

    static func sanitize(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        var marks = 0
        var hasBase = false
        for scalar in scalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark:
                // A mark without a character to sit on would join whatever the screen has to its left.
                if !hasBase { result.append("◌") }
                hasBase = true
                marks += 1
                if marks <= mostCombiningMarks { result.append(scalar) }
            default:
                marks = 0
                hasBase = true
                result.append(contentsOf: replacement(for: scalar))
            }
        }
        return String(result)
    }

    private static func replacement(for scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        switch scalar.value {
        case 0..<0x20: return picture(scalar.value)
        case 0x7F: return "␡".unicodeScalars
        case 0x80..<0xA0, 0xAD, 0x2028, 0x2029: return mark(scalar)
        default: break
        }
        switch scalar.properties.generalCategory {
        case .format: return mark(scalar)
        case .privateUse, .surrogate, .unassigned: return "\u{FFFD}".unicodeScalars
        default: return scalar.properties.isDefaultIgnorableCodePoint ? mark(scalar) : String(scalar).unicodeScalars
        }
    }

    private static func picture(_ value: UInt32) -> String.UnicodeScalarView {
        Unicode.Scalar(0x2400 + value).map { String($0).unicodeScalars } ?? "\u{FFFD}".unicodeScalars
    }

    private static func mark(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>".unicodeScalars
    }
}

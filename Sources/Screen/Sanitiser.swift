/// Rewrites foreign text so that a terminal can do nothing with it but show it.
///
/// The output is a row of glyphs, each one spacing scalar with at most four zero-width ones (as many as a cell
/// of ncurses holds, `CCHARW_MAX`). What is replaced stays visible, because in an audit trail an invisible
/// difference is a lie:
/// - C0 and DEL become their pictures (U+2400 and after);
/// - C1, bidi controls, joiners, variation selectors, tags, line separators, private and unassigned characters
///   become marks such as `<U+202E>`;
/// - so do emoji modifiers and regional indicators, which some terminals merge with their neighbour;
/// - combining marks after the fourth become a count, and those with nothing to combine with get a `◌`.
struct Sanitiser {
    private var output = String.UnicodeScalarView()
    private var base = Base.none
    private var marksOnBase = 0

    private enum Base {
        case none
        case hangul
        case other
    }

    static func sanitised(_ foreign: String) -> String {
        if foreign.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return foreign }
        var sanitiser = Sanitiser()
        for scalar in foreign.unicodeScalars { sanitiser.take(scalar) }
        sanitiser.endGlyph()
        return String(sanitiser.output)
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch Treatment(of: scalar) {
        case .spacing:
            endGlyph()
            output.append(scalar)
            base = scalar.isHangul ? .hangul : .other
        case .combining:
            combine(scalar)
        case .picture(let picture):
            endGlyph()
            output.append(picture)
        case .mark:
            endGlyph()
            appendMark(scalar)
        }
    }

    private mutating func combine(_ scalar: Unicode.Scalar) {
        if scalar.isConjoiningHangul, base != .hangul {
            endGlyph()
            appendMark(scalar)
            return
        }
        if base == .none {
            output.append("◌")
            base = .other
        }
        marksOnBase += 1
        if marksOnBase <= 4 { output.append(scalar) }
    }

    /// Forgets the base, so that nothing that follows can combine with what has been written.
    private mutating func endGlyph() {
        if marksOnBase > 4 { output.append(contentsOf: "<+\(marksOnBase - 4) marks>".unicodeScalars) }
        marksOnBase = 0
        base = .none
    }

    private mutating func appendMark(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
        output.append(contentsOf: "<U+\(zeros)\(digits)>".unicodeScalars)
    }
}

/// What the sanitiser does with a scalar.
private enum Treatment {
    case spacing
    case combining
    case picture(Unicode.Scalar)
    case mark

    init(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20...0x7E: self = .spacing
        case 0...0x1F: self = Unicode.Scalar(0x2400 + scalar.value).map(Treatment.picture) ?? .mark
        case 0x7F: self = .picture("␡")
        case 0x80...0x9F, 0xAD: self = .mark
        case 0xA0...0x2FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: self = .spacing
        default: self = scalar.isSign ? .spacing : Treatment(ofUncommon: scalar)
        }
    }

    private init(ofUncommon scalar: Unicode.Scalar) {
        let properties = scalar.properties
        let isMerged = properties.isEmojiModifier || 0x1F1E6...0x1F1FF ~= scalar.value
        if properties.isDefaultIgnorableCodePoint || isMerged || !scalar.isInUnicode15 {
            self = .mark
            return
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: self = .mark
        default: self = scalar.displayWidth == 0 ? .combining : .spacing
        }
    }
}

extension Unicode.Scalar {
    /// Later characters have no width that the C library of Debian 12, and so ncurses, would know.
    fileprivate var isInUnicode15: Bool {
        guard let age = properties.age else { return false }
        return age <= (15, 0)
    }

    /// Whether this begins a Hangul syllable that vowels or finals may join.
    fileprivate var isHangul: Bool {
        0x1100...0x115F ~= value || 0xA960...0xA97C ~= value || 0xAC00...0xD7A3 ~= value
    }
}

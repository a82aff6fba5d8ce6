extension Unicode.Scalar {
    /// How many columns a terminal gives this scalar: 0, 1 or 2.
    ///
    /// Wide and full-width characters of Unicode 15 (UAX #11) take two. Combining marks, format controls, the
    /// vowels and finals of conjoining Hangul (they join the consonant before them) and controls take none.
    /// This is what `wcwidth` of glibc 2.36 says in C.UTF-8, which ncurses relies on; a test compares them.
    public var displayWidth: Int {
        if value < 0x300 { return value >= 0xA0 && value != 0xAD || 0x20...0x7E ~= value ? 1 : 0 }
        if 0x4E00...0x9FFF ~= value || 0xAC00...0xD7A3 ~= value { return 2 }
        if isSign { return 1 }
        if isZeroWidth { return 0 }
        return isWide ? 2 : 1
    }

    /// Whether this is a dash, a quotation mark, an arrow, a line, a block or a shape that takes one column, which screens
    /// are full of: its properties need not be looked up.
    var isSign: Bool {
        0x2500...0x25FC ~= value || 0x2190...0x21FF ~= value || 0x2010...0x2027 ~= value
    }

    /// Whether this is a vowel or a final of conjoining Hangul, drawn into the consonant before it.
    var isConjoiningHangul: Bool {
        0x1160...0x11FF ~= value || 0xD7B0...0xD7FB ~= value
    }

    private var isZeroWidth: Bool {
        if isConjoiningHangul { return true }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return true
        // A mark that Unicode moved from non-spacing to spacing after the fonts and glibc had settled.
        default: return value == 0x1171E
        }
    }

    private var isWide: Bool {
        guard value >= 0x1100 else { return false }
        var low = wideRanges.startIndex
        var high = wideRanges.endIndex
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.endIndex && wideRanges[low].contains(value)
    }
}

/// The scalars of `East_Asian_Width` W and F in Unicode 15, in order; gaps that hold nothing assigned are closed.
private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
    0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F, 0x2693...0x2693, 0x26A1...0x26A1,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5, 0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA,
    0x26F2...0x26F3, 0x26F5...0x26F5, 0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B,
    0x2728...0x2728, 0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55, 0x2E80...0x3029,
    0x302E...0x303E, 0x3041...0x3096, 0x309B...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9,
    0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1_6FE0...0x1_6FE3, 0x1_6FF0...0x1_B2FB,
    0x1_F004...0x1_F004, 0x1_F0CF...0x1_F0CF, 0x1_F18E...0x1_F18E, 0x1_F191...0x1_F19A, 0x1_F200...0x1_F320,
    0x1_F32D...0x1_F335, 0x1_F337...0x1_F37C, 0x1_F37E...0x1_F393, 0x1_F3A0...0x1_F3CA, 0x1_F3CF...0x1_F3D3,
    0x1_F3E0...0x1_F3F0, 0x1_F3F4...0x1_F3F4, 0x1_F3F8...0x1_F43E, 0x1_F440...0x1_F440, 0x1_F442...0x1_F4FC,
    0x1_F4FF...0x1_F53D, 0x1_F54B...0x1_F54E, 0x1_F550...0x1_F567, 0x1_F57A...0x1_F57A, 0x1_F595...0x1_F596,
    0x1_F5A4...0x1_F5A4, 0x1_F5FB...0x1_F64F, 0x1_F680...0x1_F6C5, 0x1_F6CC...0x1_F6CC, 0x1_F6D0...0x1_F6D2,
    0x1_F6D5...0x1_F6DF, 0x1_F6EB...0x1_F6EC, 0x1_F6F4...0x1_F6FC, 0x1_F7E0...0x1_F7F0, 0x1_F90C...0x1_F93A,
    0x1_F93C...0x1_F945, 0x1_F947...0x1_F9FF, 0x1_FA70...0x1_FAF6, 0x2_0000...0x3_134A,
]

import Screen

/// Tries a text whole, in lines, in columns and in pieces; the first byte says how many columns.
func check(_ bytes: [UInt8]) {
    let columns = Int(bytes.first ?? 0) % 90
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    let safe = SafeText(text)
    checkHarmless(safe)
    precondition(SafeText(safe.string) == safe, "safe text is made safe again, and is another")
    SafeText.lines(text).forEach(checkHarmless)
    checkHarmless("\(text)\(safe)" as SafeText)

    let truncated = safe.truncated(to: columns)
    precondition(truncated.width <= columns, "what is cut is too wide")
    precondition(safe.width > columns || truncated == safe, "what fits is cut")
    for alignment in [Alignment.left, .right, .center] {
        precondition(safe.padded(to: columns, alignment: alignment).width == columns, "a column is not filled")
    }
    let dropped = safe.dropping(columns: columns)
    precondition(dropped.width == max(0, safe.width - columns), "the rest begins at another column")
    let pieces = safe.pieces(ofColumns: columns + 2)
    precondition(pieces.allSatisfy { $0.width <= columns + 2 }, "a piece is too wide")
    precondition(pieces.map(\.string).joined() == safe.string, "the pieces are another text")
    for text in [truncated, dropped] + pieces { checkHarmless(text) }
}

private func checkHarmless(_ text: SafeText) {
    precondition(text.width >= 0, "the width is negative")
    precondition(text.string.unicodeScalars.allSatisfy(isHarmless), "it is not made safe")
}

/// Said once more without the sanitiser's own words, from UX's list of what may never reach a terminal.
private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x115F...0x1160, 0x180B...0x180F: false
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0: false
    case 0xFFF9...0xFFFB, 0xE000...0xF8FF, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0000...0x10FFFF: false
    default: true
    }
}

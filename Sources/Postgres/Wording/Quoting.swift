/// The identifier in double quotes, as SQL wants it; quotes inside are doubled.
///
/// A name with characters that a script cannot show is written as `U&"…"`, which names the same thing (PostgreSQL manual,
/// "Lexical Structure"): a script is printed as it is run. In a database of the encoding SQL_ASCII the server knows only
/// ASCII in that form.
public func quotedIdentifier(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy(\.isShownAsItIs)
    var result = isPlain ? "\"" : "U&\""
    for scalar in name.unicodeScalars {
        if scalar == "\"" || (scalar == "\\" && !isPlain) { result.unicodeScalars.append(scalar) }
        if scalar.isShownAsItIs {
            result.unicodeScalars.append(scalar)
        } else {
            result += scalar.value <= 0xFFFF ? "\\" + hexadecimal(scalar, 4) : "\\+" + hexadecimal(scalar, 6)
        }
    }
    return result + "\""
}

/// The text as an SQL string literal that reads the same whatever `standard_conforming_strings` says.
///
/// Characters that a script cannot show are escaped, as in an identifier.
public func quotedLiteral(_ text: String) -> String {
    // Byte by byte: a value may have many megabytes, and all that is ASCII needs no look at what it is.
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 4)
    var hasEscape = false
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x27: result += "''".utf8
        case 0x5C:
            result += "\\\\".utf8
            hasEscape = true
        case 0x20...0x7E: result.append(UInt8(truncatingIfNeeded: scalar.value))
        default:
            guard !scalar.isShownAsItIs else {
                result += String(scalar).utf8
                continue
            }
            result += (scalar.value <= 0xFFFF ? "\\u" + hexadecimal(scalar, 4) : "\\U" + hexadecimal(scalar, 8)).utf8
            hasEscape = true
        }
    }
    let body = String(decoding: result, as: UTF8.self)
    return hasEscape ? " E'\(body)'" : "'\(body)'"
}

private func hexadecimal(_ scalar: Unicode.Scalar, _ count: Int) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(count - digits.count, 0)) + digits
}

extension Unicode.Scalar {
    /// Whether the character can be seen, alone and apart from its neighbours, on every terminal.
    ///
    /// Leaves out all that the sanitiser of the screen changes, and combining characters, which it counts.
    fileprivate var isShownAsItIs: Bool {
        switch value {
        case 0x20...0x7E: return true
        case 0...0x7F, 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x1F1E6...0x1F1FF: return false
        default: break
        }
        if properties.isDefaultIgnorableCodePoint || properties.isEmojiModifier { return false }
        guard let age = properties.age, age <= (15, 0) else { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned,
            .nonspacingMark, .spacingMark, .enclosingMark:
            return false
        default: return true
        }
    }
}

/// The texts as the literal of a one-dimensional array, to be passed as a parameter and cast (`$1::text[]`).
public func arrayLiteral(_ elements: [String]) -> String {
    var result: [UInt8] = [UInt8(ascii: "{")]
    result.reserveCapacity(elements.reduce(2) { $0 + $1.utf8.count + 3 })
    for (index, element) in elements.enumerated() {
        if index > 0 { result.append(UInt8(ascii: ",")) }
        result.append(UInt8(ascii: "\""))
        for byte in element.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        result.append(UInt8(ascii: "\""))
    }
    result.append(UInt8(ascii: "}"))
    return String(decoding: result, as: UTF8.self)
}

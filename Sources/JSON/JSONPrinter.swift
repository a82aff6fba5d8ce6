extension JSON: CustomStringConvertible {
    /// The document in one line without spaces, ready for a pipe: what a terminal could act upon is escaped.
    public var description: String {
        if case .number(let spelling) = self { return spelling }
        var output: [UInt8] = []
        write(to: &output, comma: ",", colon: ":", JSON.writeString)
        return String(decoding: output, as: UTF8.self)
    }

    /// The document as PostgreSQL writes `jsonb` as text: a space behind commas and colons, and nothing escaped but what JSON asks for.
    public var jsonbText: String {
        var output: [UInt8] = []
        write(to: &output, comma: ", ", colon: ": ", JSON.writeStringOfJSONB)
        return String(decoding: output, as: UTF8.self)
    }

    /// What is still to be written: a value, or signs between values.
    private enum Rest {
        case value(JSON)
        case text(String)
        case name(String)
    }

    /// Without recursion, since a document may nest deeper than the stack is high.
    private func write(
        to output: inout [UInt8],
        comma: String,
        colon: String,
        _ writeString: (String, inout [UInt8]) -> Void
    ) {
        var rest = [Rest.value(self)]
        while let next = rest.popLast() {
            switch next {
            case .text(let text): output += text.utf8
            case .name(let name):
                writeString(name, &output)
                output += colon.utf8
            case .value(.null): output += "null".utf8
            case .value(.bool(let value)): output += (value ? "true" : "false").utf8
            case .value(.number(let spelling)): output += spelling.utf8
            case .value(.string(let text)): writeString(text, &output)
            case .value(.excerpt(let excerpt)): output += excerpt.description.utf8
            case .value(.array(let elements)):
                output.append(UInt8(ascii: "["))
                rest.append(.text("]"))
                for (index, element) in elements.enumerated().reversed() {
                    rest.append(.value(element))
                    if index > 0 { rest.append(.text(comma)) }
                }
            case .value(.object(let members)):
                output.append(UInt8(ascii: "{"))
                rest.append(.text("}"))
                for (index, member) in members.enumerated().reversed() {
                    rest.append(.value(member.value))
                    rest.append(.name(member.name))
                    if index > 0 { rest.append(.text(comma)) }
                }
            }
        }
    }

    /// Writes the text in quotes, with an escape of four hexadecimal digits for everything that is not plainly visible.
    ///
    /// Byte by byte as long as these are ASCII, since a document may have many megabytes.
    private static func writeString(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        writeCharacters(of: text, to: &output)
        output.append(UInt8(ascii: "\""))
    }

    /// Writes the text as it stands between quotes.
    static func writeCharacters(of text: String, to output: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\"".utf8
            case "\\": output += "\\\\".utf8
            case "\n": output += "\\n".utf8
            case "\r": output += "\\r".utf8
            case "\t": output += "\\t".utf8
            case " "..."~": output.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if isHarmless(scalar) {
                    output += String(scalar).utf8
                } else {
                    for unit in String(scalar).utf16 { output += escape(unit).utf8 }
                }
            }
        }
    }

    private static func writeStringOfJSONB(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case 8: output += "\\b".utf8
            case 9: output += "\\t".utf8
            case 10: output += "\\n".utf8
            case 12: output += "\\f".utf8
            case 13: output += "\\r".utf8
            case ..<32: output += escape(UInt16(byte)).utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

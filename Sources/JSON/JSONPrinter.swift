extension JSON: CustomStringConvertible {
    /// The document in one line without spaces, ready for a pipe: what a terminal could act upon is escaped.
    public var description: String {
        if case .number(let spelling) = self { return spelling }
        var output = ""
        write(to: &output)
        return output
    }

    /// What is still to be written: a value, or signs between values.
    private enum Rest {
        case value(JSON)
        case text(String)
        case name(String)
    }

    /// Without recursion, since a document may nest deeper than the stack is high.
    private func write(to output: inout String) {
        var rest = [Rest.value(self)]
        while let next = rest.popLast() {
            switch next {
            case .text(let text): output += text
            case .name(let name):
                JSON.writeString(name, to: &output)
                output += ":"
            case .value(.null): output += "null"
            case .value(.bool(let value)): output += value ? "true" : "false"
            case .value(.number(let spelling)): output += spelling
            case .value(.string(let text)): JSON.writeString(text, to: &output)
            case .value(.array(let elements)):
                output += "["
                rest.append(.text("]"))
                for (index, element) in elements.enumerated().reversed() {
                    rest.append(.value(element))
                    if index > 0 { rest.append(.text(",")) }
                }
            case .value(.object(let members)):
                output += "{"
                rest.append(.text("}"))
                for (index, member) in members.enumerated().reversed() {
                    rest.append(.value(member.value))
                    rest.append(.name(member.name))
                    if index > 0 { rest.append(.text(",")) }
                }
            }
        }
    }

    /// Writes the text in quotes, with an escape of four hexadecimal digits for everything that is not plainly visible.
    private static func writeString(_ text: String, to output: inout String) {
        output += "\""
        // Most strings need no escape, and are copied much faster than scalar by scalar.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            output += text
            output += "\""
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if isHarmless(scalar) {
                    output.unicodeScalars.append(scalar)
                } else {
                    for unit in String(scalar).utf16 { output += escape(unit) }
                }
            }
        }
        output += "\""
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

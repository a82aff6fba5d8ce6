import JSON

/// Values of `json` that jsonb cannot hold, which capture keeps as the text that they were.
///
/// A string of JSON that has that text looks the same in the trail: which of both a value was nobody can tell.
extension TableShape {
    /// Those columns of a row in whose values such a text may stand.
    func columnsOfJSONText(in row: JSON) -> [String] {
        (row.members ?? []).compactMap { member in
            column(member.name)?.form.mayHoldJSONText(member.value) == true ? member.name : nil
        }
    }
}

extension TableShape.Form {
    /// Whether a value of `json` in it is a string with what jsonb refuses.
    fileprivate func mayHoldJSONText(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.json, .string(let text)): mayBeRefused(Array(text.utf8))
        case (.jsons, .array(let elements)): elements.contains { Self.json.mayHoldJSONText($0) }
        case (.row(let fields), .object):
            fields.contains { field in value[field.name].map(field.form.mayHoldJSONText) ?? false }
        case (.rows(let fields), .array(let elements)): elements.contains { Self.row(fields).mayHoldJSONText($0) }
        default: false
        }
    }
}

/// Whether a text has an escape of a NUL or of half a surrogate pair, or a number with an exponent of five digits: all that jsonb
/// refuses has, and hardly anything else does.
private func mayBeRefused(_ text: [UInt8]) -> Bool {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    for index in text.indices.dropFirst() {
        switch text[index] {
        case UInt8(ascii: "u") where text[index - 1] == UInt8(ascii: "\\"):
            let code = text[index...].dropFirst().prefix(4)
            if code.elementsEqual("0000".utf8) || code.first.map({ $0 | 0x20 == UInt8(ascii: "d") }) == true {
                return true
            }
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            guard digits.contains(text[index - 1]) else { continue }
            let signs = text[index...].dropFirst().prefix(1).filter { "+-".utf8.contains($0) }.count
            let exponent = text[index...].dropFirst(1 + signs).prefix(5)
            if exponent.count == 5, exponent.allSatisfy(digits.contains) { return true }
        default: break
        }
    }
    return false
}

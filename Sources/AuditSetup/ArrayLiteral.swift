import Postgres

/// The elements of the literal of a one-dimensional array, as `array_out` writes it; nil when it is none.
///
/// SQL null among the elements is left out: nothing here asks for it.
func elements(ofArrayLiteral text: String) -> [String]? {
    var scalars = text.unicodeScalars[...]
    guard scalars.popFirst() == "{", scalars.popLast() == "}" else { return nil }
    var result: [String] = []
    while !scalars.isEmpty {
        if scalars.first == "\"" {
            scalars.removeFirst()
            guard let element = takeQuoted(from: &scalars) else { return nil }
            result.append(element)
        } else {
            let bare = scalars.prefix { $0 != "," }
            scalars = scalars.dropFirst(bare.count)
            guard !bare.isEmpty, !bare.contains("\""), !bare.contains("{") else { return nil }
            if String(bare) != "NULL" { result.append(String(bare)) }
        }
        guard let separator = scalars.popFirst() else { return result }
        guard separator == ",", !scalars.isEmpty else { return nil }
    }
    return result
}

private func takeQuoted(from scalars: inout Substring.UnicodeScalarView) -> String? {
    var element = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
        switch scalar {
        case "\"": return String(element)
        case "\\":
            guard let escaped = scalars.popFirst() else { return nil }
            element.append(escaped)
        default: element.append(scalar)
        }
    }
    return nil
}

/// The texts as the literal of an array in which nil is SQL null.
func optionalArrayLiteral(_ elements: [String?]) -> String {
    let literals = elements.map { element in
        element.map { String(arrayLiteral([$0]).dropFirst().dropLast()) } ?? "null"
    }
    return "{" + literals.joined(separator: ",") + "}"
}

/// The literal of an array of column names, quoting only the names that need it.
///
/// The reader of flask-audit-logger splits what is between the braces at commas and knows no quotes, so plain names
/// must stay bare for it.
func columnListLiteral(_ names: [String]) -> String {
    let elements = names.map { name in
        let isBare =
            !name.isEmpty && name.lowercased() != "null"
            && !name.unicodeScalars.contains { "{},\"\\".unicodeScalars.contains($0) || $0.properties.isWhitespace }
        return isBare ? name : String(arrayLiteral([name]).dropFirst().dropLast())
    }
    return "{" + elements.joined(separator: ",") + "}"
}

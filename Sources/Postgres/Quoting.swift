/// The identifier in double quotes, as SQL wants it; quotes inside are doubled.
public func quotedIdentifier(_ name: String) -> String {
    var result = "\""
    for character in name.unicodeScalars {
        if character == "\"" { result += "\"" }
        result.unicodeScalars.append(character)
    }
    return result + "\""
}

/// The text as an SQL string literal that reads the same whatever `standard_conforming_strings` says.
public func quotedLiteral(_ text: String) -> String {
    var result = ""
    var hasBackslash = false
    for scalar in text.unicodeScalars {
        if scalar == "'" || scalar == "\\" { result.unicodeScalars.append(scalar) }
        if scalar == "\\" { hasBackslash = true }
        result.unicodeScalars.append(scalar)
    }
    return hasBackslash ? " E'\(result)'" : "'\(result)'"
}

/// The texts as the literal of a one-dimensional array, to be passed as a parameter and cast (`$1::text[]`).
public func arrayLiteral(_ elements: [String]) -> String {
    let quoted = elements.map { element in
        var result = "\""
        for scalar in element.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
}

extension Filter: CustomStringConvertible {
    /// The filter as one would type it, which reads back as this filter: `table:orders actor:alice,bob verb:update`.
    public var description: String {
        if terms.count == 1, case .any(let operands) = terms[0] { return operands.alternatives }
        return terms.map(\.description).joined(separator: " ")
    }
}

extension FilterExpression: CustomStringConvertible {
    /// The expression as one would type it.
    public var description: String {
        switch self {
        case .term(let term): term.description
        case .not(let operand): "!\(operand)"
        case .all(let operands): "(" + operands.map(\.description).joined(separator: " ") + ")"
        case .any(let operands): "(" + operands.alternatives + ")"
        }
    }
}

extension [FilterExpression] {
    fileprivate var alternatives: String { map(\.description).joined(separator: " or ") }
}

extension FilterTerm: CustomStringConvertible {
    /// The term as one would type it.
    public var description: String {
        switch self {
        case .table(let test): "table" + test.text(\.description)
        case .actor(.exactly(.exactly(let actor))): "actor=" + quotedValue(actor.id)
        case .actor(let test): "actor" + test.text(\.description)
        case .origin(let field, let test): field.rawValue + test.text(\.description)
        case .withoutTransaction: "tx:none"
        case .column(let test): "col" + test.text(pathText)
        case .verb(let verbs): "verb:" + list(verbs, \.word)
        case .number(let field, let test): field.rawValue + test.text
        case .client(let clients): "client:" + list(clients, \.text)
        case .since(let time): "since:" + quotedValue(time.text)
        case .until(let time): "until:" + quotedValue(time.text)
        case .at(let time): "at:" + quotedValue(time.text)
        case .row(let table, let key): "row:\(table):\(key.text)"
        case .value(let side, let path, let test): "\(side.rawValue).\(pathText(path))\(test.text)"
        case .change(let path, let old, let new): "\(pathText(path)):\(old.text)->\(new.text)"
        case .word(let word): quotedTerm(word, isWord: true)
        case .regex(let pattern): regexText(pattern)
        }
    }
}

extension TablePattern: CustomStringConvertible {
    /// `name` or `schema.name`, quoted where a blank or a sign of the grammar stands in it.
    public var description: String {
        (schema.map { quotedTerm($0) + "." } ?? "") + quotedTerm(name)
    }
}

extension ActorTerm: CustomStringConvertible {
    /// What stands behind `actor:`; an actor of a known label by that.
    public var description: String {
        switch self {
        case .matching(let glob):
            glob.lowercased() == "none" || glob.hasPrefix("#") ? quoted(glob) : quotedValue(glob)
        case .exactly(let actor): actor.label.map { quotedValue($0) } ?? "#" + quotedValue(actor.id)
        case .none: "none"
        }
    }
}

extension OriginTerm: CustomStringConvertible {
    /// What stands behind `role:` and `app:`.
    public var description: String {
        switch self {
        case .matching(let glob): glob.lowercased() == "none" ? quoted(glob) : quotedValue(glob)
        case .none: "none"
        }
    }
}

extension NameTest {
    fileprivate func text(_ write: (Pattern) -> String) -> String {
        switch self {
        case .anyOf(let patterns): ":" + list(patterns, write)
        case .exactly(let pattern): "=" + write(pattern)
        case .regex(let pattern): "~" + regexText(pattern)
        }
    }
}

extension NumberTest {
    fileprivate var text: String {
        switch self {
        case .anyOf(let numbers): ":" + list(numbers) { String($0) }
        case .ordered(let order, let number): order.rawValue + String(number)
        }
    }
}

extension ClientTerm {
    fileprivate var text: String {
        switch self {
        case .network(let network): network
        case .none: "none"
        }
    }
}

extension KeyTerm {
    fileprivate var text: String {
        switch self {
        case .value(let value), .typed(let value): value.contains("=") ? quoted(value) : quotedValue(value)
        case .columns(let columns):
            columns.map { quotedTerm($0.name) + "=" + quotedValue($0.value) }.joined(separator: ",")
        }
    }
}

extension ValueTest {
    fileprivate var text: String {
        switch self {
        case .anyOf(let patterns): ":" + list(patterns, \.text)
        case .equals(let value): "=" + value.text
        case .differs(let value): "!=" + value.text
        case .regex(let pattern): "~" + regexText(pattern)
        case .notRegex(let pattern): "!~" + regexText(pattern)
        case .ordered(let order, let value): order.rawValue + value.text
        }
    }
}

extension ValuePattern {
    fileprivate var text: String {
        switch self {
        case .anything: "*"
        case .null: "null"
        case .glob(let glob): glob == "*" || glob == "null" ? quoted(glob) : quotedValue(glob)
        }
    }
}

extension FilterValue {
    fileprivate var text: String {
        switch self {
        case .null: "null"
        case .number(let spelling): spelling
        case .text(let text): text == "null" || isNumber(text) ? quoted(text) : quotedValue(text)
        }
    }
}

private func list<Element>(_ elements: [Element], _ write: (Element) -> String) -> String {
    elements.map(write).joined(separator: ",")
}

private func pathText(_ path: [String]) -> String { path.map { quotedTerm($0) }.joined(separator: ".") }

/// Between slashes, where a slash within is escaped and every other escape stays as it is.
///
/// A pattern that ends within an escape, which the server refuses, would escape the slash: it is in double quotes.
private func regexText(_ pattern: String) -> String {
    var text = "/"
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
        if scalar == "/", !isEscaped { text += "\\" }
        text.unicodeScalars.append(scalar)
        isEscaped = scalar == "\\" && !isEscaped
    }
    return isEscaped ? quoted(pattern) : text + "/"
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        if scalar == "\"" { result += "\"" }
        result.unicodeScalars.append(scalar)
    }
    return result + "\""
}

/// A name or a word, in double quotes when it holds a sign of the grammar or is one of its words.
private func quotedTerm(_ text: String, isWord: Bool = false) -> String {
    let isPlain =
        !text.isEmpty && !holds(text, #"":,.()|&!<>=~#/"#)
        && !(isWord && ["or", "and", "not"].contains(text.lowercased()))
    return isPlain ? text : quoted(text)
}

/// What stands behind an operator, in double quotes when it holds what ends or divides a value.
private func quotedValue(_ text: String) -> String {
    text.isEmpty || text.unicodeScalars.first == "=" || holds(text, #"",()|&>"#) ? quoted(text) : text
}

private func holds(_ text: String, _ signs: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.isWhitespace || signs.unicodeScalars.contains($0) }
}

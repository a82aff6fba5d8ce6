/// A piece of a filter's text: its characters, each with whether quotes protect it.
///
/// Characters are Unicode scalars: a quote before a combining mark is a quote.
struct FilterText {
    struct Sign: Equatable {
        var character: Unicode.Scalar
        var isQuoted = false
    }

    var signs: [Sign] = []
    /// Which characters of the whole it stands for, quotes included.
    var range: Range<Int>

    var isEmpty: Bool { signs.isEmpty && !hasQuotes }
    /// Whether quotes were there, and be it around nothing.
    var hasQuotes = false

    /// The text without its quotes.
    var string: String { String(String.UnicodeScalarView(signs.map(\.character))) }

    /// The pieces between unprotected separators.
    func split(_ separator: Unicode.Scalar, maxSplits: Int = .max) -> [FilterText] {
        signs.split(separator: Sign(character: separator), maxSplits: maxSplits, omittingEmptySubsequences: false)
            .map(piece)
    }

    /// A part; where nothing is left of it, the quotes were around nothing.
    private func piece(_ signs: ArraySlice<Sign>) -> FilterText {
        let hasQuotes = signs.isEmpty ? hasQuotes : signs.contains { $0.isQuoted }
        return FilterText(signs: Array(signs), range: range, hasQuotes: hasQuotes)
    }

    /// The parts on either side of the first unprotected arrow `->`; nil without one.
    func splitAtArrow() -> (FilterText, FilterText)? {
        for index in signs.indices.dropLast()
        where signs[index] == Sign(character: "-") && signs[index + 1] == Sign(character: ">") {
            return (piece(signs[..<index]), piece(signs[(index + 2)...]))
        }
        return nil
    }

    /// Whether every character was in quotes, so that nothing of it has another meaning.
    var isQuoted: Bool { hasQuotes && signs.allSatisfy(\.isQuoted) }
}

/// Takes a filter's text apart, from the left.
struct FilterScanner {
    let characters: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) { characters = Array(text.unicodeScalars) }

    var next: Unicode.Scalar? { position < characters.count ? characters[position] : nil }

    func peek(_ text: String) -> Bool {
        characters[position...].starts(with: text.unicodeScalars)
    }

    mutating func take(_ text: String) -> Bool {
        guard peek(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    mutating func skipBlanks() {
        while let next, next.properties.isWhitespace { position += 1 }
    }

    /// Takes a word of the grammar, `or`, `and`, `not`, when it stands alone.
    mutating func takeKeyword(_ word: String) -> Bool {
        let end = position + word.count
        guard end <= characters.count,
            String(String.UnicodeScalarView(characters[position..<end])).lowercased() == word,
            end == characters.count || characters[end].properties.isWhitespace || isParenthesis(characters[end])
        else { return false }
        position = end
        return true
    }

    /// Takes all up to a character that ends it; double quotes protect what is between them, two stand for one.
    mutating func takeText(until isEnd: (FilterScanner) -> Bool) throws(FilterError) -> FilterText {
        var text = FilterText(range: position..<position)
        while let character = next, !isEnd(self) {
            if character == "\"" {
                text.hasQuotes = true
                text.signs += try takeQuoted()
            } else {
                text.signs.append(FilterText.Sign(character: character))
                position += 1
            }
        }
        text.range = text.range.lowerBound..<position
        return text
    }

    private mutating func takeQuoted() throws(FilterError) -> [FilterText.Sign] {
        let start = position
        position += 1
        var signs: [FilterText.Sign] = []
        while let character = next {
            position += 1
            guard character == "\"" else {
                signs.append(FilterText.Sign(character: character, isQuoted: true))
                continue
            }
            guard next == "\"" else { return signs }
            position += 1
            signs.append(FilterText.Sign(character: "\"", isQuoted: true))
        }
        throw FilterError(.unclosed("\""), start..<characters.count)
    }

    /// Takes a regular expression between slashes, the first of which is next.
    mutating func takeRegex() throws(FilterError) -> String {
        let start = position
        position += 1
        var pattern = String.UnicodeScalarView()
        while let character = next {
            position += 1
            if character == "/" { return String(pattern) }
            guard character == "\\", let escaped = next else {
                pattern.append(character)
                continue
            }
            position += 1
            if escaped != "/" { pattern.append(character) }
            pattern.append(escaped)
        }
        throw FilterError(.unclosed("/"), start..<characters.count)
    }
}

func isParenthesis(_ character: Unicode.Scalar) -> Bool { character == "(" || character == ")" }

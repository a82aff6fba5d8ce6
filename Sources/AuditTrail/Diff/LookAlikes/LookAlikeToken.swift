/// A word, a run of space or a sign of a text, with what a reader takes it for.
struct LookAlikeToken {
    /// What it is.
    enum Kind {
        case word
        case space
        case sign
    }

    let kind: Kind
    /// As it is written.
    private(set) var text = ""
    /// What a reader takes it for.
    ///
    /// Swift compares texts by canonical equivalence, so that the ways to compose a letter are one.
    private(set) var shown = ""

    private init(_ kind: Kind) { self.kind = kind }

    /// The tokens of a part of a text, with space at both ends, perhaps none: what came there is found so.
    ///
    /// What is not seen, and what is drawn onto the character before it, belongs to that.
    static func tokens(of part: Substring, isStart: Bool, isEnd: Bool) -> [LookAlikeToken] {
        var tokens: [LookAlikeToken] = []
        for scalar in part.unicodeScalars {
            let shown = LookAlikes.representative(of: scalar)
            if let kind = Kind(of: scalar, shown: shown), kind == .sign || tokens.last?.kind != kind {
                tokens.append(LookAlikeToken(kind))
            } else if tokens.isEmpty {
                tokens.append(LookAlikeToken(.space))
            }
            tokens[tokens.count - 1].text.unicodeScalars.append(scalar)
            tokens[tokens.count - 1].shown += shown ?? ""
        }
        if tokens.first?.kind != .space { tokens.insert(LookAlikeToken(.space), at: 0) }
        if tokens.count == 1 || tokens.last?.kind != .space { tokens.append(LookAlikeToken(.space)) }
        for index in tokens.indices where tokens[index].kind == .space {
            tokens[index].shown = spaceAsSeen(
                tokens[index].shown,
                isAtEdge: isStart && index == 0 || isEnd && index == tokens.count - 1
            )
        }
        return tokens
    }

    /// A run of spaces looks like one; those before a line ends are not seen, and those at the beginning of a line are as many as
    /// there are.
    private static func spaceAsSeen(_ run: String, isAtEdge: Bool) -> String {
        guard let end = run.lastIndex(of: "\n") else { return isAtEdge || run.isEmpty ? "" : " " }
        return run.filter { $0 == "\n" } + (isAtEdge ? "" : run[run.index(after: end)...])
    }

    /// What differs between this and one that looks alike: `U+0061 → U+0430`, `nothing → U+200B`.
    func differences(to other: LookAlikeToken) -> [String] {
        if kind == .space { return [codePoints(text) + " → " + codePoints(other.text)] }
        var found: [String] = []
        var (left, right) = (Array(text)[...], Array(other.text)[...])
        while !left.isEmpty || !right.isEmpty {
            if let one = left.first, let two = right.first, Spelling(String(one)) == Spelling(String(two)) {
                (left, right) = (left.dropFirst(), right.dropFirst())
                continue
            }
            let count = alikeBeginnings(left, right)
            found.append(codePoints(String(left.prefix(count.0))) + " → " + codePoints(String(right.prefix(count.1))))
            (left, right) = (left.dropFirst(count.0), right.dropFirst(count.1))
        }
        return found
    }
}

extension LookAlikeToken.Kind {
    /// The kind of token that a scalar begins or goes on; nil for what belongs to that before it.
    fileprivate init?(of scalar: Unicode.Scalar, shown: String?) {
        guard let first = shown?.unicodeScalars.first, scalar.properties.canonicalCombiningClass == .notReordered else {
            return nil
        }
        switch first.properties.generalCategory {
        case .spaceSeparator, .control: self = .space
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spacingMark, .nonspacingMark, .enclosingMark:
            self = .word
        default: self = .sign
        }
    }
}

/// How long the shortest beginnings are that look alike: mostly a character each, more where one is drawn like two.
private func alikeBeginnings(_ left: ArraySlice<Character>, _ right: ArraySlice<Character>) -> (Int, Int) {
    let (ours, theirs) = (left.map(shown), right.map(shown))
    if ours.first == "" { return (1, 0) }
    if theirs.first == "" { return (0, 1) }
    var (one, two) = (min(1, ours.count), min(1, theirs.count))
    while one < ours.count || two < theirs.count {
        let (head, other) = (ours.prefix(one).joined(), theirs.prefix(two).joined())
        if head == other { break }
        if one < ours.count, two == theirs.count || head.utf8.count <= other.utf8.count { one += 1 } else { two += 1 }
    }
    return (one, two)
}

private func shown(_ character: Character) -> String {
    character.unicodeScalars.reduce(into: "") { $0 += LookAlikes.representative(of: $1) ?? "" }
}

/// The scalars by number, those that repeat with how often: `U+0065 U+0301`, `U+0020×3`; `nothing` without any.
private func codePoints(_ text: String) -> String {
    var runs: [(scalar: Unicode.Scalar, count: Int)] = []
    for scalar in text.unicodeScalars {
        if let last = runs.last, last.scalar == scalar {
            runs[runs.count - 1].count += 1
        } else {
            runs.append((scalar, 1))
        }
    }
    guard !runs.isEmpty else { return "nothing" }
    let texts = runs.prefix(4).map { run in
        let digits = String(run.scalar.value, radix: 16, uppercase: true)
        let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
        return "U+\(zeros)\(digits)\(run.count > 1 ? "×\(run.count)" : "")"
    }
    return texts.joined(separator: " ") + (runs.count > 4 ? " …" : "")
}

/// What differs between two texts where they look alike, by code points: `U+0061 → U+0430`; nil where nothing does.
///
/// They are compared word by word. Words that look different are not spoken of, only those that one would take for the same:
/// with letters of another alphabet, composed otherwise, with characters that are not seen, with another space, quote or dash.
/// Texts that differ over more than about 20,000 bytes are not looked at.
func lookAlikeDifferences(from old: String, to new: String) -> String? {
    guard let part = DifferingPart(of: old, and: new) else { return nil }
    let left = LookAlikeToken.tokens(of: part.old, isStart: part.isStart, isEnd: part.isEnd)
    let right = LookAlikeToken.tokens(of: part.new, isStart: part.isStart, isEnd: part.isEnd)
    var differences: [String] = []
    for pair in alikePairs(left, right) {
        for text in left[pair.left].differences(to: right[pair.right]) where !differences.contains(text) {
            differences.append(text)
        }
        if differences.count > namedDifferences { break }
    }
    guard !differences.isEmpty else { return nil }
    return differences.prefix(namedDifferences).joined(separator: ", ")
        + (differences.count > namedDifferences ? ", …" : "")
}

/// Whether a reader would take the one for the other, though they differ.
public func looksAlike(_ one: String, _ other: String) -> Bool {
    Spelling(one) != Spelling(other) && asSeen(one) == asSeen(other)
}

/// What a reader takes a text for; texts that look alike have the same.
public func asSeen(_ text: String) -> [String] {
    LookAlikeToken.tokens(of: text[...], isStart: true, isEnd: true).map(\.shown)
}

/// So many are told.
private let namedDifferences = 3

/// What lies between the common beginning and the common end, in whole words where these are short.
private struct DifferingPart {
    /// So much is compared at most.
    private static let limit = 20_000
    /// So far a word may go on outside of what differs.
    private static let reach = 200

    let old: Substring
    let new: Substring
    /// Whether it begins where the texts do.
    let isStart: Bool
    /// Whether it ends where the texts do.
    let isEnd: Bool

    /// Nil where nothing differs, or too much.
    init?(of old: String, and new: String) {
        let (left, right) = (Array(old.utf8), Array(new.utf8))
        let shorter = min(left.count, right.count)
        var start = 0
        while start < shorter, left[start] == right[start] { start += 1 }
        guard start < max(left.count, right.count) else { return nil }
        var tail = 0
        while tail < shorter - start, left[left.count - 1 - tail] == right[right.count - 1 - tail] { tail += 1 }
        guard max(left.count, right.count) - start - tail <= Self.limit else { return nil }
        // The beginning and the end are those of both, so that what is added of them is, too.
        let first = max(0, start - Self.reach)
        while start > first, !isSpace(left[start - 1]) { start -= 1 }
        while start > 0, isSpace(left[start - 1]) || start < left.count && UTF8.isContinuation(left[start]) {
            start -= 1
        }
        let last = max(0, tail - Self.reach)
        while tail > last, !isSpace(left[left.count - tail]) { tail -= 1 }
        while tail > 0, isSpace(left[left.count - tail]) || UTF8.isContinuation(left[left.count - tail]) { tail -= 1 }
        (isStart, isEnd) = (start == 0, tail == 0)
        self.old = part(of: old, start, tail)
        self.new = part(of: new, start, tail)
    }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }

/// The text without so many bytes in front and behind, which are whole scalars.
private func part(of text: String, _ start: Int, _ tail: Int) -> Substring {
    let utf8 = text.utf8
    return text[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.endIndex, offsetBy: -tail)]
}

/// The tokens that look alike and are not the same, in order.
///
/// Space between words that differ is not what one would compare. The space at the beginning is that at the beginning, and the
/// space at the end that at the end.
private func alikePairs(_ left: [LookAlikeToken], _ right: [LookAlikeToken]) -> [(left: Int, right: Int)] {
    let ends = (left: left.count - 1, right: right.count - 1)
    let (leftTexts, rightTexts) = (left.map { Spelling($0.text) }, right.map { Spelling($0.text) })
    let inner = common(leftTexts[1..<ends.left], rightTexts[1..<ends.right])
    let same = inner.map { (left: $0.left + 1, right: $0.right + 1) }
    var pairs = [(left: 0, right: 0)]
    var (leftStart, rightStart) = (1, 1)
    for place in same + [ends] {
        let found = common(left[leftStart..<place.left].map(\.shown), right[rightStart..<place.right].map(\.shown))
        pairs += found.map { ($0.left + leftStart, $0.right + rightStart) }
        (leftStart, rightStart) = (place.left + 1, place.right + 1)
    }
    pairs.append(ends)
    let partners = Dictionary((pairs + same).map { ($0.left, $0.right) }) { first, _ in first }
    return pairs.filter { pair in
        let (ours, theirs) = (left[pair.left], right[pair.right])
        guard ours.kind == theirs.kind, ours.shown == theirs.shown, leftTexts[pair.left] != rightTexts[pair.right]
        else {
            return false
        }
        return ours.kind != .space || [-1, 1].contains { partners[pair.left + $0] == pair.right + $0 }
    }
}

private func common<Value: Hashable>(
    _ left: some Collection<Value>,
    _ right: some Collection<Value>
) -> [(left: Int, right: Int)] {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    var numbers: [Value: Int] = [:]
    func number(_ value: Value) -> Int {
        let next = numbers.count
        if let known = numbers[value] { return known }
        numbers[value] = next
        return next
    }
    return CommonSubsequence(left.map { number($0) }, right.map { number($0) }).pairs
}

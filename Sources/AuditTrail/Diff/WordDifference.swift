/// The parts of a text that another version of it does not have, word by word: ranges of bytes of its UTF-8.
///
/// Words are runs of letters or of digits; ideographs and signs stand for themselves. A text that is too long to be looked
/// at word by word is cut down first to what lies between its common beginning and end.
func changedWords(of text: String, against other: String) -> [Range<Int>] {
    guard Spelling(text) != Spelling(other) else { return [] }
    let (bytes, others) = (Array(text.utf8), Array(other.utf8))
    let middle = differingBytes(of: bytes, against: others)
    let counterpart = differingBytes(of: others, against: bytes)
    guard middle.count <= wordLimit, counterpart.count <= wordLimit else { return [middle] }
    let words = Words(bytes, around: middle)
    let otherWords = Words(others, around: counterpart)
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    let left = words.numbers(&numbers)
    let right = otherWords.numbers(&numbers)
    var isKept = Array(repeating: false, count: left.count)
    for pair in CommonSubsequence(left, right).pairs { isKept[pair.left] = true }
    return words.joined(isKept: isKept)
}

/// So many bytes are compared word by word at most.
private let wordLimit = 20_000

/// What lies between the common beginning and the common end, in whole characters of UTF-8.
private func differingBytes(of bytes: [UInt8], against others: [UInt8]) -> Range<Int> {
    let shorter = min(bytes.count, others.count)
    var start = 0
    while start < shorter, bytes[start] == others[start] { start += 1 }
    var tail = 0
    while tail < shorter - start, bytes[bytes.count - 1 - tail] == others[others.count - 1 - tail] { tail += 1 }
    while start > 0, start < bytes.count, isContinuation(bytes[start]) { start -= 1 }
    var end = bytes.count - tail
    while end < bytes.count, isContinuation(bytes[end]) { end += 1 }
    return start..<max(start, end)
}

private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

/// The words of a part of a text.
private struct Words {
    private let bytes: [UInt8]
    private var ranges: [Range<Int>] = []

    /// The words that a range of bytes touches.
    init(_ bytes: [UInt8], around range: Range<Int>) {
        self.bytes = bytes
        // A word may begin before the first byte that differs and end after the last.
        var start = range.lowerBound
        while start > 0, WordClass(bytes, start - 1).isRun { start -= 1 }
        while start > 0, start < bytes.count, isContinuation(bytes[start]) { start -= 1 }
        var end = range.upperBound
        while end < bytes.count, WordClass(bytes, end).isRun || isContinuation(bytes[end]) { end += 1 }
        var current: WordClass?
        for index in start..<end {
            let kind = WordClass(bytes, index)
            if kind == .continuation, let last = ranges.indices.last {
                ranges[last] = ranges[last].lowerBound..<index + 1
                continue
            }
            if kind.isRun, kind == current, let last = ranges.indices.last {
                ranges[last] = ranges[last].lowerBound..<index + 1
            } else {
                ranges.append(index..<index + 1)
            }
            current = kind
        }
    }

    /// A number for each word, the same for the same word.
    func numbers(_ known: inout [ArraySlice<UInt8>: Int]) -> [Int] {
        ranges.map { range in
            let next = known.count
            if let number = known[bytes[range]] { return number }
            known[bytes[range]] = next
            return next
        }
    }

    /// The words that were not kept, those joined that only a sign stands between: `17:20:58`, not `17`, `20`, `58`.
    func joined(isKept: [Bool]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for (index, range) in ranges.enumerated() where !isKept[index] {
            if let last = result.last, last.upperBound == range.lowerBound || isSign(between: last, range) {
                result[result.count - 1] = last.lowerBound..<range.upperBound
            } else {
                result.append(range)
            }
        }
        return result
    }

    private func isSign(between left: Range<Int>, _ right: Range<Int>) -> Bool {
        right.lowerBound == left.upperBound + 1 && !WordClass(bytes, left.upperBound).isRun
    }
}

/// What a byte of UTF-8 is to a word.
private enum WordClass: Equatable {
    case letter
    case digit
    case sign
    case ideograph
    case continuation

    init(_ bytes: [UInt8], _ index: Int) {
        switch bytes[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .letter
        case 0..<0x80: self = .sign
        case 0x80..<0xC0: self = .continuation
        // The lead bytes of U+3000 to U+DFFF: kana, ideographs, Hangul syllables.
        case 0xE3...0xED: self = .ideograph
        default: self = .letter
        }
    }

    var isRun: Bool { self == .letter || self == .digit || self == .continuation }
}

/// What is left of a text without what it begins and ends with like another one, as one range of bytes, widened to whole characters.
///
/// For parts of large values, which may be one word of any length.
func changedPart(of text: String, against other: String) -> [Range<Int>] {
    let (own, other) = (Array(text.utf8), Array(other.utf8))
    let isSame: ((UInt8, UInt8)) -> Bool = { pair in pair.0 == pair.1 }
    var start = zip(own, other).prefix(while: isSame).count
    let rest = min(own.count, other.count) - start
    var end = own.count - zip(own.reversed(), other.reversed()).prefix(rest).prefix(while: isSame).count
    while start > 0, start < own.count, UTF8.isContinuation(own[start]) { start -= 1 }
    while end < own.count, UTF8.isContinuation(own[end]) { end += 1 }
    return start < end ? [start..<end] : []
}

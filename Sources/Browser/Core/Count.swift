import Screen

/// A number typed before a key, which then moves that often: `8j`, or to that line: `0120G`.
///
/// A digit that has an action of its own performs it, so in the standard keymap, whose `1` to `5` are views, a count
/// begins with `0`, `6` to `9`, or any digit together with Alt, as in readline. Once it has begun, every digit belongs to it.
extension Model {
    /// More than any list holds; digits beyond that are not taken.
    private static let largestCount = 99_999

    /// Takes a key that belongs to a count; false when it does not.
    mutating func takeIntoCount(_ key: Key) -> Bool {
        guard let count else {
            guard let digit = key.digit, keymap.action(for: key, in: keyPlace) == nil else { return false }
            self.count = digit
            return true
        }
        switch key {
        case .escape: self.count = nil
        case .backspace: self.count = count < 10 ? nil : count / 10
        default:
            guard let digit = key.digit else { return false }
            if count * 10 + digit <= Self.largestCount { self.count = count * 10 + digit }
        }
        return true
    }
}

extension Key {
    /// The digit that the key writes, with Alt or without; nil when it writes none.
    fileprivate var digit: Int? {
        switch self {
        case .character(let character), .alt(let character): character.isASCII ? character.wholeNumberValue : nil
        default: nil
        }
    }
}

extension Action {
    /// The line to which a movement leads from one of so many; nil for an action of another kind.
    ///
    /// A count repeats a movement; with `first` and `last`, it is the number of a line, from 1. The line may lie outside.
    func target(from line: Int, of lineCount: Int, height: Int, count: Int? = nil) -> Int? {
        switch self {
        case .first: return count.map { $0 - 1 } ?? 0
        case .last: return (count ?? lineCount) - 1
        default:
            let distance = distance(height: max(1, height))
            return distance == 0 ? nil : line + distance * (count ?? 1)
        }
    }
}

/// What is being searched for, while it is typed.
public struct SearchPrompt: Equatable, Sendable {
    /// What has been typed.
    public var text = ""
    /// Where the cursor was, to go back to when the search is given up.
    public var origin: Int
    /// Whether it goes down the list, as `/` does, or up.
    public var isForward = true
    /// Whether nothing matches.
    public var isMissing = false

    /// A prompt that began with the cursor on a row.
    public init(origin: Int) { self.origin = origin }

    /// Takes a key that edits the word; false for another.
    public mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .backspace: text = String(text.dropLast())
        case .control("u"): text = ""
        case .character(let character): text.append(character)
        default: return false
        }
        return true
    }

    /// Whether the text holds the word: any case will do unless the word has a capital.
    public static func matches(_ word: String, in text: String) -> Bool {
        guard !word.isEmpty else { return false }
        if word.contains(where: \.isUppercase) { return text.contains(word) }
        return text.lowercased().contains(word)
    }
}

/// What a statement did to a row.
public enum Verb: Hashable, Sendable {
    /// A row came.
    case insert
    /// A row changed.
    case update
    /// A row went.
    case delete
    /// All rows of the table went at once.
    case truncate
    /// A word that this program does not know, as it is stored.
    case other(String)

    /// The four verbs that are known.
    public static let known: [Verb] = [.insert, .update, .delete, .truncate]

    /// The verb by the word that the trail stores.
    public init(stored word: String) {
        self = Verb.known.first { $0.word == word } ?? .other(word)
    }

    /// The verb by its name or first letter, in any case; nil for any other word.
    public init?(parsing text: String) {
        let text = text.lowercased()
        guard let verb = Verb.known.first(where: { $0.word == text || $0.word.prefix(1) == text }) else { return nil }
        self = verb
    }

    /// The word that the trail stores: `insert`, `update`, `delete`, `truncate`.
    public var word: String {
        switch self {
        case .insert: "insert"
        case .update: "update"
        case .delete: "delete"
        case .truncate: "truncate"
        case .other(let word): word
        }
    }
}

import AuditTrail

/// A list to choose from by typing: tables or actors.
public struct Picker: Equatable, Sendable {
    /// What is chosen.
    public enum Subject: Equatable, Sendable {
        /// Tables of the trail.
        case tables
        /// Actors of the trail.
        case actors
    }

    /// Something to choose.
    public struct Item: Equatable, Sendable {
        /// What the filter gets.
        public enum Choice: Hashable, Sendable {
            /// A table.
            case table(TableName)
            /// An actor.
            case actor(Actor)
            /// What nobody claimed.
            case nobody
        }

        /// What the filter gets.
        public var choice: Choice
        /// How it is called.
        public var name: String
        /// How much there is of it, in words; empty when unknown.
        public var count: String
    }

    /// What is chosen.
    public var subject: Subject
    /// What there is to choose.
    public var items: Remote<[Item]>
    /// What has been typed.
    public var text = ""
    /// The marked ones.
    public var marked: Set<Item.Choice>
    /// The search for actors that the server is asked for.
    public var search: RequestID?
    /// The row of the cursor among the matches.
    public var selection = 0

    /// A picker whose answer is awaited, with some items marked.
    public init(_ subject: Subject, request: RequestID, marked: Set<Item.Choice>) {
        self.subject = subject
        items = .loading(request)
        self.marked = marked
    }

    /// The items that match what has been typed: first those that hold it, then those that hold its letters.
    public var matches: [Item] {
        let all = items.value ?? []
        guard !text.isEmpty else { return all }
        let word = text.lowercased()
        let holders = all.filter { $0.name.lowercased().contains(word) }
        return holders
            + all.filter { item in isSubsequence(text, of: item.name) && !item.name.lowercased().contains(word) }
    }

    /// What is chosen when the picker is left with Enter: the marked, else the one under the cursor.
    public var choices: [Item.Choice] {
        if !marked.isEmpty {
            let known = (items.value ?? []).map(\.choice).filter(marked.contains)
            return known + marked.subtracting(known)
        }
        let matches = matches
        return matches.indices.contains(selection) ? [matches[selection].choice] : []
    }
}

/// Whether the letters of the word come in the text in this order, without regard to case.
func isSubsequence(_ word: String, of text: String) -> Bool {
    var rest = word.lowercased()[...]
    for character in text.lowercased() where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
}

extension Picker {
    /// The tables as items.
    static func items(_ tables: [TableCount]) -> [Item] {
        tables.map { table in
            let count = table.activities.map { "\(table.isEstimate ? "~" : "")\(grouped($0))" } ?? ""
            return Item(
                choice: .table(table.table),
                name: table.table.short,
                count: table.isAudited ? count : count + " not recorded now"
            )
        }
    }

    /// For actors whose labels look like that of another, though they differ: the key of that one.
    private static func lookAlikes(among actors: [Actor]) -> [String: String] {
        var found: [String: String] = [:]
        for twins in Dictionary(grouping: actors, by: { asSeen($0.label ?? "") }).values where twins.count > 1 {
            for actor in twins {
                guard let label = actor.label else { continue }
                found[actor.id] = twins.first { $0.label.map { looksAlike($0, label) } ?? false }?.id
            }
        }
        return found
    }

    /// The actors as items.
    static func items(_ actors: [ActorCount]) -> [Item] {
        let alike = lookAlikes(among: actors.compactMap(\.actor))
        return actors.map { count in
            let twin = count.actor.flatMap { alike[$0.id] }.map { "looks like #\($0)" }
            let recent = count.transactions.map { "\(grouped($0)) recent tx" }
            let words = [recent, twin].compactMap(\.self).joined(separator: ", ")
            guard let actor = count.actor else {
                return Item(choice: .nobody, name: "nobody (no actor was claimed)", count: words)
            }
            let name = actor.label.map { "\($0) #\(actor.id)" } ?? "#\(actor.id)"
            return Item(choice: .actor(actor), name: name, count: words)
        }
    }
}

import AuditTrail

/// The filter while it is typed.
public struct FilterPrompt: Equatable, Sendable {
    /// What has been typed.
    public var line: LineEditor
    /// What is wrong with it; nil while it can be read.
    public var error: FilterError?
    /// How the program understands it; nil when it does not.
    public var understood: Filter?
    /// How far back in the recent filters it is; 0 is what was typed.
    public var recall = 0
    /// What was typed before the first recall.
    public var typed = ""
    /// What can stand at the cursor.
    public var candidates: [Candidate] = []
    /// Which of them was taken last; nil before the first.
    public var taken: Int?
    /// The tables of the trail.
    public var tables: Remote<[Picker.Item]> = .notAsked
    /// The roles and the applications that wrote what is loaded, as they are typed.
    var roles: [String] = []
    var applications: [String] = []
    /// The busiest actors of the trail.
    public var actors: Remote<[Picker.Item]> = .notAsked
    /// The names in it that were asked about last.
    var names = FilterNames(of: Filter())
    /// The question about them; nil when it is answered.
    var namesRequest: RequestID?
    /// Those of them that stand for nothing.
    public var unknown: [UnknownName] = []

    /// What completes the word at the cursor.
    public struct Candidate: Equatable, Sendable {
        /// What is typed.
        public var text: String
        /// How much there is of it, or what it means.
        public var note: String
    }

    /// A prompt that is filled with the present filter.
    public init(_ text: String) { line = LineEditor(text) }

    /// Reads what has been typed again, and finds what can complete it.
    mutating func reread(now: Timestamp, columns: [String]) {
        do {
            understood = try Filter(parsing: line.text, now: now)
            error = nil
        } catch {
            understood = nil
            self.error = error
        }
        candidates = completions(columns: columns)
        taken = nil
    }

    /// The word at the cursor: what completion replaces, and the field whose value it is.
    var word: (field: String?, text: String) {
        let token = line.before.split(omittingEmptySubsequences: false) { $0.isWhitespace || "(!&|".contains($0) }.last
        guard let token, let colon = token.firstIndex(where: { ":=".contains($0) }) else {
            return (nil, token.map { String($0) } ?? "")
        }
        let value = token[token.index(after: colon)...]
        return (
            String(token[..<colon]).lowercased(),
            value.split(separator: ",", omittingEmptySubsequences: false).last.map { String($0) } ?? ""
        )
    }

    private func completions(columns: [String]) -> [Candidate] {
        let word = word
        switch word.field {
        case "table", "row": return matching(word.text, names(of: tables))
        case "role": return matching(word.text, roles.map { Candidate(text: $0, note: "role") })
        case "app": return matching(word.text, applications.map { Candidate(text: $0, note: "application") })
        case "actor": return matching(word.text, names(of: actors))
        case "verb": return matching(word.text, Verb.known.map { Candidate(text: $0.word, note: "") })
        case "col": return matching(word.text, columns.map { Candidate(text: $0, note: "column") })
        case nil: break
        default: return []
        }
        guard !word.text.isEmpty else { return [] }
        if let dot = word.text.firstIndex(of: "."), RowSide(rawValue: String(word.text[..<dot])) != nil {
            let side = word.text[...dot]
            return matching(word.text, columns.map { Candidate(text: side + $0, note: "column") })
        }
        return matching(word.text, FilterPrompt.fields)
    }

    private func matching(_ text: String, _ candidates: [Candidate]) -> [Candidate] {
        let word = text.lowercased()
        let first = candidates.filter { $0.text.lowercased().hasPrefix(word) }
        let rest = candidates.filter { candidate in
            !word.isEmpty && candidate.text.lowercased().contains(word) && !first.contains(candidate)
        }
        return Array((first + rest).filter { $0.text != text }.prefix(8))
    }

    private func names(of items: Remote<[Picker.Item]>) -> [Candidate] {
        (items.value ?? []).compactMap { item in
            switch item.choice {
            case .table(let table): Candidate(text: "\(TablePattern(shortFor: table))", note: item.count)
            case .actor(let actor): Candidate(text: "\(ActorTerm.exactly(actor))", note: item.count)
            case .nobody: Candidate(text: "none", note: item.count)
            }
        }
    }

    private static let fields = [
        ("table:", "table or schema.table, with * and ?"), ("actor:", "label or key, or none"),
        ("role:", "who was logged in"), ("app:", "the application's name"),
        ("verb:", "insert, update, delete, truncate"), ("col:", "who changed or first set the column"),
        ("row:", "table:key"), ("since:", "from this time on"), ("until:", "before this time"),
        ("at:", "within this day, hour or minute"), ("client:", "address or network"),
        ("n>", "activities of the transaction"),
        ("tx:", "transaction"), ("xid:", "the server's number"), ("id:", "activity"), ("old.", "a value before"),
        ("new.", "a value after"), ("any.", "a value before or after"),
    ].map { Candidate(text: $0.0, note: $0.1) }
}

extension TablePattern {
    /// The pattern that one would type: without the schema when that is `public`.
    fileprivate init(shortFor table: TableName) {
        self.init(schema: table.schema == "public" ? nil : table.schema, name: table.name)
    }
}

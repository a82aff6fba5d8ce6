import AuditTrail

/// A command of the command line.
struct Command: Equatable, Sendable {
    /// What stands behind the name, and where its completions come from.
    enum Argument: String, Equatable, Sendable {
        /// A filter.
        case filter = "EXPR"
        /// A time, a transaction or a row.
        case destination = "PLACE"
        /// A setting and its value.
        case setting = "SETTING"
        /// A view, as the configuration of keys names it.
        case view = "VIEW"
        /// A theme.
        case theme = "NAME"
        /// A format, and the name of a file.
        case export = "FORMAT"
    }

    var name: String
    /// What it takes; nil when it takes nothing.
    var argument: Argument?
    var purpose: String

    init(_ name: String, _ argument: Argument? = nil, _ purpose: String) {
        self.name = name
        self.argument = argument
        self.purpose = purpose
    }
}

/// What completes the end of what has been typed.
struct Completion: Equatable, Sendable {
    /// One of the ways.
    struct Candidate: Equatable, Sendable {
        /// What takes the place of the unfinished word.
        var text: String
        /// How it is shown.
        var label: String
        /// What it means.
        var note: String

        init(_ text: String, label: String? = nil, _ note: String = "") {
            self.text = text
            self.label = label ?? text
            self.note = note
        }
    }

    /// How many characters before the cursor the candidates replace.
    var length: Int
    var candidates: [Candidate]

    static let none = Completion(length: 0, candidates: [])

    /// Those that begin with the word, or hold it where none begins so.
    static func matching(_ word: String, _ candidates: [Candidate]) -> Completion {
        let lowercase = word.lowercased()
        let beginning = candidates.filter { $0.text.lowercased().hasPrefix(lowercase) && $0.text != word }
        let holding = candidates.filter { $0.text.lowercased().contains(lowercase) && $0.text != word }
        return Completion(length: word.count, candidates: beginning.isEmpty ? holding : beginning)
    }
}

extension Command.Argument {
    /// What can complete this much of an argument, its end being at the cursor.
    func completion(of text: String, in model: Model) -> Completion {
        let word =
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).last.map { String($0) } ?? ""
        switch self {
        case .filter: return model.filterCompletion(of: text)
        case .destination: return .matching(word, model.destinations)
        case .setting: return Setting.completion(of: text, word)
        case .theme: return .matching(word, model.themes.all.map { Completion.Candidate($0) })
        case .export where text.contains(where: \.isWhitespace): return .none
        case .export:
            return .matching(word, ExportFormat.allCases.map { Completion.Candidate($0.rawValue, $0.purpose) })
        case .view:
            return .matching(word, Keymap.Place.allCases.map { Completion.Candidate($0.rawValue, $0.title) })
        }
    }
}

extension Model {
    /// Completes as the prompt of the filter does, with the tables and actors of what is loaded.
    fileprivate func filterCompletion(of text: String) -> Completion {
        var prompt = FilterPrompt(text)
        let tables = Set(list.rows.flatMap(\.tables)).sorted { "\($0)" < "\($1)" }
        let actors = Set(list.rows.compactMap(\.actor)).sorted { $0.displayName < $1.displayName }
        prompt.tables = .loaded(tables.map { Picker.Item(choice: .table($0), name: $0.short, count: "") })
        prompt.actors = .loaded(actors.map { Picker.Item(choice: .actor($0), name: $0.displayName, count: "") })
        prompt.reread(now: now, columns: knownColumns)
        let candidates = prompt.candidates.map { Completion.Candidate($0.text, $0.note) }
        return Completion(length: prompt.word.text.count, candidates: candidates)
    }

    fileprivate var destinations: [Completion.Candidate] {
        let tables = Set(list.rows.flatMap(\.tables)).sorted { "\($0)" < "\($1)" }
        return [
            Completion.Candidate("-1h", "an hour ago"), Completion.Candidate("-24h", "a day ago"),
            Completion.Candidate("-7d", "a week ago"), Completion.Candidate("yesterday", "its midnight"),
            Completion.Candidate("tx:", "a transaction"), Completion.Candidate("xid:", "the server's number of one"),
        ] + tables.map { Completion.Candidate("\($0.short):", "the last change of the row with this key") }
    }
}

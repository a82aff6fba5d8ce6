/// A name in a filter that stands for nothing, so that an empty answer is not taken for nothing having happened.
public struct UnknownName: Equatable, Sendable {
    /// What was named.
    public enum Subject: Hashable, Sendable {
        /// A table, or several by glob.
        case table(TablePattern)
        /// An actor, or several by glob.
        case actor(ActorTerm)
        /// A column, or several by glob.
        case column(String)
    }

    /// Where the name was looked for.
    public enum Reach: Equatable, Sendable {
        /// Everywhere: nothing of that name can be.
        case everywhere
        /// The database has it, the trail does not.
        case inDatabaseOnly
        /// Among the newest entries, and in the catalog.
        case newest
    }

    /// What was named.
    public var subject: Subject
    /// Where it was looked for.
    public var reach: Reach
    /// What may be meant instead, nearest first, as one would type it.
    public var suggestions: [String]

    /// A name that was not found.
    public init(_ subject: Subject, _ reach: Reach, suggestions: [String] = []) {
        self.subject = subject
        self.reach = reach
        self.suggestions = suggestions
    }
}

extension UnknownName: CustomStringConvertible {
    /// What is not there and what may be meant, for the person who typed the name.
    public var description: String {
        switch (subject, reach) {
        case (.table(let table), .inDatabaseOnly): "the trail has nothing of table \(table)"
        case (.table(let table), _) where table.isGlob: "no table of the trail is called like \(table)\(hint)"
        case (.table(let table), .newest):
            "there is no table \(table) in the database nor among the newest changes\(hint)"
        case (.table(let table), _): "there is no table \(table) in the trail\(hint)"
        case (.actor(let actor), .newest): "there is no actor \(actor) among the newest transactions\(hint)"
        case (.actor(let actor), _): "there is no actor \(actor)\(hint)"
        case (.column(let column), _): "no table in question has a column \(sqlIdentifier(column)) now\(hint)"
        }
    }

    private var hint: String {
        let near = suggestions.map { suggestion in
            let (wanted, other) = (typedText.filter { $0 != "\"" }, suggestion.filter { $0 != "\"" })
            guard looksAlike(wanted, other), let differences = lookAlikeDifferences(from: wanted, to: other) else {
                return suggestion
            }
            return "\(suggestion) (looks alike: \(differences))"
        }
        return near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
    }

    /// The name as it is typed.
    private var typedText: String {
        switch subject {
        case .table(let table): "\(table)"
        case .actor(let actor): "\(actor)"
        case .column(let column): sqlIdentifier(column)
        }
    }
}

extension TablePattern {
    /// Whether it may stand for several tables.
    public var isGlob: Bool { holdsWildcard(name) || schema.map(holdsWildcard) ?? false }
}

extension ActorTerm {
    /// Whether it may stand for several actors.
    public var isGlob: Bool { if case .matching(let glob) = self { holdsWildcard(glob) } else { false } }
}

extension Filter {
    /// Whether nothing can ever be selected, since there is nothing of these names; a glob may come to stand for something.
    public func isEmptied(by unknown: [UnknownName]) -> Bool {
        let gone = Set(unknown.filter { $0.reach == .everywhere }.map(\.subject))
        func areGone(_ tables: [TablePattern]) -> Bool { tables.allSatisfy { !$0.isGlob && gone.contains(.table($0)) } }
        func areGone(_ actors: [ActorTerm]) -> Bool { actors.allSatisfy { !$0.isGlob && gone.contains(.actor($0)) } }
        return terms.contains { expression in
            switch expression {
            case .term(.table(.anyOf(let tables))): areGone(tables)
            case .term(.table(.exactly(let table))), .term(.row(let table, _)): areGone([table])
            case .term(.actor(.anyOf(let actors))): areGone(actors)
            case .term(.actor(.exactly(let actor))): areGone([actor])
            default: false
            }
        }
    }
}

/// Whether it holds a sign of globs.
public func holdsWildcard(_ text: String) -> Bool { text.unicodeScalars.contains { $0 == "*" || $0 == "?" } }

/// The terms that pickers, keys and options set: those that stand for themselves, outside parentheses and negations.
extension Filter {
    /// The tables of the term `table`, empty without one.
    ///
    /// Setting replaces the term in its place, or drops it.
    public var tables: [TablePattern] {
        get { first { if case .table(.anyOf(let tables)) = $0 { tables } else { nil } } ?? [] }
        set {
            replace(with: newValue.isEmpty ? nil : .table(.anyOf(newValue))) {
                if case .table = $0 { true } else { false }
            }
        }
    }

    /// The actors of `actor:` or `actor=`; empty without such a term.
    ///
    /// Setting replaces the term in its place, or drops it.
    public var actors: [ActorTerm] {
        get {
            first {
                switch $0 {
                case .actor(.anyOf(let actors)): actors
                case .actor(.exactly(let actor)): [actor]
                default: nil
                }
            } ?? []
        }
        set {
            replace(with: newValue.isEmpty ? nil : .actor(.anyOf(newValue))) {
                if case .actor = $0 { true } else { false }
            }
        }
    }

    /// The verbs of `verb:`; empty without that term.
    ///
    /// Setting replaces the term in its place, or drops it.
    public var verbs: [Verb] {
        get { first { if case .verb(let verbs) = $0 { verbs } else { nil } } ?? [] }
        set {
            replace(with: newValue.isEmpty ? nil : .verb(newValue)) { if case .verb = $0 { true } else { false } }
        }
    }

    /// The first moment that may be selected, by `since:` and `at:`; nil when the past is open.
    public var since: Timestamp? {
        get {
            moments {
                if case .since(let time) = $0 { time.start } else { nil }
            } at: {
                $0.start
            }.max()
        }
        set {
            replace(with: newValue.map { .since(TimeTerm($0)) }) { if case .since = $0 { true } else { false } }
        }
    }

    /// The moment after the last that may be selected, by `until:` and `at:`; nil when the future is open.
    public var until: Timestamp? {
        get {
            moments {
                if case .until(let time) = $0 { time.start } else { nil }
            } at: {
                $0.end
            }.min()
        }
        set {
            replace(with: newValue.map { .until(TimeTerm($0)) }) { if case .until = $0 { true } else { false } }
        }
    }

    /// The filter without the term that `actors` reads: what is left to ask of a transaction of theirs.
    public var withoutActors: Filter {
        let place = terms.firstIndex {
            switch $0 {
            case .term(.actor(.anyOf)), .term(.actor(.exactly)): true
            default: false
            }
        }
        return Filter(terms.enumerated().filter { $0.offset != place }.map(\.element))
    }

    private func first<Value>(_ read: (FilterTerm) -> Value?) -> Value? {
        for case .term(let term) in terms { if let value = read(term) { return value } }
        return nil
    }

    private func moments(
        _ read: (FilterTerm) -> Timestamp?,
        at edge: (TimeTerm) -> Timestamp
    ) -> [Timestamp] {
        terms.compactMap { expression in
            guard case .term(let term) = expression else { return nil }
            if case .at(let time) = term { return edge(time) }
            return read(term)
        }
    }

    /// Puts the term where the first of its kind stands, drops the others of its kind, or adds it at the end.
    private mutating func replace(with new: FilterTerm?, _ isOfKind: (FilterTerm) -> Bool) {
        func isReplaced(_ expression: FilterExpression) -> Bool {
            if case .term(let term) = expression { isOfKind(term) } else { false }
        }
        let place = terms.firstIndex(where: isReplaced) ?? terms.count
        terms.removeAll(where: isReplaced)
        if let new { terms.insert(.term(new), at: min(place, terms.count)) }
    }
}

extension Filter {
    /// Whether it limits the time of activities.
    public var hasTimes: Bool { terms.contains { $0.isOfTime } }

    /// Whether it limits nothing but the time of activities, or nothing at all.
    public var isOfTimes: Bool { terms.allSatisfy { $0.isOfTime } }
}

extension FilterExpression {
    /// Whether it limits the time of activities, and nothing else.
    public var isOfTime: Bool {
        switch self {
        case .term(.since), .term(.until), .term(.at): true
        default: false
        }
    }
}

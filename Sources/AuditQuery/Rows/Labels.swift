import AuditTrail

extension Answer {
    /// The keys of the actors whose label has not been looked up.
    var unnamedActorKeys: Set<String> {
        var keys: Set<String> = []
        var copy = self
        copy.forEachActor { actor in if actor.label == nil { keys.insert(actor.id) } }
        return keys
    }

    /// The answer with the labels filled in.
    func naming(_ labels: [String: String?]) -> Answer {
        var answer = self
        answer.forEachActor { $0.name(by: labels) }
        return answer
    }

    /// Lets each actor of the answer be looked at or changed.
    private mutating func forEachActor(_ body: (inout Actor) -> Void) {
        func visit(_ actor: inout Actor?) {
            guard var known = actor else { return }
            body(&known)
            actor = known
        }
        switch self {
        case .transactions(var page):
            for index in page.transactions.indices { visit(&page.transactions[index].actor) }
            self = .transactions(page)
        case .actors(var actors):
            for index in actors.indices { visit(&actors[index].actor) }
            self = .actors(actors)
        case .tableOverview(var tables):
            for index in tables.indices { visit(&tables[index].lastActor) }
            self = .tableOverview(tables)
        case .actorOverview(var actors):
            for index in actors.indices { visit(&actors[index].actor) }
            self = .actorOverview(actors)
        case .summary(var summary):
            for index in summary.items.indices {
                guard case .actor(.anyOf(let terms))? = summary.items[index].term,
                    case .exactly(var actor)? = terms.first
                else { continue }
                body(&actor)
                summary.items[index].term = .actor(.anyOf([.exactly(actor)]))
                summary.items[index].text = actor.displayName
            }
            self = .summary(summary)
        case .history(var history):
            for index in history.versions.indices { visit(&history.versions[index].change.actor) }
            self = .history(history)
        case .changes(var page):
            for index in page.changes.indices { visit(&page.changes[index].actor) }
            self = .changes(page)
        case .revert(var script):
            for index in script.statements.indices { visit(&script.statements[index].change.actor) }
            self = .revert(script)
        case .row(var row):
            row.forEachChange { visit(&$0.actor) }
            self = .row(row)
        // Who wrote the rows is not told.
        case .table, .activities, .activity, .tables, .histogram, .timeline, .health, .news, .shape, .count,
            .names, .unanswerable:
            break
        }
    }
}

extension Actor {
    /// Sets the label to the one found for the key, if any.
    mutating func name(by labels: [String: String?]) {
        label = labels[id] ?? label
    }
}

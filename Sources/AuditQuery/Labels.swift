import AuditTrail

extension Answer {
    /// The keys of the actors whose label has not been looked up.
    var unnamedActorKeys: Set<String> {
        switch self {
        case .transactions(let page): Set(page.transactions.compactMap { $0.actor?.id })
        case .actors(let actors): Set(actors.compactMap { $0.actor?.label == nil ? $0.actor?.id : nil })
        case .activities, .activity, .tables, .histogram, .pulse: []
        }
    }

    /// The answer with the labels filled in.
    func naming(_ labels: [String: String?]) -> Answer {
        switch self {
        case .transactions(var page):
            for index in page.transactions.indices { page.transactions[index].actor?.name(by: labels) }
            return .transactions(page)
        case .actors(var actors):
            for index in actors.indices { actors[index].actor?.name(by: labels) }
            return .actors(actors)
        case .activities, .activity, .tables, .histogram, .pulse: return self
        }
    }
}

extension Actor {
    /// Sets the label to the one found for the key, if any.
    mutating func name(by labels: [String: String?]) {
        label = labels[id] ?? label
    }
}

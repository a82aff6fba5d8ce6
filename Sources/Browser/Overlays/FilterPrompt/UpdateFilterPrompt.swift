import AuditTrail
import Screen

/// Typing a filter.
extension Model {
    /// How many filters are remembered.
    private static let recentLimit = 100

    mutating func openFilterPrompt(recall: Int = 0) -> [Effect] {
        var prompt = FilterPrompt(filter.description)
        prompt.typed = prompt.line.text
        let (tables, actors) = (nextRequest(), nextRequest())
        prompt.tables = .loading(tables)
        prompt.actors = .loading(actors)
        let origins = list.rows.compactMap(\.origin)
        func typed(_ names: [String]) -> [String] { Set(names).sorted().map { "\(OriginTerm.matching($0))" } }
        prompt.roles = typed(origins.flatMap { [$0.sessionRole, $0.currentRole] })
        prompt.applications = typed(origins.compactMap(\.application))
        show(prompt)
        if recall > 0 { recallFilter(by: recall) }
        return [.ask(.tables, tables), .ask(.actors(containing: ""), actors)] + askForNamesInPrompt()
    }

    /// What the server says for the prompt's completions; false when it was not asked for that.
    mutating func fillPrompt(_ items: [Picker.Item], of id: RequestID) -> Bool {
        guard case .filter(var prompt) = overlay else { return false }
        if prompt.tables == .loading(id) {
            prompt.tables = .loaded(items)
        } else if prompt.actors == .loading(id) {
            prompt.actors = .loaded(items)
        } else {
            return false
        }
        show(prompt)
        return true
    }

    mutating func handle(_ key: Key, in prompt: FilterPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
            return []
        case .enter: return apply(prompt)
        case .tab: return complete(prompt, forward: true)
        case .backTab: return complete(prompt, forward: false)
        case .up, .control("p"), .control("r"): recallFilter(by: 1)
        case .down, .control("n"): recallFilter(by: -1)
        case .control("z"): return [.suspend]
        default: if prompt.line.handle(key) { show(prompt) }
        }
        return askForNamesInPrompt()
    }

    /// Applies what has been typed; what cannot be read stays, and so does the old filter.
    private mutating func apply(_ prompt: FilterPrompt) -> [Effect] {
        guard let filter = prompt.understood else { return [] }
        overlay = nil
        return apply(filter)
    }

    /// Remembers a filter for the prompt, the newest first, each once.
    mutating func remember(_ filter: Filter) {
        guard !filter.isEmpty else { return }
        let text = filter.description
        recentFilters.removeAll { $0 == text }
        recentFilters.insert(text, at: 0)
        recentFilters = Array(recentFilters.prefix(Model.recentLimit))
    }

    private mutating func recallFilter(by distance: Int) {
        guard case .filter(var prompt) = overlay else { return }
        let recall = min(max(0, prompt.recall + distance), recentFilters.count)
        if prompt.recall == 0 { prompt.typed = prompt.line.text }
        prompt.recall = recall
        prompt.line = LineEditor(recall == 0 ? prompt.typed : recentFilters[recall - 1])
        show(prompt)
    }

    private mutating func complete(_ prompt: FilterPrompt, forward: Bool) -> [Effect] {
        var prompt = prompt
        guard !prompt.candidates.isEmpty else { return [] }
        let count = prompt.candidates.count
        let before = prompt.taken.map { prompt.candidates[$0].text } ?? prompt.word.text
        let next = prompt.taken.map { ($0 + (forward ? 1 : count - 1)) % count } ?? (forward ? 0 : count - 1)
        prompt.line.replace(last: before.count, with: prompt.candidates[next].text)
        let candidates = prompt.candidates
        prompt.reread(now: now, columns: knownColumns)
        // The list stays while Tab walks through it.
        prompt.candidates = candidates
        prompt.taken = next
        overlay = .filter(prompt)
        return askForNamesInPrompt()
    }

    mutating func show(_ prompt: FilterPrompt) {
        var prompt = prompt
        prompt.reread(now: now, columns: knownColumns)
        overlay = .filter(prompt)
    }

    /// The columns of what is loaded.
    var knownColumns: [String] {
        var names: Set<String> = []
        for activity in detail.activities.value ?? [] {
            names.formUnion((activity.oldData?.members ?? []).map(\.name))
            names.formUnion((activity.changedData?.members ?? []).map(\.name))
        }
        return names.sorted()
    }

    /// Takes the filter away for a look around, or puts it back.
    mutating func toggleFilter() -> [Effect] {
        if let off = filterOff {
            filterOff = nil
            return apply(off)
        }
        guard !filter.isEmpty else {
            notice = Notice(.info, "there is no filter to switch off; \(key(.editFilter)) sets one")
            return []
        }
        let off = filter
        let effects = apply(Filter())
        filterOff = off
        return effects
    }
}

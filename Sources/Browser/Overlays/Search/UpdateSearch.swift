import AuditTrail
import Screen

/// Searching what is loaded: rows of the list, lines of the difference.
extension Model {
    /// So many matches one goes on by at most, with a count.
    private static let searchLimit = 100

    mutating func openSearch() -> [Effect] {
        overlay = .search(SearchPrompt(origin: focus == .list ? list.selection : detail.line))
        return []
    }

    mutating func handle(_ key: Key, in prompt: SearchPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
            return go(to: prompt.origin)
        case .enter:
            overlay = nil
            lastSearch = prompt.text
            isLastSearchForward = prompt.isForward
            if prompt.isMissing { notice = Notice(.warning, "not found in what is loaded: \(prompt.text)") }
            return []
        case .control("r"): prompt.isForward.toggle()
        case .control("z"): return [.suspend]
        default: guard prompt.edit(key) else { return [] }
        }
        return look(for: prompt)
    }

    /// Goes to what has been typed so far.
    mutating func look(for prompt: SearchPrompt) -> [Effect] {
        var prompt = prompt
        let found = match(of: prompt.text, from: prompt.origin, forward: prompt.isForward, includingFirst: true)
        prompt.isMissing = found == nil && !prompt.text.isEmpty
        overlay = .search(prompt)
        return go(to: found ?? prompt.origin)
    }

    /// Goes to the next match in the direction of the last search, or to the one before.
    mutating func repeatSearch(onward: Bool) -> [Effect] {
        guard !lastSearch.isEmpty else {
            notice = Notice(.info, "nothing has been searched for; \(key(.search)) searches")
            return []
        }
        let forward = onward == isLastSearchForward
        var line = focus == .list ? list.selection : detail.line
        for _ in 0..<max(1, min(count ?? 1, Self.searchLimit)) {
            guard let found = match(of: lastSearch, from: line, forward: forward, includingFirst: false) else {
                notice = Notice(.warning, "not found in what is loaded: \(lastSearch)")
                return []
            }
            line = found
        }
        return go(to: line)
    }

    private mutating func go(to line: Int) -> [Effect] {
        if focus == .list { return select(line) }
        detail.select(
            line: line,
            lineCount: detail.rowCount,
            visibleRows: Layout(of: self).detailRows.count
        )
        return []
    }

    /// The next line that holds the word, going round at the end; nil when there is none.
    private func match(of word: String, from start: Int, forward: Bool, includingFirst: Bool) -> Int? {
        let sheet = detail.sheet
        let count = focus == .list ? list.rows.count : detail.rowCount
        guard count > 0, !word.isEmpty else { return nil }
        let first = includingFirst ? 0 : 1
        let step = forward == (focus == .list && list.isOldestFirst) ? -1 : 1
        return (first..<first + count).lazy
            .map { (start + step * $0 + count * 2) % count }
            .first {
                SearchPrompt.matches(
                    word,
                    in: focus == .list ? searchText(list.rows[$0], in: timeZone) : sheet?.searchText(at: $0) ?? ""
                )
            }
    }
}

/// What a search in the list looks at.
func searchText(_ transaction: Transaction, in zone: TimeZone) -> String {
    let parts: [String?] = [
        transaction.id.map { String($0) }, transaction.actor?.displayName, transaction.clientAddress,
        transaction.issuedAt.map(zone.text),
        transaction.tables.map(\.short).joined(separator: ","), transaction.changeSummary,
    ]
    return parts.compactMap(\.self).joined(separator: " ")
}

import Screen

extension TableChoice {
    /// Changes the picker by a key and says what it has led to.
    public mutating func handle(_ key: Key) -> Outcome {
        notice = ""
        if key == .control("z") { return .suspend }
        if key == .control("c") { return .cancelled }
        if prompt != nil {
            search(key)
        } else if !move(key) {
            switch place {
            case .tables: return handleInTables(key)
            case .columns: handleInColumns(key)
            }
        }
        return .undecided
    }

    private mutating func move(_ key: Key) -> Bool {
        let page = max(1, TableChoiceLayout(of: self).body.count)
        switch key {
        case .character("j"), .down, .control("n"): cursor += 1
        case .character("k"), .up, .control("p"): cursor -= 1
        case .pageDown, .control("f"): cursor += page
        case .pageUp, .control("b"): cursor -= page
        case .character("g"), .home: cursor = 0
        case .character("G"), .end: cursor = rowNames.count - 1
        case .character("/"): prompt = SearchPrompt(origin: cursor)
        case .character("n"): repeatSearch(forward: true)
        case .character("N"): repeatSearch(forward: false)
        default: return false
        }
        return true
    }

    private mutating func handleInTables(_ key: Key) -> Outcome {
        switch key {
        case .character(" "): toggleTable()
        case .character("A"): toggleAll()
        case .character("c"): if item != nil { place = .columns(selection: 0) }
        case .character("q"), .escape: return .cancelled
        case .enter:
            if !tables.isEmpty { return .picked }
            notice = "nothing is picked; Space picks the table under the cursor"
        default: notice = "\(key.name) does nothing here"
        }
        return .undecided
    }

    private mutating func handleInColumns(_ key: Key) {
        switch key {
        case .character(" "): toggleColumn()
        case .character("c"), .character("q"), .escape, .enter: place = .tables
        default: notice = "\(key.name) does nothing here"
        }
    }

    private mutating func toggleTable() {
        guard let item else { return }
        if item.isAudited {
            notice = "\(item.table) is recorded already; audit-tui remove ends that"
        } else {
            items[selection].isPicked.toggle()
        }
        cursor += 1
    }

    private mutating func toggleAll() {
        let areAllPicked = items.allSatisfy { $0.isPicked || $0.isAudited }
        for index in items.indices where !items[index].isAudited { items[index].isPicked = !areAllPicked }
    }

    private mutating func toggleColumn() {
        guard let item, item.columns.indices.contains(cursor) else { return }
        let column = item.columns[cursor]
        if item.isAudited {
            notice = "\(item.table.short) is recorded already; init --exclude changes that"
        } else if item.isKey(column) {
            notice = "the key stays: by it the history of a row is found"
        } else {
            items[selection].columns[cursor].isExcluded.toggle()
        }
        cursor += 1
    }
}

extension TableChoice {
    private mutating func search(_ key: Key) {
        guard var prompt else { return }
        switch key {
        case .escape:
            self.prompt = nil
            cursor = prompt.origin
        case .enter:
            self.prompt = nil
            lastSearch = prompt.text
            if prompt.isMissing { notice = "not found: \(prompt.text)" }
        default:
            guard prompt.edit(key) else { return }
            let found = match(of: prompt.text, from: prompt.origin, forward: true, includingFirst: true)
            prompt.isMissing = found == nil && !prompt.text.isEmpty
            self.prompt = prompt
            cursor = found ?? prompt.origin
        }
    }

    private mutating func repeatSearch(forward: Bool) {
        if lastSearch.isEmpty {
            notice = "nothing has been searched for; / searches"
        } else if let found = match(of: lastSearch, from: cursor, forward: forward, includingFirst: false) {
            cursor = found
        } else {
            notice = "not found: \(lastSearch)"
        }
    }

    /// The next row whose name holds the word, going round at the end; nil when there is none.
    private func match(of word: String, from start: Int, forward: Bool, includingFirst: Bool) -> Int? {
        let names = rowNames
        let first = includingFirst ? 0 : 1
        return (first..<first + names.count).lazy
            .map { (start + (forward ? $0 : -$0) + names.count * 2) % names.count }
            .first { SearchPrompt.matches(word, in: names[$0]) }
    }
}

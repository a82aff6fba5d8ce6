import Screen

/// The keys of a view, from the live keymap: first what is done most there, then everything else.
public struct Help: Equatable, Sendable {
    /// A line of the help.
    enum Line: Equatable, Sendable {
        /// What the lines below have in common.
        case heading(String)
        /// The keys of an action, what it does, and its name.
        case keys(String, purpose: String, name: String)

        /// What a search looks at.
        var text: String {
            switch self {
            case .heading(let words): words
            case .keys(let keys, let purpose, let name): "\(keys) \(purpose) \(name)"
            }
        }
    }

    /// The lines.
    let lines: [Line]
    /// The key that searches; empty when there is none.
    let searchKey: String
    /// The first line on screen.
    var top = 0
    /// What was searched for.
    var word = ""
    /// The line that was found.
    var found: Int?
    /// The word that is being typed, and the place where the search began; nil while keys move.
    var prompt: SearchPrompt?

    /// The help for where the keys of the model go.
    init(of model: Model) {
        let place = model.keyPlace
        let keys = model.keymap.keys(in: place)
        let own = model.keymap.bindings.filter { $0.places.contains(place) }.map(\.action)
        let all = Keymap.standard.bindings.map(\.action).filter { $0.places.isEmpty || $0.places.contains(place) }
        searchKey = model.keymap.keys(for: .search, in: .help).first?.name ?? ""
        let first = (model.hintedActions + own).uniqued
        lines =
            [.heading(place.title)] + first.map { Help.line(of: $0, keys) } + [.heading("everywhere")]
            + all.uniqued.filter { !first.contains($0) }.map { Help.line(of: $0, keys) }
    }

    private static func line(of action: Action, _ keys: [Action: [Key]]) -> Line {
        let names = keys[action].map { $0.map(\.name).joined(separator: " ") } ?? "–"
        return .keys(names, purpose: action.purpose, name: action.name)
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it comes first.
    var uniqued: [Element] {
        var known: Set<Element> = []
        return filter { known.insert($0).inserted }
    }
}

extension Keymap.Place {
    /// What the place is, as the help calls it.
    var title: String {
        switch self {
        case .list: "in the list of transactions"
        case .changes: "in the changes of a transaction"
        case .history: "in the life of a row"
        case .row: "in a row as it was"
        case .revert: "in the preview of a revert"
        case .overview: "in tables, actors, timeline, health and summary"
        case .help: "in the help"
        case .pager: "in a page of text"
        }
    }
}

/// Reading and searching the help.
extension Model {
    /// How many lines of the help fit.
    var helpHeight: Int { max(1, size.rows - 2) }

    mutating func handle(_ key: Key, in help: Help) -> [Effect] {
        var help = help
        if help.prompt != nil { return type(key, in: help) }
        let action = keymap.action(for: key, in: .help)
        switch action {
        case .suspend?: return [.suspend]
        case .quit?: return [.quit]
        case .search?: help.prompt = SearchPrompt(origin: help.top)
        case .nextMatch?: help.goOn(forward: true, height: helpHeight)
        case .previousMatch?: help.goOn(forward: false, height: helpHeight)
        default:
            let target = action?.target(from: help.top, of: help.lines.count, height: helpHeight, count: count)
            guard let target else {
                overlay = nil
                return []
            }
            help.scroll(to: target, height: helpHeight)
        }
        overlay = .help(help)
        return []
    }

    private mutating func type(_ key: Key, in help: Help) -> [Effect] {
        guard var prompt = help.prompt else { return [] }
        var help = help
        switch key {
        case .escape:
            help.prompt = nil
            help.found = nil
            help.scroll(to: prompt.origin, height: helpHeight)
        case .enter:
            help.prompt = nil
            help.word = prompt.text
        case .control("z"): return [.suspend]
        default:
            guard prompt.edit(key) else { return [] }
            help.look(for: prompt, height: helpHeight)
        }
        overlay = .help(help)
        return []
    }
}

extension Help {
    mutating func scroll(to line: Int, height: Int) {
        top = max(0, min(line, lines.count - height))
    }

    /// Puts more behind the word that is being typed.
    mutating func type(_ text: String, height: Int) {
        guard var prompt else { return }
        prompt.text += text
        look(for: prompt, height: height)
    }

    /// Goes to what has been typed so far.
    fileprivate mutating func look(for prompt: SearchPrompt, height: Int) {
        var prompt = prompt
        word = prompt.text
        find(from: prompt.origin, forward: true, height: height)
        prompt.isMissing = found == nil && !word.isEmpty
        self.prompt = prompt
    }

    fileprivate mutating func goOn(forward: Bool, height: Int) {
        guard let found else { return find(from: top, forward: true, height: height) }
        find(from: found + (forward ? 1 : -1), forward: forward, height: height)
    }

    /// Goes to the next line that holds the word, from a line on, round the end.
    fileprivate mutating func find(from start: Int, forward: Bool, height: Int) {
        let count = lines.count
        found = (0..<count).lazy
            .map { (start + (forward ? $0 : -$0) + count * 2) % count }
            .first { SearchPrompt.matches(word, in: lines[$0].text) }
        guard let found, found < top || found >= top + height else { return }
        scroll(to: found - height / 2, height: height)
    }
}

extension Frame {
    mutating func drawHelp(_ help: Help) {
        let width = size.columns >= 100 ? 96 : 76
        let (columns, rows) = drawBox("keys", width: width, height: min(help.lines.count + 2, size.rows))
        let top = max(0, min(help.top, help.lines.count - rows.count))
        for (row, index) in zip(rows, top..<help.lines.count) {
            draw(help.lines[index], columns, row: row)
            if index == help.found { overlay(row: row, columns: columns, role: .matchCurrent) }
        }
        drawFoot(help, columns, row: rows.upperBound, shown: top..<min(help.lines.count, top + rows.count))
    }

    private mutating func draw(_ line: Help.Line, _ columns: Range<Int>, row: Int) {
        switch line {
        case .heading(let words):
            put(SafeText(words), column: columns.lowerBound, row: row, width: columns.count, role: .title)
        case .keys(let keys, let purpose, let name):
            let keyWidth = min(18, columns.count / 3)
            let start = columns.lowerBound + keyWidth + 1
            let nameWidth = columns.count >= 90 ? 22 : 0
            put(SafeText(keys), column: columns.lowerBound, row: row, width: keyWidth, role: .key)
            let room = max(0, columns.upperBound - start - (nameWidth == 0 ? 0 : nameWidth + 1))
            put(SafeText(purpose), column: start, row: row, width: room, role: .popup)
            guard nameWidth > 0 else { return }
            put(SafeText(name), column: columns.upperBound - nameWidth, row: row, width: nameWidth, role: .muted)
        }
    }

    /// The word that is searched for, or how one searches, in the lower border.
    private mutating func drawFoot(_ help: Help, _ columns: Range<Int>, row: Int, shown: Range<Int>) {
        guard let prompt = help.prompt else {
            let search = help.searchKey.isEmpty ? "" : " \(help.searchKey) search ·"
            let words = "\(search) \(shown.lowerBound + 1)–\(shown.upperBound) of \(help.lines.count) "
            put(SafeText(words), column: columns.lowerBound, row: row, width: columns.count, role: .muted)
            return
        }
        let words = SafeText("/\(prompt.text)")
        let end = put(words, column: columns.lowerBound, row: row, width: columns.count, role: .prompt)
        cursor = Cursor(column: min(end, columns.upperBound - 1), row: row)
        guard prompt.isMissing else { return }
        let room = max(0, columns.upperBound - end)
        put("  not found", column: end, row: row, width: room, role: .warning)
    }
}

/// What `:set` changes.
enum Setting: String, CaseIterable, Sendable {
    case context, follow, histogram, layout, mouse, noise, order, wrap

    /// What it is about.
    var purpose: String {
        switch self {
        case .context: "unchanged columns around each change, 0 to 100"
        case .follow: "following the newest end"
        case .histogram: "the histogram above the list"
        case .layout: "how changes are laid out"
        case .mouse: "whether the mouse is for the browser"
        case .noise: "columns that always change are shown"
        case .order: "the transaction at the top of the list"
        case .wrap: "long values of changes go on in the next row"
        }
    }

    /// What it can be; empty for a number.
    var values: [String] {
        switch self {
        case .context: []
        case .layout: DiffLayout.allCases.map { $0.rawValue.lowercased() }
        case .order: ["newest", "oldest"]
        default: ["on", "off"]
        }
    }

    var isSwitch: Bool { values == ["on", "off"] }

    /// Completes a name, or behind a name a value.
    static func completion(of text: String, _ word: String) -> Completion {
        let words = text.split { $0.isWhitespace || $0 == "=" }
        guard text.contains(where: { $0.isWhitespace || $0 == "=" }), let name = words.first else {
            return .matching(
                word,
                allCases.map { Completion.Candidate($0.rawValue + ($0.isSwitch ? "" : " "), $0.purpose) }
            )
        }
        let value = text.split(omittingEmptySubsequences: false) { $0.isWhitespace || $0 == "=" }.last ?? ""
        let values = Setting(rawValue: String(name))?.values ?? []
        return .matching(String(value), values.map { Completion.Candidate($0) })
    }
}

/// What is wanted of a setting.
enum SettingChange: Equatable {
    /// To say what it is.
    case show
    /// To change a switch, or to take the next value.
    case next
    /// To take this value.
    case value(String)

    /// Reads what stands behind `:set`, in the ways of vim: `wrap`, `nowrap`, `wrap!`, `wrap?`, `wrap off`, `wrap=off`.
    static func parse(_ text: String) throws(CommandError) -> (setting: Setting, change: SettingChange) {
        let words = text.split { $0.isWhitespace || $0 == "=" }.map { $0.lowercased() }
        guard let first = words.first, words.count <= 2 else { throw .other("set takes one setting and one value") }
        if words.count == 2 { return (try setting(first), .value(words[1])) }
        if first.hasSuffix("!") { return (try setting(String(first.dropLast())), .next) }
        if first.hasSuffix("?") { return (try setting(String(first.dropLast())), .show) }
        if let setting = Setting(rawValue: first) { return (setting, setting.isSwitch ? .value("on") : .show) }
        if first.hasPrefix("no"), let setting = Setting(rawValue: String(first.dropFirst(2))), setting.isSwitch {
            return (setting, .value("off"))
        }
        return (try setting(first), .show)
    }

    private static func setting(_ name: String) throws(CommandError) -> Setting {
        guard let setting = Setting(rawValue: name) else {
            throw .other("there is no setting \(name); set alone lists them")
        }
        return setting
    }
}

extension Model {
    /// Runs `:set` with what stands behind it; nothing lists the settings.
    mutating func set(_ text: String) throws(CommandError) -> [Effect] {
        guard !text.allSatisfy(\.isWhitespace) else {
            overlay = .statements(StatementPager(lines: settingLines))
            return []
        }
        let (setting, change) = try SettingChange.parse(text)
        switch change {
        case .show:
            notice = Notice(.info, "\(setting.rawValue) is \(value(of: setting))")
            return []
        case .next:
            guard let place = setting.values.firstIndex(of: value(of: setting)) else {
                throw .other("\(setting.rawValue) is a number and has no other side; give it one")
            }
            return try set(setting, to: setting.values[(place + 1) % setting.values.count])
        case .value(let value): return try set(setting, to: value)
        }
    }

    private var settingLines: [String] {
        Setting.allCases.map { setting in
            let name = setting.rawValue + String(repeating: " ", count: 12 - setting.rawValue.count)
            let value = value(of: setting)
            return name + value + String(repeating: " ", count: max(1, 14 - value.count)) + setting.purpose
        }
    }

    private var diffSettings: DiffSettings {
        if case .history(let pane)? = panes.last { pane.settings } else { detail.settings }
    }

    func value(of setting: Setting) -> String {
        switch setting {
        case .context: String(diffSettings.context)
        case .follow: follow == nil ? "off" : "on"
        case .histogram: timeStrip.isWanted ? "on" : "off"
        case .layout: diffSettings.layout.rawValue.lowercased()
        case .mouse: isMouseOn ? "on" : "off"
        case .noise: diffSettings.hidesNoise ? "off" : "on"
        case .order: list.isOldestFirst ? "oldest" : "newest"
        case .wrap: diffSettings.wraps ? "on" : "off"
        }
    }

    private mutating func set(_ setting: Setting, to value: String) throws(CommandError) -> [Effect] {
        guard setting.values.isEmpty || setting.values.contains(value) else {
            throw .other("\(setting.rawValue) is \(setting.values.joined(separator: " or ")), not \(value)")
        }
        let isOn = value == "on"
        switch setting {
        case .context:
            guard let context = Int(value), 0...100 ~= context else {
                throw .other("context is a number from 0 to 100, not \(value)")
            }
            changeDiff { $0.context = context }
        case .layout:
            let layout = DiffLayout.allCases.first { $0.rawValue.lowercased() == value }
            changeDiff { $0.layout = layout ?? $0.layout }
        case .noise: changeDiff { $0.hidesNoise = !isOn }
        case .wrap: changeDiff { $0.wraps = isOn }
        case .follow: return isOn == (follow != nil) ? [] : toggleFollow()
        case .histogram: return isOn == timeStrip.isWanted ? [] : toggleStrip()
        case .order: return value == self.value(of: .order) ? [] : flipOrder()
        case .mouse: return isOn == isMouseOn ? [] : toggleMouse()
        }
        return []
    }

    /// Changes how differences are shown, those of an open history too.
    private mutating func changeDiff(_ change: (inout DiffSettings) -> Void) {
        detail.change(change)
        if case .history(var pane)? = panes.last {
            change(&pane.settings)
            pane.compare(height: HistoryLayout(pane, of: size).versions.count)
            panes[panes.count - 1] = .history(pane)
        }
        keepCursorsVisible()
    }
}

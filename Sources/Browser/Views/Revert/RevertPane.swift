import AuditTrail
import Screen

/// The script that takes changes back, with what would become of each statement; nothing is executed.
public struct RevertPane: Equatable, Sendable {
    /// What is taken back, in words: `tx 99978`.
    public var title: String
    /// The name of the file that the script is written to.
    public var fileName: String
    /// What was asked for.
    public var request: RevertRequest
    /// The script.
    public var script: Remote<RevertScript> { didSet { makeLines() } }
    /// What came of running the script and taking it back.
    public var dryRun = Remote<DryRun>.notAsked { didSet { makeLines() } }
    /// Where the window is.
    public var scroll = Scroll()

    /// The script as it is run, and as it may be shown: what is no quoted value, such as the name of a type, is made safe.
    var text: String {
        let lines = (script.value?.text ?? "").unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { SafeText(String($0)).string }.joined(separator: "\n")
    }

    /// One line of the preview.
    struct Line: Equatable {
        var text: String
        var role: Role
    }

    /// How many statements have each verdict, then each statement with what would become of it, then the script.
    ///
    /// Kept, because every key asks for them and a script may be long.
    private(set) var lines: [Line] = []

    private mutating func makeLines() {
        lines = []
        guard let script = script.value else { return }
        lines = [Line(text: summary(of: script), role: .title)] + dryRunLines + [Line(text: "", role: .text)]
        for statement in script.statements {
            let reason = statement.verdict?.reason.map { ": \($0)" } ?? ""
            let (mark, role) = statement.verdict?.mark ?? (" ", .text)
            lines.append(Line(text: LongText.shown("\(mark) \(statement.summary)\(reason)"), role: role))
        }
        lines.append(Line(text: "", role: .text))
        guard !script.holdsMaskedValues else {
            let words = "the script holds masked values and is not shown; w writes it and y copies it with them"
            lines.append(Line(text: words, role: .secretMasked))
            return
        }
        lines += LongText.lines(text).map { Line(text: $0, role: $0.utf8.starts(with: "--".utf8) ? .muted : .text) }
    }

    init(title: String, fileName: String, request: RevertRequest, script: Remote<RevertScript>) {
        self.title = title
        self.fileName = fileName
        self.request = request
        self.script = script
    }

    private func summary(of script: RevertScript) -> String {
        let words = ["applies", "partly", "reverted", "conflict", "impossible"].compactMap { word -> String? in
            let count = script.statements.filter { $0.verdict?.word == word }.count
            return count == 0 ? nil : "\(grouped(count)) \(word == "reverted" ? "already reverted" : word)"
        }
        let total = script.statements.count
        return "\(grouped(total)) statement\(total == 1 ? "" : "s"): " + words.joined(separator: ", ")
    }
}

extension RevertScript.Verdict {
    fileprivate var mark: (String, Role) {
        switch self {
        case .applies: ("✔", .diffAdd)
        case .partly: ("~", .warning)
        case .reverted: ("=", .muted)
        case .conflict: ("✘", .error)
        case .impossible: ("!", .warning)
        }
    }
}

extension Model {
    /// Opens the script that takes back what is under the cursor.
    ///
    /// That is the transaction in the list, the change where the changes have the keys, and in a history all that came
    /// after a version.
    mutating func openRevert() -> [Effect] {
        guard let (title, fileName, filter) = revertUnderCursor else { return [] }
        let request = RevertRequest(filter: filter, isChecked: true, mostBytes: 2_000_000)
        let id = nextRequest()
        panes.append(.revert(RevertPane(title: title, fileName: fileName, request: request, script: .loading(id))))
        return [.ask(.revert(request), id)]
    }

    private var revertUnderCursor: (title: String, fileName: String, filter: Filter)? {
        mutating get {
            if case .history(let pane)? = panes.last { return revert(to: pane) }
            if focus == .detail, let activity = detail.activity {
                let filter = Filter([.term(.number(.activity, .anyOf([activity.id])))])
                return ("activity \(activity.id)", "revert-activity\(activity.id).sql", filter)
            }
            guard let transaction = list.selected else { return nil }
            let filter = Filter([.term(.number(.nativeTransaction, .anyOf([transaction.nativeID])))])
            return ("tx \(transaction.name)", "revert-tx\(transaction.name).sql", filter)
        }
    }

    private mutating func revert(to pane: HistoryPane) -> (title: String, fileName: String, filter: Filter)? {
        guard let version = pane.version, pane.versions.line > 1 else {
            notice = Notice(.info, "choose the version to go back to")
            return nil
        }
        let newer = (pane.history.value?.versions ?? []).prefix(pane.versions.line - 1)
        let name = Model.rowName(pane.table, pane.key)
        let number = version.number.map { "v\($0)" } ?? "this version"
        return (
            "\(name) to \(number)", "revert-\(fileNamePart(pane.table.name))-\(number).sql",
            Filter([.term(.number(.activity, .anyOf(newer.map(\.change.activity.id))))])
        )
    }

    mutating func perform(_ action: Action, in pane: RevertPane) -> [Effect]? {
        var pane = pane
        switch action {
        case .write: return pane.script.value == nil ? [] : [.save(pane.text, name: pane.fileName)]
        case .copy: return pane.script.value == nil ? [] : [.copy(pane.text)]
        case .openOutside: return pane.script.value == nil ? [] : [.edit(pane.text, name: pane.fileName)]
        case .dryRun: return dryRun(pane)
        case .toggleGuards, .refresh:
            if action == .toggleGuards { pane.request.isPartial.toggle() }
            let id = nextRequest()
            pane.script = .loading(id)
            pane.dryRun = .notAsked
            panes[panes.count - 1] = .revert(pane)
            return [.ask(.revert(pane.request), id)]
        default:
            let height = paneHeight
            guard pane.scroll.perform(action, of: pane.lines.count, height: height, count: count) else { return nil }
        }
        panes[panes.count - 1] = .revert(pane)
        return []
    }
}

extension Frame {
    mutating func drawRevert(_ pane: RevertPane) {
        let mode = pane.request.isPartial ? "skips what changed since " : "all or nothing "
        putRow(1, " NOT EXECUTED · " + SafeText(pane.title), .warning, SafeText(mode))
        switch pane.script {
        case .notAsked, .loading: put("loading…", column: 3, row: 2, role: .muted)
        case .failed(let failure): put("✘ " + SafeText(failure.message), column: 3, row: 2, role: .error)
        case .loaded:
            let lines = pane.lines
            for row in 2..<max(2, size.bodyEnd) {
                let index = pane.scroll.top + row - 2
                guard lines.indices.contains(index) else { continue }
                put(
                    SafeText(lines[index].text).truncated(to: size.columns - 1),
                    column: 1,
                    row: row,
                    role: lines[index].role
                )
                if index == pane.scroll.line { overlay(row: row, columns: 0..<size.columns, role: .cursor) }
            }
        }
    }
}

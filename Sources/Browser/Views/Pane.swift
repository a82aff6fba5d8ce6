import AuditTrail
import Screen

/// A view that lies over the transactions and goes when it is left: the life of a row, a row as it was, a revert.
public enum Pane: Equatable, Sendable {
    /// The life of a row.
    case history(HistoryPane)
    /// A row as it was at a moment.
    case row(RowPane)
    /// The script that takes changes back.
    case revert(RevertPane)
}

extension Pane {
    /// Where the keys go while it is on top.
    var place: Keymap.Place {
        switch self {
        case .history: .history
        case .row: .row
        case .revert: .revert
        }
    }
}

/// Where the cursor and the window are in a list of lines.
public struct Scroll: Equatable, Sendable {
    /// The line of the cursor, from 0.
    public var line = 0
    /// The first line on screen.
    public var top = 0

    /// Moves the cursor to a line of so many, and the window of that height with it.
    mutating func select(_ line: Int, of count: Int, height: Int) {
        self.line = min(max(0, line), max(0, count - 1))
        let height = max(1, height)
        if self.line < top { top = self.line }
        if self.line >= top + height { top = self.line - height + 1 }
        top = max(0, min(top, count - height))
    }

    /// Does what an action of moving does; false for another.
    mutating func perform(_ action: Action, of lineCount: Int, height: Int, count: Int?) -> Bool {
        let target = action.target(from: line, of: lineCount, height: height, count: count)
        guard let target else { return false }
        select(target, of: lineCount, height: height)
        return true
    }
}

extension Model {
    /// The rows of the screen that a pane has below the row of its title.
    var paneHeight: Int { max(1, size.bodyEnd - 2) }

    /// What a key does in a pane; nil when it does what it does everywhere.
    mutating func perform(_ action: Action, in pane: Pane) -> [Effect]? {
        switch action {
        case .back:
            panes.removeLast()
            return []
        case .suspend, .quit, .redraw, .help, .cancel, .command, .viewBack, .viewForward, .toggleMouse: return nil
        case .transactions, .tables, .actors, .timeline, .health, .summary:
            panes = []
            return nil
        default: break
        }
        let effects: [Effect]? =
            switch pane {
            case .history(let pane): perform(action, in: pane)
            case .row(let pane): perform(action, in: pane)
            case .revert(let pane): perform(action, in: pane)
            }
        if effects == nil { notice = Notice(.info, "not in this view; \(key(.back)) leads back") }
        return effects ?? []
    }

    /// Takes in the answer for the pane that waits for it, if it is still there.
    mutating func fillPane(_ answer: Answer, of id: RequestID) {
        for index in panes.indices {
            switch (panes[index], answer) {
            case (.history(var pane), .history(let history)) where pane.history == .loading(id):
                pane.history = .loaded(history)
                pane.compare(height: paneHeight)
                panes[index] = .history(pane)
            case (.row(var pane), .row(let row)) where pane.row == .loading(id):
                pane.row = .loaded(row)
                panes[index] = .row(pane)
            case (.revert(var pane), .revert(let script)) where pane.script == .loading(id):
                pane.script = .loaded(script)
                panes[index] = .revert(pane)
            default: continue
            }
        }
    }

    /// Moves the windows of the views over the list so that their cursors are on the screen.
    mutating func fitViews() {
        if let overview { self.overview?.select(overview.selection, visibleRows: size.bodyEnd - 3) }
        for index in panes.indices {
            switch panes[index] {
            case .history(var pane):
                pane.fit(size)
                panes[index] = .history(pane)
            case .row(var pane):
                pane.scroll.select(pane.scroll.line, of: pane.lines.count, height: size.rowValues.count)
                panes[index] = .row(pane)
            case .revert(var pane):
                pane.scroll.select(pane.scroll.line, of: pane.lines.count, height: paneHeight)
                panes[index] = .revert(pane)
            }
        }
    }

    /// Takes in that there is no answer for a pane; false when none of them waits for it.
    mutating func failPane(_ failure: Failure, of id: RequestID) -> Bool {
        for index in panes.indices {
            switch panes[index] {
            case .history(var pane) where pane.history == .loading(id):
                pane.history = .failed(failure)
                panes[index] = .history(pane)
            case .row(var pane) where pane.row == .loading(id):
                pane.row = .failed(failure)
                panes[index] = .row(pane)
            case .revert(var pane) where pane.script == .loading(id):
                pane.script = .failed(failure)
                panes[index] = .revert(pane)
            default: continue
            }
            return true
        }
        return false
    }

    /// Whether a pane waits for the server.
    var isPaneWaiting: Bool {
        panes.contains(where: \.isLoading)
    }

    /// A row by its table and key as it stands in a title: `orders #42`.
    static func rowName(_ table: TableName, _ key: RowKey) -> String {
        "\(table.short) #\(key.map { keyValueText($0.value) }.joined(separator: ","))"
    }
}

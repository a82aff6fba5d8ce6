import AuditTrail
import Screen

/// Changes the model by what has happened and returns what is to be done about it.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
    let effects = model.take(message)
    return effects + model.askForShape()
}

extension Model {
    fileprivate mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .key(let key): return handle(key)
        case .resized(let size):
            self.size = size
            keepCursorsVisible()
            fitViews()
            return askForHistogram()
        case .answered(let id, let answer): return accept(answer, of: id)
        case .failed(let id, let failure): return accept(failure, of: id)
        case .connection(let connection): return accept(connection)
        case .statements(let statements):
            overlay = .statements(StatementPager(statements))
            return []
        case .told(let notice):
            self.notice = notice
            return []
        case .tick(let now):
            self.now = now
            return askForNews()
        }
    }
}

extension Model {
    fileprivate mutating func handle(_ key: Key) -> [Effect] {
        if key == .control("c") { return interrupt() }
        isQuitArmed = false
        notice = nil
        switch overlay {
        case .picker(let picker): return handle(key, in: picker)
        case .filter(let prompt): return handle(key, in: prompt)
        case .search(let prompt): return handle(key, in: prompt)
        case .goTo(let prompt): return handle(key, in: prompt)
        case .yanks(let yanks): return handle(key, in: yanks)
        case .pivots(let pivots): return handle(key, in: pivots)
        case .command(let prompt): return handle(key, in: prompt)
        case .statements(let pager): return handle(key, in: pager)
        case .help(let offset): return handle(key, inHelpAt: offset)
        case nil:
            // Esc goes back like q, but whoever holds it down must not fall out of the program.
            if key == .escape, focus == .list, overview == nil, panes.isEmpty { return [] }
            return keymap.action(for: key, in: keyPlace).map { perform($0) } ?? unknown(key)
        }
    }

    private mutating func unknown(_ key: Key) -> [Effect] {
        notice = Notice(.info, "\(key.name) does nothing here; ? lists the keys")
        return []
    }

    private mutating func interrupt() -> [Effect] {
        if isWaiting {
            notice = Notice(.info, "cancelling")
            return [.cancel]
        }
        if overlay != nil {
            overlay = nil
            return []
        }
        if isQuitArmed { return [.quit] }
        isQuitArmed = true
        notice = Notice(.info, "press ^C again to quit")
        return []
    }

    /// Whether the page waits for the server.
    var isWaiting: Bool {
        if case .loading = detail.activities { return true }
        return isPaneWaiting || list.pending != nil || detail.pending != nil || lookup != nil
    }

    private mutating func perform(_ action: Action) -> [Effect] {
        if let pane = panes.last, let effects = perform(action, in: pane) { return effects }
        if let overview, let effects = perform(action, in: overview) { return effects }
        switch action {
        case .transactions:
            overview = nil
            return []
        case .tables: return open(.tables)
        case .actors: return open(.actors)
        case .timeline: return open(.timeline)
        case .health: return open(.health)
        case .summary: return open(.summary)
        case .moveDown, .moveUp, .halfPageDown, .halfPageUp, .pageDown, .pageUp, .first, .last: return move(action)
        case .open: return open()
        case .back: return back()
        case .quit: return [.quit]
        case .cancel: return interrupt()
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .otherPane:
            focus = focus == .list ? .detail : .list
            keepCursorsVisible()
            return focus == .detail ? askForDetail() : []
        case .maximize:
            isMaximized.toggle()
            keepCursorsVisible()
            return []
        case .nextTransaction: return select(list.selection + 1)
        case .previousTransaction: return select(list.selection - 1)
        case .nextChange: return showChange(detail.index + 1)
        case .previousChange: return showChange(detail.index - 1)
        case .moreContext: return changeContext(by: 1)
        case .lessContext: return changeContext(by: -1)
        case .editFilter: return openFilterPrompt()
        case .recentFilters: return openFilterPrompt(recall: 1)
        case .toggleFilter: return toggleFilter()
        case .filterFor: return filterByValue(isWanted: true)
        case .filterOut: return filterByValue(isWanted: false)
        case .tablePicker: return openPicker(.tables)
        case .actorPicker: return openPicker(.actors)
        case .cycleVerb: return cycleVerb()
        case .clearFilter: return dropLastTerm()
        case .diffLayout: return cycleDiffLayout()
        case .wrap: return toggleWrap()
        case .hideNoise: return hideNoise()
        case .collapse: return collapse()
        case .expand: return expand()
        case .history: return openHistory()
        case .blame: return openHistory(showingBlame: true)
        case .rowAtTime: return openRowAtTime()
        case .revert: return openRevert()
        case .yank: return openYanks()
        case .openOutside: return openOutside()
        case .markBase, .write, .copy, .toggleGuards: return []
        case .search: return openSearch()
        case .nextMatch: return repeatSearch(forward: true)
        case .previousMatch: return repeatSearch(forward: false)
        case .pivot: return openPivots()
        case .goTo: return openGoTo()
        case .command:
            overlay = .command(CommandPrompt())
            return []
        case .dayBack: return goInTime(bySeconds: -86400)
        case .dayForward: return goInTime(bySeconds: 86400)
        case .toggleHistogram: return toggleStrip()
        case .zoomIn: return zoom(in: true)
        case .zoomOut: return zoom(in: false)
        case .olderSpan: return goToSpan(older: true)
        case .newerSpan: return goToSpan(older: false)
        case .follow: return toggleFollow()
        case .refresh: return refresh()
        case .help:
            overlay = .help(offset: 0)
            return []
        }
    }

    private mutating func handle(_ key: Key, inHelpAt offset: Int) -> [Effect] {
        let last = max(0, keymap.bindings.count - (size.rows - 4))
        switch keymap.action(for: key) {
        case .moveDown: overlay = .help(offset: min(last, offset + 1))
        case .moveUp: overlay = .help(offset: max(0, offset - 1))
        case .pageDown, .halfPageDown: overlay = .help(offset: min(last, offset + 10))
        case .pageUp, .halfPageUp: overlay = .help(offset: max(0, offset - 10))
        case .first: overlay = .help(offset: 0)
        case .last: overlay = .help(offset: last)
        case .suspend: return [.suspend]
        case .quit: return [.quit]
        default: overlay = nil
        }
        return []
    }

    private mutating func open() -> [Effect] {
        guard focus == .list else { return openWholeActivity() }
        guard list.selected != nil else { return [] }
        focus = .detail
        keepCursorsVisible()
        return askForDetail()
    }

    private mutating func back() -> [Effect] {
        if focus == .detail {
            focus = .list
            keepCursorsVisible()
            return []
        }
        return [.quit]
    }

    /// Moves the windows of both panes so that their cursors are on screen.
    mutating func keepCursorsVisible() {
        let layout = Layout(of: self)
        list.scroll(visibleRows: layout.listRows.count)
        detail.fit(columns: layout.detailColumns.count)
        detail.scroll(lineCount: detail.rowCount, visibleRows: layout.detailRows.count)
    }
}

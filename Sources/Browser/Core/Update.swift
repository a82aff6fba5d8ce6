import AuditTrail
import Screen

/// Changes the model by what has happened and returns what is to be done about it.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
    let left = model.visit
    let history = model.viewHistory
    let effects = model.take(message)
    // What came too late to be cancelled has ended, too.
    if model.notice == .cancelling, !model.isWaiting { model.notice = nil }
    if model.viewHistory == history, !model.visit.isSameView(as: left) { model.viewHistory.leave(left) }
    return effects + model.askForShape()
}

extension Model {
    fileprivate mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .key(let key): return handle(key)
        case .pasted(let text): return paste(text)
        case .mouse(let mouse): return handle(mouse)
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
        case .dryRun(let id, let run): return accept(run, of: id)
        case .exportOpened(let path): return beginExport(to: path)
        case .exportFailed(let reason): return failExport(reason)
        case .waited:
            heldDetail = nil
            return []
        case .tick(let now):
            self.now = now
            return reconnectWhenDue() + askForNews()
        }
    }
}

extension Model {
    fileprivate mutating func handle(_ key: Key) -> [Effect] {
        if isCancel(key) { return interrupt() }
        isQuitArmed = false
        notice = nil
        if takesCounts, takeIntoCount(key) { return [] }
        defer { count = nil }
        switch overlay {
        case .picker(let picker): return handle(key, in: picker)
        case .filter(let prompt): return handle(key, in: prompt)
        case .search(let prompt): return handle(key, in: prompt)
        case .goTo(let prompt): return handle(key, in: prompt)
        case .yanks(let yanks): return handle(key, in: yanks)
        case .exports(let filter): return handle(key, exporting: filter)
        case .pivots(let pivots): return handle(key, in: pivots)
        case .command(let prompt): return handle(key, in: prompt)
        case .statements(let pager): return handle(key, in: pager)
        case .help(let help): return handle(key, in: help)
        case nil:
            // Esc goes back like q, but whoever holds it down must not fall out of the program.
            if key == .escape, focus == .list, overview == nil, panes.isEmpty { return [] }
            return keymap.action(for: key, in: keyPlace).map { perform($0) } ?? unknown(key)
        }
    }

    /// Whether the key cancels; in a prompt, a character does not.
    private func isCancel(_ key: Key) -> Bool {
        if key == .control("c") { return true }
        if case .character = key, !takesCounts { return false }
        return keymap.action(for: key, in: keyPlace) == .cancel
    }

    /// Whether keys move, so that a number before one means something.
    private var takesCounts: Bool {
        switch overlay {
        case nil, .statements: true
        case .help(let help): help.prompt == nil
        default: false
        }
    }

    private mutating func unknown(_ key: Key) -> [Effect] {
        notice = Notice(.info, "\(key.name) does nothing here; \(self.key(.help)) lists the keys")
        return []
    }

    private mutating func interrupt() -> [Effect] {
        count = nil
        // There is nothing on screen that one would lose.
        if isWaitingForFirstSession, overlay == nil { return [.quit] }
        if isWaiting {
            notice = .cancelling
            return [.cancel]
        }
        if export != nil { return stopExport() }
        if tally?.pending != nil { return stopCounting() }
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
        return isPaneWaiting || awaitedDryRun != nil || list.pending != nil || detail.pending != nil || lookup != nil
    }

    mutating func perform(_ action: Action) -> [Effect] {
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
        case .nextTheme: return useNextTheme()
        case .otherPane:
            focus = focus == .list ? .detail : .list
            keepCursorsVisible()
            return focus == .detail ? askForDetail() : []
        case .togglePreview: return togglePreview()
        case .scrollLeft: return scrollSideways(by: -1)
        case .scrollRight: return scrollSideways(by: 1)
        case .maximize:
            isMaximized.toggle()
            keepCursorsVisible()
            return []
        case .nextTransaction: return select(list.row(ofLine: list.line + (count ?? 1)))
        case .previousTransaction: return select(list.row(ofLine: list.line - (count ?? 1)))
        case .nextChange: return moveToChange(by: 1)
        case .previousChange: return moveToChange(by: -1)
        case .moreContext: return changeContext(by: count ?? 1)
        case .lessContext: return changeContext(by: -(count ?? 1))
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
        case .export: return openExports()
        case .mark: return toggleMark()
        case .showMarked: return toggleMarkedOnly()
        case .countAll: return countAll()
        case .nextMark: return goToMark(below: true)
        case .previousMark: return goToMark(below: false)
        case .markBase, .write, .copy, .toggleGuards, .dryRun: return []
        case .search: return openSearch()
        case .nextMatch: return repeatSearch(onward: true)
        case .previousMatch: return repeatSearch(onward: false)
        case .pivot: return openPivots()
        case .goTo: return openGoTo()
        case .command: return openCommandLine()
        case .dayBack: return goInTime(bySeconds: -86400 * Int64(count ?? 1))
        case .dayForward: return goInTime(bySeconds: 86400 * Int64(count ?? 1))
        case .flipOrder: return flipOrder()
        case .toggleHistogram: return toggleStrip()
        case .zoomIn: return zoom(in: true)
        case .zoomOut: return zoom(in: false)
        case .olderSpan: return goToSpan(older: true)
        case .newerSpan: return goToSpan(older: false)
        case .follow: return toggleFollow()
        case .refresh: return refresh()
        case .viewBack: return goBack()
        case .viewForward: return goForward()
        case .toggleMouse: return toggleMouse()
        case .help:
            overlay = .help(Help(of: self))
            return []
        }
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

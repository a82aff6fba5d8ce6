import AuditTrail
import Screen

/// What the mouse does, where the browser has it: turn to move, click to select, twice to open.
extension Model {
    /// How many lines a step of the wheel moves.
    private static let wheelLines = 3

    mutating func toggleMouse() -> [Effect] {
        isMouseOn.toggle()
        let words =
            isMouseOn
            ? "the mouse scrolls, selects and opens; with Shift it marks text as before"
            : "the mouse is the terminal's again"
        notice = Notice(.info, words)
        return [.mouse(isMouseOn)]
    }

    mutating func handle(_ mouse: Mouse) -> [Effect] {
        // What the terminal had reported before it was told to stop.
        guard isMouseOn else { return [] }
        isQuitArmed = false
        count = nil
        notice = nil
        switch mouse.act {
        case .wheelDown: return turnWheel(.moveDown, at: mouse.row)
        case .wheelUp: return turnWheel(.moveUp, at: mouse.row)
        case .click(let count): return click(column: mouse.column, row: mouse.row, isDouble: count == 2)
        }
    }
}

/// The wheel.
extension Model {
    private mutating func turnWheel(_ action: Action, at row: Int) -> [Effect] {
        count = Self.wheelLines
        defer { count = nil }
        switch overlay {
        case .help(var help):
            let target = action.target(from: help.top, of: help.lines.count, height: helpHeight, count: count)
            help.scroll(to: target ?? help.top, height: helpHeight)
            overlay = .help(help)
        case .statements(var pager):
            let target = action.target(from: pager.top, of: pager.lines.count, height: 1, count: count)
            pager.scroll(to: target ?? pager.top, height: max(1, size.rows - 2))
            overlay = .statements(pager)
        case .picker(var picker):
            picker.move(by: action == .moveDown ? 1 : -1)
            overlay = .picker(picker)
        case nil:
            if panes.isEmpty, overview == nil { return turnWheel(action, in: Layout(of: self), at: row) }
            return perform(action)
        default: break
        }
        return []
    }

    /// Moves in the part under the pointer; the keys stay with theirs.
    private mutating func turnWheel(_ action: Action, in layout: Layout, at row: Int) -> [Effect] {
        let focus = focus
        self.focus = layout.detailRows.contains(row) ? .detail : layout.listRows.isEmpty ? .detail : .list
        defer { self.focus = focus }
        return move(action)
    }
}

/// Clicks.
extension Model {
    private mutating func click(column: Int, row: Int, isDouble: Bool) -> [Effect] {
        switch overlay {
        case .picker(let picker): return click(row: row, isDouble: isDouble, in: picker)
        case .yanks(let yanks): return clickMenu(yanks.map(\.key), column, row) { $0.handle($1, in: yanks) }
        case .pivots(let pivots): return clickMenu(pivots.map(\.key), column, row) { $0.handle($1, in: pivots) }
        case .exports(let target):
            return clickMenu(target.menu.map(\.key), column, row) { $0.handle($1, exporting: target) }
        case nil: break
        default: return []
        }
        if row == size.rows - 1, Layout(of: self).shape != .tiny {
            let hint = hints.first { $0.columns.contains(column) }
            return hint.map { perform($0.action) } ?? []
        }
        if row == size.bodyEnd, notice == nil, let tab = tabs.first(where: { $0.columns.contains(column) }) {
            return perform(tab.action)
        }
        if let pane = panes.last { return click(row: row, isDouble: isDouble, in: pane) }
        if let overview { return click(row: row, isDouble: isDouble, in: overview) }
        return click(column: column, row: row, isDouble: isDouble, in: Layout(of: self))
    }

    /// Presses the key of the entry of a menu that is there.
    private mutating func clickMenu(
        _ keys: [Character],
        _ column: Int,
        _ row: Int,
        _ press: (inout Model, Key) -> [Effect]
    ) -> [Effect] {
        guard let index = MenuLayout(count: keys.count, on: size).index(column: column, row: row) else { return [] }
        return press(&self, .character(keys[index]))
    }

    private mutating func click(column: Int, row: Int, isDouble: Bool, in layout: Layout) -> [Effect] {
        if layout.stripRows.contains(row) { return goToBar(column - 1) }
        if layout.listRows.contains(row) {
            let line = row - layout.listRows.lowerBound
            guard case .row(let index) = list.content(ofLine: line, height: layout.listRows.count) else { return [] }
            focus = .list
            return select(index) + (isDouble ? perform(.open) : [])
        }
        guard layout.detailRows.contains(row) else { return [] }
        let line = detail.top + row - layout.detailRows.lowerBound
        guard line < detail.rowCount else { return [] }
        focus = .detail
        detail.select(line: line, lineCount: detail.rowCount, visibleRows: layout.detailRows.count)
        return isDouble ? perform(.open) : []
    }

    /// Goes to the last transaction of a bar of the histogram.
    private mutating func goToBar(_ index: Int) -> [Effect] {
        guard let histogram = timeStrip.histogram.value, histogram.counts.indices.contains(index) else { return [] }
        viewHistory.leave(visit)
        focus = .list
        return load(at: .at(Timestamp(microseconds: histogram.start(of: index + 1).microseconds - 1)), keeping: nil)
    }

    private mutating func click(row: Int, isDouble: Bool, in overview: Overview) -> [Effect] {
        var overview = overview
        let index = overview.top + row - 3
        guard 3..<max(3, size.rows - 2) ~= row, index < overview.rows.value?.count ?? 0 else { return [] }
        overview.select(index, visibleRows: max(1, size.rows - 5))
        self.overview = overview
        return isDouble ? perform(.open) : []
    }

    private mutating func click(row: Int, isDouble: Bool, in pane: Pane) -> [Effect] {
        switch pane {
        case .history(var pane):
            let layout = HistoryLayout(pane, of: size)
            if layout.versions.contains(row) {
                pane.isLowerFocused = false
                pane.versions.select(pane.versions.top + row - 3, of: pane.lineCount, height: layout.versions.count)
                pane.compare(height: layout.versions.count)
            } else if layout.lower.contains(row) {
                pane.isLowerFocused = true
                let line = pane.lowerScroll.top + row - layout.lower.lowerBound
                pane.lowerScroll.select(line, of: pane.lowerCount(columns: size.columns), height: layout.lower.count)
            }
            panes[panes.count - 1] = .history(pane)
            return isDouble && layout.versions.contains(row) ? perform(.open) : []
        case .row(var pane):
            guard 3..<max(3, size.rows - 4) ~= row else { return [] }
            pane.scroll.select(pane.scroll.top + row - 3, of: pane.lines.count, height: paneHeight - 3)
            panes[panes.count - 1] = .row(pane)
        case .revert(var pane):
            guard 2..<max(2, size.rows - 2) ~= row else { return [] }
            pane.scroll.select(pane.scroll.top + row - 2, of: pane.lines.count, height: paneHeight)
            panes[panes.count - 1] = .revert(pane)
        }
        return []
    }

    private mutating func click(row: Int, isDouble: Bool, in picker: Picker) -> [Effect] {
        var picker = picker
        let rows = Picker.itemRows(on: size)
        let index = picker.top(height: rows.count) + row - rows.lowerBound
        guard rows.contains(row), picker.matches.indices.contains(index) else { return [] }
        picker.selection = index
        overlay = .picker(picker)
        return isDouble ? handle(.enter, in: picker) : []
    }
}

extension Picker {
    /// The rows of the screen that the items have.
    static func itemRows(on size: Size) -> Range<Int> {
        let height = min(22, size.rows - 2, size.rows)
        let top = (size.rows - height) / 2
        return top + 2..<max(top + 2, top + height - 2)
    }

    /// The first item on screen.
    func top(height: Int) -> Int {
        max(0, min(selection - height / 2, matches.count - height))
    }
}

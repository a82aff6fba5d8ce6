import AuditTrail
import Screen

/// What a screen is too narrow for.
extension Model {
    /// Shows the changes beside the list, or the list alone.
    mutating func togglePreview() -> [Effect] {
        switch Layout(of: self).shape {
        case .split, .sideBySide: break
        case .tooSmall, .tiny, .single:
            notice = Notice(.info, "the screen is too small for both; \(key(.open)) opens the changes")
            return []
        }
        isMaximized.toggle()
        if isMaximized { focus = .list }
        keepCursorsVisible()
        return []
    }

    /// Shifts the list by half of its width, to the right or, where the number is negative, to the left.
    mutating func scrollSideways(by direction: Int) -> [Effect] {
        guard overview == nil, focus == .list else {
            notice = Notice(.info, "only the list of transactions goes sideways")
            return []
        }
        let layout = Layout(of: self)
        let width = layout.listColumns.count
        let further = widestRow(layout) - width
        guard direction < 0 ? list.shift > 0 : list.shift < further else {
            notice = Notice(.info, direction < 0 ? "this is the left end" : "nothing is cut off at the right")
            return []
        }
        let steps = max(1, min(count ?? 1, 100)) * direction
        list.shift = max(0, min(list.shift + steps * max(1, width / 2), max(further, 0)))
        return []
    }

    /// How many columns the longest of the rows on screen would take.
    private func widestRow(_ layout: Layout) -> Int {
        let columns = ListColumn.columns(forWidth: layout.listColumns.count, of: self)
        let fixed = columns.reduce(ListColumn.margin) { $0 + $1.width + 1 }
        guard let last = columns.last, last.width == 0 else { return fixed - 1 }
        let rows = list.rows.dropFirst(list.top).prefix(layout.listRows.count)
        return fixed - 1 + (rows.map { SafeText(last.text($0, clock)).width }.max() ?? 0)
    }
}

import AuditTrail

/// Choosing how differences are shown.
extension Model {
    mutating func changeContext(by step: Int) -> [Effect] {
        change { $0.context = min(max(0, $0.context + step), 100) }
    }

    mutating func cycleDiffLayout() -> [Effect] {
        let effects = change { $0.layout = $0.layout.next }
        if detail.settings.layout == .sideBySide, Layout(of: self).detailColumns.count < DiffSheet.minimumSideBySide {
            notice = Notice(.info, "side by side needs \(DiffSheet.minimumSideBySide) columns; shown unified")
        }
        return effects
    }

    mutating func toggleWrap() -> [Effect] { change { $0.wraps.toggle() } }

    /// Hides the columns that always change, or, while there is a word that was searched for, goes to the match before.
    ///
    /// Both are `N` by their conventions; who searches wants the search.
    mutating func hideNoise() -> [Effect] {
        guard lastSearch.isEmpty else { return repeatSearch(onward: false) }
        return change { $0.hidesNoise.toggle() }
    }

    private mutating func change(_ change: (inout DiffSettings) -> Void) -> [Effect] {
        detail.change(change)
        keepCursorsVisible()
        return []
    }

    /// Hides the parts of the value under the cursor, or of that which it is a part of.
    mutating func collapse() -> [Effect] {
        guard let path = detail.sheet?.foldTarget(at: detail.line) else {
            notice = Notice(.info, "there is nothing to fold here")
            return []
        }
        detail.setFolded(true, path)
        keepCursorsVisible()
        return []
    }

    mutating func expand() -> [Effect] {
        guard let path = detail.sheet?.foldedPath(at: detail.line) else {
            notice = Notice(.info, "nothing is folded here; \(key(.wrap)) shows long values in full")
            return []
        }
        detail.setFolded(false, path)
        keepCursorsVisible()
        return []
    }
}

import AuditTrail

/// Marking transactions, to come back to them or to look at them alone.
extension Model {
    mutating func toggleMark() -> [Effect] {
        guard let transaction = list.selected else {
            notice = Notice(.info, "there is no transaction under the cursor to mark")
            return []
        }
        if marks.remove(transaction.nativeID) == nil { marks.insert(transaction.nativeID) }
        return []
    }

    /// Filters by the marked transactions, or goes back to the filter from before.
    ///
    /// A filter, because all that can be done with what a filter selects is to be had for what was marked: the export, the
    /// summary, the command that leads there.
    mutating func toggleMarkedOnly() -> [Effect] {
        if let before = filterBeforeMarks {
            filterBeforeMarks = nil
            return apply(before)
        }
        guard !marks.isEmpty else {
            notice = Notice(.info, "nothing is marked; \(key(.mark)) marks the transaction under the cursor")
            return []
        }
        let before = filter
        let effects = apply(Filter([.term(.number(.nativeTransaction, .anyOf(marks.sorted(by: >))))]))
        filterBeforeMarks = before
        return effects
    }

    /// Goes to the next mark down the screen, or up.
    mutating func goToMark(below: Bool) -> [Effect] {
        let rows = list.rows.indices.filter { marks.contains(list.rows[$0].nativeID) }
        let isOlder = below != list.isOldestFirst
        let next = isOlder ? rows.first { $0 > list.selection } : rows.last { $0 < list.selection }
        guard let next else {
            notice = Notice(
                .info,
                "no mark \(below ? "below" : "above") in what is loaded; \(key(.showMarked)) shows all that is marked"
            )
            return []
        }
        return select(next)
    }
}

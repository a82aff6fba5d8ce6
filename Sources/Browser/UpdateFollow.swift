import AuditTrail

/// Following the newest end.
extension Model {
    mutating func toggleFollow() -> [Effect] {
        if follow != nil {
            follow = nil
            notice = Notice(.info, "no longer following")
            return []
        }
        follow = Follow()
        return askForPulse()
    }

    /// Asks whether anything has been written, while following and with no such question open.
    mutating func askForPulse() -> [Effect] {
        guard case .ready = connection, var follow, follow.pending == nil, follow.counting == nil
        else { return [] }
        let id = nextRequest()
        follow.pending = id
        self.follow = follow
        return [.ask(.pulse, id)]
    }

    mutating func accept(pulse: String, of id: RequestID) -> [Effect] {
        guard var follow, follow.pending == id else { return [] }
        follow.pending = nil
        let previous = follow.pulse
        follow.pulse = pulse
        self.follow = follow
        guard previous != pulse else { return [] }
        // The page is read after the pulse was felt: what is committed in between is in it, or changes the next pulse.
        if previous == nil { return load(at: .newest, keeping: nil) }
        let id = nextRequest()
        self.follow?.counting = id
        return [.ask(.transactions(filter, at: .newest, limit: TransactionList.pageSize), id)]
    }

    /// Takes in the newest page: shows it when the cursor is on top, else counts what is new.
    mutating func count(_ page: TransactionPage) -> [Effect] {
        follow?.counting = nil
        let isOnTop = list.selection == 0 && list.newerEdge == .end && focus == .list
        if isOnTop {
            let pending = TransactionList.Pending(id: nextRequest(), anchor: .newest, purpose: .replacing(keeping: nil))
            list.accept(page, as: pending, visibleRows: Layout(of: self).listRows.count)
            follow?.newCount = 0
            return showSelected()
        }
        let known = list.newerEdge == .end ? list.rows.first?.nativeID : nil
        let newRows = page.transactions.prefix { $0.nativeID != known }
        follow?.newCount = newRows.count
        return []
    }

    /// Whether new transactions are shown as they come.
    var isFollowPaused: Bool {
        follow != nil && !(list.selection == 0 && list.newerEdge == .end && focus == .list)
    }
}

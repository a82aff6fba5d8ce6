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
        return askForNews()
    }

    /// Asks what has been committed since the last answer, while following and with no such question open.
    mutating func askForNews() -> [Effect] {
        guard case .ready = connection, var follow, follow.pending == nil, follow.showing == nil else { return [] }
        let id = nextRequest()
        follow.pending = id
        self.follow = follow
        return [.ask(.news(since: follow.moment, filter), id)]
    }

    /// Takes in what is new: shows it when the cursor is on top, else counts it.
    mutating func accept(_ nativeIDs: [Int64], at moment: TrailMoment, of id: RequestID) -> [Effect] {
        guard var follow, follow.pending == id else { return [] }
        follow.pending = nil
        // The page is read after the first moment: what is committed in between is in it, and known when it is news.
        let isFirst = follow.moment == nil
        follow.moment = moment
        if isFirst {
            self.follow = follow
            return load(at: .newest, keeping: nil)
        }
        follow.unseen.formUnion(Set(nativeIDs).subtracting(list.rows.map(\.nativeID)))
        guard !follow.unseen.isEmpty, !isFollowPaused else {
            self.follow = follow
            return []
        }
        let page = nextRequest()
        follow.showing = page
        self.follow = follow
        return [.ask(.transactions(filter, at: .newest, limit: TransactionList.pageSize), page)]
    }

    /// Shows the newest page, unless the cursor has moved away meanwhile.
    mutating func show(_ page: TransactionPage) -> [Effect] {
        follow?.showing = nil
        guard !isFollowPaused else { return [] }
        // A count that runs goes on; one that is done is of before.
        if tally?.pending == nil { tally = nil }
        let pending = TransactionList.Pending(id: nextRequest(), anchor: .newest, purpose: .replacing(keeping: nil))
        list.accept(page, as: pending, visibleRows: Layout(of: self).listRows.count)
        follow?.unseen = []
        return showSelected()
    }

    /// Whether new transactions are only counted.
    var isFollowPaused: Bool {
        follow != nil && !(list.selection == 0 && list.newerEdge == .end && focus == .list)
    }
}

import AuditTrail

/// Taking in what the server says.
extension Model {
    mutating func accept(_ answer: Answer, of id: RequestID) -> [Effect] {
        switch answer {
        case .transactions(let page): return accept(page, of: id)
        case .activities(let activities, let hasMore): return accept(activities, hasMore: hasMore, of: id)
        case .activity(let activity): return acceptWhole(activity, of: id)
        case .tables(let tables): return accept(Picker.items(tables), of: id)
        case .actors(let actors): return accept(Picker.items(actors), of: id)
        case .histogram(let histogram): return accept(histogram, of: id)
        case .timeline, .tableOverview, .actorOverview, .summary, .health: return fillOverview(answer, of: id)
        case .changes(let page): return export(page, of: id)
        case .count(let part): return add(part, of: id)
        case .revert(let script) where scriptToCopy == id:
            scriptToCopy = nil
            return [.copy(script.text)]
        case .history, .row, .revert:
            fillPane(answer, of: id)
            return []
        // A command's question, not the browser's.
        case .table: return []
        case .shape(let table, let shape):
            shapes[table] = .some(shape)
            detail.setShape(shapeOfChange)
            keepCursorsVisible()
            return []
        case .names(let unknown): return accept(unknown, of: id)
        case .unanswerable(let reason): return accept(Failure(message: reason), of: id)
        case .news(let moment, let nativeIDs): return accept(nativeIDs, at: moment, of: id)
        }
    }

    private mutating func accept(_ items: [Picker.Item], of id: RequestID) -> [Effect] {
        fillPrompt(items, of: id) ? [] : fill(items, of: id)
    }

    mutating func accept(_ connection: Connection) -> [Effect] {
        switch connection {
        // What was lost stays on screen with the reason until a session stands again.
        case .connecting where reconnection.failures > 0: return []
        case .lost: reconnection.fail(at: now)
        case .ready: reconnection = Reconnection()
        case .connecting: break
        }
        self.connection = connection
        guard case .ready = connection else { return [] }
        let histogram = askForHistogram()
        if list.pending == nil, list.isLoaded { return refresh() + histogram }
        return load(at: .newest, keeping: nil) + histogram
    }

    private mutating func accept(_ page: TransactionPage, of id: RequestID) -> [Effect] {
        if follow?.showing == id { return show(page) }
        if let effects = goToFound(page, of: id) { return effects }
        guard let pending = list.pending, pending.id == id else { return [] }
        if case .at = pending.anchor, page.transactions.isEmpty, page.next == nil {
            // Nothing is so old: the oldest there is comes nearest.
            return load(at: .oldest, keeping: nil)
        }
        list.accept(page, as: pending, visibleRows: Layout(of: self).listRows.count)
        return fillUp() + askForNamesOfNothing() + showSelected() + keepStripAroundCursor()
    }

    private mutating func accept(_ activities: [Activity], hasMore: Bool, of id: RequestID) -> [Effect] {
        if detail.activities == .loading(id) {
            detail.activities = .loaded(activities)
            detail.hasMore = hasMore
        } else if detail.pending == id, let known = detail.activities.value {
            detail.pending = nil
            detail.activities = .loaded(known + activities)
            detail.hasMore = hasMore
        }
        keepCursorsVisible()
        return []
    }

    private mutating func acceptWhole(_ activity: Activity?, of id: RequestID) -> [Effect] {
        guard detail.pending == id, var activities = detail.activities.value else { return [] }
        detail.pending = nil
        if let activity, let index = activities.firstIndex(where: { $0.id == activity.id }) {
            activities[index] = activity
            detail.activities = .loaded(activities)
        }
        keepCursorsVisible()
        return []
    }

    mutating func accept(_ failure: Failure, of id: RequestID) -> [Effect] {
        if list.pending?.id == id {
            list.pending = nil
            list.failure = failure
        } else if detail.activities == .loading(id) {
            detail.activities = .failed(failure)
        } else if detail.pending == id {
            detail.pending = nil
        } else if histogramRequest == id {
            histogramRequest = nil
            timeStrip.histogram = .failed(failure)
            return []
        } else if failPane(failure, of: id) {
            return []
        } else if export?.pending == id {
            return failExport(failure.message)
        } else if tally?.pending == id {
            tally = nil
        } else if scriptToCopy == id {
            scriptToCopy = nil
        } else if overview?.rows == .loading(id) {
            overview?.rows = .failed(failure)
        } else if lookup?.id == id {
            lookup = nil
        } else if follow?.pending == id || follow?.showing == id {
            follow?.pending = nil
            follow?.showing = nil
        } else if case .picker(var picker) = overlay, picker.items == .loading(id) {
            picker.items = .failed(failure)
            overlay = .picker(picker)
        } else {
            return []
        }
        notice = Notice(failure.isCancellation ? .info : .error, failure.message)
        return []
    }
}

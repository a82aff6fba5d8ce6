import AuditTrail
import Screen

/// Where to go, while it is typed.
public struct GoToPrompt: Equatable, Sendable {
    /// What has been typed.
    public var line = LineEditor()
    /// What is wrong with it; nil before Enter.
    public var error: Destination.ParseError?
}

/// Going to a time, a transaction or a row.
extension Model {
    mutating func openGoTo() -> [Effect] {
        overlay = .goTo(GoToPrompt())
        return []
    }

    mutating func handle(_ key: Key, in prompt: GoToPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape: overlay = nil
        case .enter:
            do {
                let destination = try Destination(parsing: prompt.line.text, now: now)
                overlay = nil
                return go(to: destination)
            } catch {
                prompt.error = error
                overlay = .goTo(prompt)
            }
        case .control("z"): return [.suspend]
        default:
            guard prompt.line.handle(key) else { return [] }
            prompt.error = nil
            overlay = .goTo(prompt)
        }
        return []
    }

    mutating func go(to destination: Destination) -> [Effect] {
        viewHistory.leave(visit)
        focus = .list
        overview = nil
        panes = []
        switch destination {
        case .moment(let moment): return load(at: .at(moment), keeping: nil)
        case .transaction(let filter): return look(for: filter, at: .newest)
        }
    }

    private mutating func look(for filter: Filter, at anchor: Anchor) -> [Effect] {
        let id = nextRequest()
        lookup = Lookup(id: id, filter: filter)
        return [.ask(.transactions(filter, at: anchor, limit: 1), id)]
    }

    /// Goes to what was looked for, looks on, or says that there is none; nil when the page is for something else.
    mutating func goToFound(_ page: TransactionPage, of id: RequestID) -> [Effect]? {
        guard let lookup, lookup.id == id else { return nil }
        self.lookup = nil
        if let transaction = page.transactions.first {
            guard list.order != .transaction || transaction.id != nil else {
                notice = Notice(.warning, "the filter hides it: it has no transaction row")
                return []
            }
            return load(at: .older(than: transaction.position(in: list.order).justNewer), keeping: transaction)
        }
        if let next = page.next { return look(for: lookup.filter, at: .older(than: next)) }
        notice = Notice(.warning, "the trail has nothing of \(lookup.filter)")
        return []
    }

    /// Moves by so many seconds of time.
    mutating func goInTime(bySeconds seconds: Int64) -> [Effect] {
        guard let time = list.selected?.issuedAt else {
            notice = Notice(.info, "there is no time under the cursor to go from")
            return []
        }
        viewHistory.leave(visit)
        return load(at: .at(time.adding(seconds: seconds)), keeping: nil)
    }
}

/// The transaction that is being looked for, to go to it.
public struct Lookup: Equatable, Sendable {
    var id: RequestID
    var filter: Filter
}

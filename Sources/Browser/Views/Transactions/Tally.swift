import AuditTrail

/// How much the filter selects, counted exactly when somebody asks.
public struct Tally: Equatable, Sendable {
    /// What is counted.
    let filter: Filter
    /// The transactions so far.
    var transactions = 0
    /// The changes so far.
    var changes = 0
    /// Until when the trail has been looked through; nil at the beginning and at its end.
    var reached: Timestamp?
    /// The part that is awaited; nil when all has been counted.
    var pending: RequestID?

    /// `1,284 tx · 3,902 changes`, and how far the count has come.
    func text(in zone: TimeZone) -> String {
        let words = "\(grouped(transactions)) tx · \(grouped(changes)) change\(changes == 1 ? "" : "s")"
        guard pending != nil else { return words }
        return words + (reached.map { " since \(zone.calendar(of: $0).date)…" } ?? "…")
    }
}

/// Counting in parts, so that nothing waits for the whole.
extension Model {
    /// The count of what the list shows, if there is one.
    var currentTally: Tally? { tally?.filter == filter ? tally : nil }

    mutating func countAll() -> [Effect] {
        notice = countingNotice
        guard currentTally?.pending == nil else { return [] }
        tally = Tally(filter: filter)
        return askForCount(at: .newest)
    }

    private var countingNotice: Notice { Notice(.info, "counting; \(key(.cancel)) stops") }

    private mutating func askForCount(at anchor: Anchor) -> [Effect] {
        let id = nextRequest()
        tally?.pending = id
        return [.ask(.count(filter, at: anchor), id)]
    }

    /// Adds a part and asks for the next; what is of another filter by now is dropped.
    mutating func add(_ part: PartialCount, of id: RequestID) -> [Effect] {
        guard tally?.pending == id else { return [] }
        guard currentTally != nil else {
            tally = nil
            return []
        }
        tally?.transactions += part.transactions
        tally?.changes += part.changes
        tally?.reached = part.reached
        tally?.pending = nil
        if let next = part.next { return askForCount(at: next) }
        if notice == countingNotice { notice = nil }
        return []
    }

    /// Gives the count up; the number of what is loaded comes back.
    mutating func stopCounting() -> [Effect] {
        tally = nil
        notice = Notice(.info, "counting stopped")
        return []
    }
}

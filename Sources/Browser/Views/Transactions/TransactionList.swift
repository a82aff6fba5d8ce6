import AuditTrail

/// The part of the list of transactions that is in memory, and the cursor in it.
public struct TransactionList: Equatable, Sendable {
    /// What lies beyond an end of the loaded part.
    public enum Edge: Equatable, Sendable {
        /// Perhaps more, beyond this place.
        case open(Position)
        /// Nothing.
        case end
    }

    /// A page that is awaited, and what is to become of it.
    public struct Pending: Equatable, Sendable {
        /// What the page is for.
        public enum Purpose: Equatable, Sendable {
            /// A new list, keeping the cursor on a transaction where possible.
            case replacing(keeping: Transaction?)
            /// More at the old end.
            case appending
            /// More at the new end.
            case prepending
        }

        /// The question's number.
        public var id: RequestID
        /// Where the page lies.
        public var anchor: Anchor
        /// What it is for.
        public var purpose: Purpose
    }

    /// At most so many transactions stay in memory.
    public static let capacity = 5000
    /// A page.
    public static let pageSize = 200

    /// Whether the oldest transaction is shown at the top.
    public var isOldestFirst = false
    /// The transactions, newest first, whatever is shown at the top.
    public var rows: [Transaction] = []
    /// What the rows are ordered by.
    public var order = ListOrder.native
    /// How far a search has looked that has not found enough yet.
    public var searchedTo: Timestamp?
    /// What is newer than the first row.
    public var newerEdge = Edge.end
    /// What is older than the last row.
    public var olderEdge = Edge.end
    /// Whether anything was ever loaded for the present filter.
    public var isLoaded = false
    /// The page that is awaited.
    public var pending: Pending?
    /// The names in the filter that stand for nothing, asked for when nothing was found; nil where nobody has asked.
    public var unknown: Remote<[UnknownName]>?
    /// Why the last page did not come.
    public var failure: Failure?
    /// The row of the cursor, from 0.
    public var selection = 0
    /// The newest row on screen.
    public var top = 0
    /// How many columns of the screen the rows are shifted to the left.
    public var shift = 0

    /// The transaction under the cursor.
    public var selected: Transaction? { rows.indices.contains(selection) ? rows[selection] : nil }

    /// Moves the cursor to a row, as near as there is one, and the window with it.
    public mutating func select(_ row: Int, visibleRows: Int) {
        selection = min(max(0, row), max(0, rows.count - 1))
        scroll(visibleRows: visibleRows)
    }

    /// Moves the window so that the cursor is in it and no room is wasted.
    public mutating func scroll(visibleRows: Int) {
        let height = max(1, visibleRows)
        if selection < top { top = selection }
        if selection >= top + height { top = selection - height + 1 }
        top = max(0, min(top, rows.count - height))
    }

    /// Takes in the page that was awaited.
    mutating func accept(_ page: TransactionPage, as pending: Pending, visibleRows: Int) {
        self.pending = nil
        failure = nil
        order = page.order
        searchedTo = page.searchedTo
        switch pending.purpose {
        case .replacing(let kept): replace(with: page, anchor: pending.anchor, keeping: kept)
        case .appending: append(page)
        case .prepending: prepend(page)
        }
        isLoaded = true
        scroll(visibleRows: visibleRows)
    }

    private mutating func replace(with page: TransactionPage, anchor: Anchor, keeping kept: Transaction?) {
        rows = page.transactions
        let next = page.next.map(Edge.open) ?? .end
        switch anchor {
        case .newest: (newerEdge, olderEdge) = (.end, next)
        case .at: (newerEdge, olderEdge) = (rows.first.map { .open($0.position(in: order)) } ?? .end, next)
        case .older(let position): (newerEdge, olderEdge) = (.open(rows.first?.position(in: order) ?? position), next)
        case .oldest: (newerEdge, olderEdge) = (next, .end)
        case .newer(let position): (newerEdge, olderEdge) = (next, .open(rows.last?.position(in: order) ?? position))
        }
        let keptRow = kept.flatMap { kept in rows.firstIndex { $0.nativeID == kept.nativeID } }
        selection = keptRow ?? (anchor == .oldest ? max(0, rows.count - 1) : 0)
    }

    private mutating func append(_ page: TransactionPage) {
        let known = Set(rows.suffix(TransactionList.pageSize).map(\.nativeID))
        rows += page.transactions.filter { !known.contains($0.nativeID) }
        olderEdge = page.next.map(Edge.open) ?? .end
        let excess = min(rows.count - TransactionList.capacity, selection)
        guard excess > 0 else { return }
        rows.removeFirst(excess)
        selection -= excess
        top = max(0, top - excess)
        if let first = rows.first { newerEdge = .open(first.position(in: order)) }
    }

    private mutating func prepend(_ page: TransactionPage) {
        let known = Set(rows.prefix(TransactionList.pageSize).map(\.nativeID))
        let newer = page.transactions.filter { !known.contains($0.nativeID) }
        rows = newer + rows
        selection += newer.count
        top += newer.count
        newerEdge = page.next.map(Edge.open) ?? .end
        let excess = min(rows.count - TransactionList.capacity, rows.count - 1 - selection)
        guard excess > 0 else { return }
        rows.removeLast(excess)
        if let last = rows.last { olderEdge = .open(last.position(in: order)) }
    }
}

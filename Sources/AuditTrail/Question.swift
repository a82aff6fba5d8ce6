/// What a screen or a report may ask of a trail.
public enum Question: Equatable, Sendable {
    /// A page of transactions that hold a selected activity.
    case transactions(Filter, at: Anchor, limit: Int)
    /// A page of the selected activities of one transaction, in the order they were recorded.
    case activities(ActivityScope, after: Int64, limit: Int)
    /// One activity with its whole data, however large.
    case activity(id: Int64)
    /// The tables that are recorded or have been, with how much there is of each.
    case tables
    /// The actors whose label or key contains the text, or the busiest of late when it is empty.
    case actors(containing: String)
    /// A word that differs from the last one when something may have been written since.
    case pulse
}

/// Where a page of transactions lies in the list, which runs from the newest to the oldest.
public enum Anchor: Equatable, Sendable {
    /// The first page.
    case newest
    /// The last page.
    case oldest
    /// The page that follows the position, towards the past.
    case older(than: Position)
    /// The page that precedes the position, towards the present.
    case newer(than: Position)
}

/// A place between two transactions of a list.
public struct Position: Hashable, Sendable {
    /// The server's number of the transaction at which the place is.
    public var nativeID: Int64
    /// The number of its transaction row, when it has one.
    public var transactionID: Int64?

    /// A place at a transaction.
    public init(nativeID: Int64, transactionID: Int64?) {
        self.nativeID = nativeID
        self.transactionID = transactionID
    }
}

extension Position {
    /// The place on the newer side of the transaction at this one, so that reading towards the past begins with it.
    public var justNewer: Position {
        Position(nativeID: nativeID + 1, transactionID: transactionID.map { $0 + 1 })
    }
}

extension Transaction {
    /// The place of this transaction in its list.
    public var position: Position { Position(nativeID: nativeID, transactionID: id) }
}

/// Which activities of which transaction are wanted.
public struct ActivityScope: Hashable, Sendable {
    /// The server's number of the transaction.
    public var nativeID: Int64
    /// The first selected activity as far as is known.
    public var firstActivityID: Int64
    /// Whether the transaction has too many activities to sort them for a page.
    public var isLarge: Bool
    /// Which of its activities are wanted; what the filter says of actors does not matter here.
    public var filter: Filter

    /// The activities of a transaction of the list that the filter selects.
    public init(of transaction: Transaction, filter: Filter) {
        nativeID = transaction.nativeID
        firstActivityID = transaction.firstActivityID
        isLarge = transaction.counts.isCapped
        self.filter = filter
    }
}

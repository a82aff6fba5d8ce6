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

/// What a trail answers.
public enum Answer: Equatable, Sendable {
    /// Transactions, newest first.
    case transactions(TransactionPage)
    /// Activities in the order they were recorded; whether there are more behind them.
    case activities([Activity], hasMore: Bool)
    /// The activity; nil when there is none of that number.
    case activity(Activity?)
    /// Tables, those with most activities first.
    case tables([TableCount])
    /// Actors, the busiest first, or by label when they were searched for.
    case actors([ActorCount])
    /// The word to compare with the next one.
    case pulse(String)
}

/// A page of transactions and where the next one begins.
public struct TransactionPage: Equatable, Sendable {
    /// The transactions found, newest first; may be fewer than asked for although there are more.
    public var transactions: [Transaction]
    /// Where to go on in the same direction; nil when the list ends here.
    public var next: Position?

    /// A page from its parts.
    public init(transactions: [Transaction], next: Position?) {
        self.transactions = transactions
        self.next = next
    }
}

/// A table and how much the trail holds of it.
public struct TableCount: Equatable, Sendable {
    /// The table.
    public var table: TableName
    /// How many activities; nil when nobody knows.
    public var activities: Int64?
    /// Whether the number is an estimate.
    public var isEstimate: Bool
    /// Whether the table has a trigger that records its changes now.
    public var isAudited: Bool

    /// A table with its count.
    public init(table: TableName, activities: Int64?, isEstimate: Bool, isAudited: Bool) {
        self.table = table
        self.activities = activities
        self.isEstimate = isEstimate
        self.isAudited = isAudited
    }
}

/// An actor and how many of the latest transactions are theirs.
public struct ActorCount: Equatable, Sendable {
    /// The actor; nil for writes that have no transaction row.
    public var actor: Actor?
    /// How many of the transactions looked at; nil when they were not counted.
    public var transactions: Int64?

    /// An actor with a count.
    public init(actor: Actor?, transactions: Int64?) {
        self.actor = actor
        self.transactions = transactions
    }
}

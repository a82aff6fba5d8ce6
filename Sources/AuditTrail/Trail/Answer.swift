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
    /// The histogram; nil for an empty trail.
    case histogram(Histogram?)
    /// The timeline; nil for an empty trail.
    case timeline(Timeline?)
    /// Tables, those with most activities first.
    case tableOverview([TableOverview])
    /// Actors, the busiest first.
    case actorOverview([ActorOverview])
    /// The summary.
    case summary(Summary)
    /// Facts in the order in which they are to be read.
    case health([HealthFact])
    /// A table as it is now; nil when the database has none of the name.
    case shape(TableName, TableShape?)
    /// The life of a row.
    case history(RowHistory)
    /// Changes in the order in which they were asked for.
    case changes(ChangePage)
    /// How many there are in a part of the trail.
    case count(PartialCount)
    /// The script that takes changes back.
    case revert(RevertScript)
    /// A row as it was.
    case row(RowAtTime)
    /// The rows of a table as they were.
    case table(TableAtTime)
    /// The names in a filter that stand for nothing, in the order tables, actors, columns.
    case names([UnknownName])
    /// There is no answer, for a reason in words.
    case unanswerable(String)
    /// The present moment, and the native ids of at most 1001 transactions that are new since the one that was asked for.
    case news(TrailMoment, nativeIDs: [Int64])
}

/// A page of transactions and where the next one begins.
public struct TransactionPage: Equatable, Sendable {
    /// The transactions found, newest first; may be fewer than asked for although there are more.
    public var transactions: [Transaction]
    /// What the list is ordered by.
    public var order: ListOrder
    /// Where to go on in the same direction; nil when the list ends here.
    public var next: Position?
    /// How far a search has looked that has not found enough yet; nil when it has, or nobody knows.
    public var searchedTo: Timestamp?

    /// A page from its parts.
    public init(
        transactions: [Transaction],
        order: ListOrder,
        next: Position?,
        searchedTo: Timestamp? = nil
    ) {
        self.transactions = transactions
        self.order = order
        self.next = next
        self.searchedTo = searchedTo
    }
}

/// Changes and where to go on.
public struct ChangePage: Equatable, Sendable {
    /// The changes; may be fewer than asked for although there are more.
    public var changes: [AttributedActivity]
    /// Where to go on in the same direction; nil when there are no more.
    public var next: Anchor?

    /// A page from its parts.
    public init(changes: [AttributedActivity], next: Anchor?) {
        self.changes = changes
        self.next = next
    }
}

/// What a filter selects in a part of the trail; the parts add up to the whole.
public struct PartialCount: Equatable, Sendable {
    /// The transactions whose first selected change is in the part.
    public var transactions: Int
    /// The selected changes.
    public var changes: Int
    /// Until when the trail has been looked through; nil at its end.
    public var reached: Timestamp?
    /// Where the next part is; nil when there are no more.
    public var next: Anchor?

    /// A part from what is in it.
    public init(transactions: Int, changes: Int, reached: Timestamp?, next: Anchor?) {
        self.transactions = transactions
        self.changes = changes
        self.reached = reached
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
    /// The actor; nil for nobody.
    public var actor: Actor?
    /// How many of the transactions looked at; nil when they were not counted.
    public var transactions: Int64?

    /// An actor with a count.
    public init(actor: Actor?, transactions: Int64?) {
        self.actor = actor
        self.transactions = transactions
    }
}

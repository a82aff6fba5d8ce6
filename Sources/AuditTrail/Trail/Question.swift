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
    /// About how many selected activities there are in each of so many spans between two moments; nil for the ends of the
    /// trail.
    case histogram(from: Timestamp?, to: Timestamp?, spans: Int, of: Filter = Filter())
    /// The same with the verbs of a sample of each span.
    case timeline(from: Timestamp?, to: Timestamp?, spans: Int)
    /// What was done of late to each table, and whether it is recorded.
    case tableOverview
    /// What each actor did of late.
    case actorOverview
    /// What the newest activities that a filter selects have in common.
    case summary(Filter)
    /// The state of the trail.
    case health
    /// A table as it is now.
    case shape(TableName)
    /// The life of a row, at most so many versions of it.
    case history(TablePattern, KeyTerm, limit: Int)
    /// Selected changes with who made them, in the order of the anchor's direction.
    case changes(Filter, at: Anchor, limit: Int)
    /// How many transactions and changes a filter selects in the next part of the trail.
    case count(Filter, at: Anchor)
    /// The script that takes changes back.
    case revert(RevertRequest)
    /// A row as it was at a moment.
    case row(TablePattern, KeyTerm, at: Timestamp)
    /// The rows of a small table as they were at a moment.
    case table(TablePattern, at: Timestamp)
    /// Which names in a filter stand for nothing.
    case names(Filter)
    /// The transactions that a filter selects and that have been committed since a moment; nil for none before now.
    case news(since: TrailMoment?, Filter)
}

/// A moment in the life of a trail: what could be seen by then.
public struct TrailMoment: Hashable, Sendable {
    /// The server's snapshot, as it writes it; where that says nothing, the activities that could be seen.
    public var text: String

    /// A moment from what could be seen.
    public init(_ text: String) { self.text = text }
}

/// Where a page of transactions lies in the list, which runs from the newest to the oldest.
public enum Anchor: Equatable, Sendable {
    /// The first page.
    case newest
    /// The last page.
    case oldest
    /// The page that follows the position, towards the past.
    case older(than: Position)
    /// The page that begins with the last transaction up to a moment, towards the past.
    case at(Timestamp)
    /// The page that precedes the position, towards the present.
    case newer(than: Position)
}

/// What a list of transactions is ordered by; all of them rise with time as a rule.
public enum ListOrder: Hashable, Sendable {
    /// The server's numbers of the transactions.
    case native
    /// The numbers of the transaction rows.
    case transaction
    /// The numbers of the first selected activities.
    case activity
    /// The times of the first selected activities, in microseconds since 1970; several may be at one.
    case time
}

/// A place between two transactions of a list.
public struct Position: Hashable, Sendable {
    /// The order of the list.
    public var order: ListOrder
    /// The number, in that order, at which the place is.
    public var place: Int64
    /// How much the next step of a search should look at, of what it goes by; nil leaves it open.
    public var stepSize: Int?

    /// A place at a number.
    public init(order: ListOrder, place: Int64, stepSize: Int? = nil) {
        self.order = order
        self.place = place
        self.stepSize = stepSize
    }

    /// The place on the newer side of what is at this one, so that reading towards the past begins with it.
    public var justNewer: Position { Position(order: order, place: place + 1) }
}

extension Transaction {
    /// The place of this transaction in a list of that order; without a transaction row there is none in theirs.
    public func position(in order: ListOrder) -> Position {
        switch order {
        case .native: Position(order: order, place: nativeID)
        case .transaction: Position(order: order, place: id ?? 0)
        case .activity: Position(order: order, place: firstActivityID)
        case .time: Position(order: order, place: issuedAt?.microseconds ?? 0)
        }
    }
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

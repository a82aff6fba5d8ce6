/// A table, what was done to it of late, and whether it is being recorded.
public struct TableOverview: Equatable, Sendable {
    /// Whether changes of a table are recorded now.
    public enum Capture: String, Sendable {
        /// All triggers fire.
        case recording
        /// At least one trigger is switched off.
        case disabled
        /// The table has no trigger.
        case none = "not recorded"
        /// There is no such table any more.
        case gone
    }

    /// The table and how much the trail holds of it.
    public var count: TableCount
    /// What was done to it among the newest activities of the trail.
    public var newest: VerbCounts
    /// When it was last written, and by whom, among those.
    public var lastWrite: Timestamp?
    /// Nil when it was not written, or by nobody that is known.
    public var lastActor: Actor?
    /// Whether it is recorded.
    public var capture: Capture
    /// The columns of its primary key; empty without one.
    public var keyColumns: [String]

    /// An overview from its parts.
    public init(
        count: TableCount,
        newest: VerbCounts = VerbCounts(),
        lastWrite: Timestamp? = nil,
        lastActor: Actor? = nil,
        capture: Capture = .gone,
        keyColumns: [String] = []
    ) {
        self.count = count
        self.newest = newest
        self.lastWrite = lastWrite
        self.lastActor = lastActor
        self.capture = capture
        self.keyColumns = keyColumns
    }
}

/// An actor and what they did of late.
public struct ActorOverview: Equatable, Sendable {
    /// The actor; nil for writes that have no transaction row.
    public var actor: Actor?
    /// How many of the newest transactions are theirs.
    public var transactions: Int64
    /// When the last of them began.
    public var lastWrite: Timestamp?
    /// From where the last of them came, as text.
    public var lastClient: String?

    /// An overview from its parts.
    public init(actor: Actor?, transactions: Int64, lastWrite: Timestamp?, lastClient: String?) {
        self.actor = actor
        self.transactions = transactions
        self.lastWrite = lastWrite
        self.lastClient = lastClient
    }
}

/// Something about the state of a trail.
public struct HealthFact: Equatable, Sendable {
    /// How it is to be taken.
    public enum State: Equatable, Sendable {
        /// Good to know.
        case info
        /// As it should be.
        case good
        /// Worth a look.
        case bad
    }

    /// What it is about.
    public var name: String
    /// What is the case.
    public var value: String
    /// How it is to be taken.
    public var state: State

    /// A fact in words.
    public init(_ name: String, _ value: String, _ state: State = .info) {
        self.name = name
        self.value = value
        self.state = state
    }
}

/// What the newest activities that a filter selects have in common.
public struct Summary: Equatable, Sendable {
    /// What is counted.
    public enum Subject: String, Sendable {
        /// A table.
        case table
        /// Who did it.
        case actor
        /// What was done.
        case verb
        /// A column that updates changed.
        case column
        /// A value of a column before and after.
        case transition
    }

    /// Something and how many activities have it.
    public struct Item: Equatable, Sendable {
        /// What is counted.
        public var subject: Subject
        /// In words.
        public var text: String
        /// How many activities.
        public var count: Int64
        /// The term that selects them; nil when there is none.
        public var term: FilterTerm?
        /// The column whose values the text names; nil when it names none.
        public var column: String?

        /// An item from its parts.
        public init(
            _ subject: Subject,
            _ text: String,
            _ count: Int64,
            _ term: FilterTerm?,
            column: String? = nil
        ) {
            self.subject = subject
            self.text = text
            self.count = count
            self.term = term
            self.column = column
        }
    }

    /// How many activities were looked at.
    public var activities: Int64
    /// When the oldest of them was.
    public var oldest: Timestamp?
    /// Whether there may be more behind them.
    public var hasMore: Bool
    /// What is common, by subject, the most frequent first.
    public var items: [Item]

    /// A summary from its parts.
    public init(activities: Int64, oldest: Timestamp?, hasMore: Bool, items: [Item]) {
        self.activities = activities
        self.oldest = oldest
        self.hasMore = hasMore
        self.items = items
    }
}

/// A histogram whose activities are told apart by verb, as a sample of each span tells.
public struct Timeline: Equatable, Sendable {
    /// How many there are.
    public var histogram: Histogram
    /// The verbs of up to 20 activities of each span.
    public var samples: [VerbCounts]

    /// A timeline from its parts; as many samples as spans.
    public init(histogram: Histogram, samples: [VerbCounts]) {
        self.histogram = histogram
        self.samples = samples
    }
}

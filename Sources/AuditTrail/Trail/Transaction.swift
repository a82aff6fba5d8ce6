import JSON

/// One transaction as a line of the list: who, when, from where, and what it changed in short.
public struct Transaction: Equatable, Sendable {
    /// The server's own number of the transaction; lists are in its order.
    public var nativeID: Int64
    /// The number of the transaction row; nil when the writer bypassed the application.
    public var id: Int64?
    /// Who it claims to be made by; nil when nobody claimed it.
    public var actor: Actor?
    /// What the server knew of the session; nil where that was not recorded.
    public var origin: Origin?
    /// The address of the client, as text.
    public var clientAddress: String?
    /// When its first selected activity began, or the transaction itself when it has a row.
    public var issuedAt: Timestamp?
    /// How many activities of each kind the filter selects.
    public var counts: VerbCounts
    /// The tables of the selected activities, in order.
    public var tables: [TableName]
    /// What it changed, in a few words: `status pending→paid (2 rows)`, `+1 row · total`, `DELETE 412 rows`.
    public var changeSummary: String
    /// The first selected activity.
    public var firstActivityID: Int64

    /// A transaction from its parts; the samples are its first selected updates, for the summary, in which the named paths come
    /// first and the noise columns last.
    public init(
        nativeID: Int64,
        id: Int64?,
        actor: Actor?,
        origin: Origin? = nil,
        clientAddress: String?,
        issuedAt: Timestamp?,
        counts: VerbCounts,
        tables: [TableName],
        samples: [UpdateSample],
        noiseColumns: Set<String> = DiffOptions.standardNoise,
        namedPaths: [[String]] = [],
        firstActivityID: Int64
    ) {
        self.nativeID = nativeID
        self.id = id
        self.actor = actor
        self.origin = origin
        self.clientAddress = clientAddress
        self.issuedAt = issuedAt
        self.counts = counts
        self.tables = tables
        let summary = ChangeSummary(counts: counts, samples: samples, noise: noiseColumns, namedPaths: namedPaths)
        changeSummary = summary.text
        self.firstActivityID = firstActivityID
    }
}

/// How many activities there are of each kind.
public struct VerbCounts: Equatable, Sendable {
    /// Rows that came.
    public var inserts: Int
    /// Rows that changed.
    public var updates: Int
    /// Rows that went.
    public var deletes: Int
    /// Tables that were emptied.
    public var truncates: Int
    /// Whether counting stopped at `VerbCounts.limit`, so that the numbers are lower bounds.
    public var isCapped: Bool

    /// How many activities of a transaction are counted before it is called large.
    public static let limit = 1000

    /// Counts of each kind.
    public init(inserts: Int = 0, updates: Int = 0, deletes: Int = 0, truncates: Int = 0, isCapped: Bool = false) {
        self.inserts = inserts
        self.updates = updates
        self.deletes = deletes
        self.truncates = truncates
        self.isCapped = isCapped
    }

    /// All of them together.
    public var total: Int { inserts + updates + deletes + truncates }
}

/// The changed columns of one update, before and after.
public struct UpdateSample: Equatable, Sendable {
    /// The columns that changed, in the order of the stored object.
    public var columns: [String]
    /// The values before, of the changed columns only; nil when they are too long for a list.
    public var old: JSON?
    /// The values after; nil when they are too long for a list.
    public var new: JSON?

    /// A sample from the columns and their values.
    public init(columns: [String], old: JSON?, new: JSON?) {
        self.columns = columns
        self.old = old
        self.new = new
    }
}

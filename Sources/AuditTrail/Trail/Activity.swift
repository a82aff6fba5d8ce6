import JSON

/// The key of a row: its key columns in their order, with their values.
public typealias RowKey = [JSON.Member]

/// One change of one row.
public struct Activity: Equatable, Sendable {
    /// The number of the activity, rising as rows are recorded.
    public var id: Int64
    /// The transaction row, or nil when the writer bypassed the application.
    public var transactionID: Int64?
    /// The server's own number of the transaction, `txid_current()` of the writer.
    public var nativeTransactionID: Int64
    /// When the statement began.
    public var issuedAt: Timestamp?
    /// The table that was written.
    public var table: TableName
    /// What was done.
    public var verb: Verb
    /// The key of the row before the change; nil when the table has no key or the key is not in the data.
    public var key: RowKey?
    /// The whole row before an update or delete; empty for an insert.
    ///
    /// Nil when it was too large to be fetched.
    public var oldData: JSON?
    /// The row of an insert, the changed columns of an update; empty for a delete.
    ///
    /// Nil when too large.
    public var changedData: JSON?

    /// An activity from its parts.
    public init(
        id: Int64,
        transactionID: Int64?,
        nativeTransactionID: Int64,
        issuedAt: Timestamp?,
        table: TableName,
        verb: Verb,
        key: RowKey?,
        oldData: JSON?,
        changedData: JSON?
    ) {
        self.id = id
        self.transactionID = transactionID
        self.nativeTransactionID = nativeTransactionID
        self.issuedAt = issuedAt
        self.table = table
        self.verb = verb
        self.key = key
        self.oldData = oldData
        self.changedData = changedData
    }
}

/// An activity together with who did it from where, as a report needs it.
public struct AttributedActivity: Equatable, Sendable {
    /// The change.
    public var activity: Activity
    /// The actor of its transaction; nil without a transaction row or without an actor.
    public var actor: Actor?
    /// The address of the client, as text.
    public var clientAddress: String?
    /// The context of its transaction.
    public var context: JSON?

    /// An activity with what its transaction says of it.
    public init(_ activity: Activity, actor: Actor?, clientAddress: String?, context: JSON?) {
        self.activity = activity
        self.actor = actor
        self.clientAddress = clientAddress
        self.context = context
    }
}

extension Activity {
    /// Whether some of its values are not here as a whole.
    public var holdsExcerpts: Bool { !excerpts.isEmpty }

    /// Whether these are the largest that there are.
    public var holdsWindows: Bool { excerpts.contains(where: \.isWindow) }

    private var excerpts: [Excerpt] {
        [oldData, changedData].flatMap { $0?.members ?? [] }.compactMap { member in
            if case .excerpt(let excerpt) = member.value { excerpt } else { nil }
        }
    }
}

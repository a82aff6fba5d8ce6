/// What came of running a revert on the server and taking it back again.
public struct DryRun: Equatable, Sendable {
    /// Why it did not come to its end.
    public struct Failure: Equatable, Sendable {
        /// The place of the statement that failed in the script, from 0; nil before the first and behind the last.
        public var statement: Int?
        /// The server's words, in one line.
        public var message: String
        /// The SQLSTATE; nil when there was no answer.
        public var sqlState: String?
        /// What the message is without the server's detail, which names values; nil when it has none.
        public var messageWithoutValues: String?

        /// A failure from its parts.
        public init(
            statement: Int? = nil,
            message: String,
            sqlState: String? = nil,
            messageWithoutValues: String? = nil
        ) {
            self.statement = statement
            self.message = message
            self.sqlState = sqlState
            self.messageWithoutValues = messageWithoutValues
        }
    }

    /// What the server said meanwhile, such as which rows were left alone.
    public var notices: [String]
    /// How many notices there were beyond those.
    public var otherNotices: Int
    /// Why it did not come to its end; nil when all statements were run.
    public var failure: Failure?
    /// How long it took.
    public var milliseconds: Int

    /// An outcome from its parts.
    public init(notices: [String] = [], otherNotices: Int = 0, failure: Failure? = nil, milliseconds: Int = 0) {
        self.notices = notices
        self.otherNotices = otherNotices
        self.failure = failure
        self.milliseconds = milliseconds
    }
}

extension DryRun {
    /// What came of a script of so many statements, in words, without those of the server.
    public func outcome(of count: Int) -> String {
        let end = "and rolled back after \(grouped(milliseconds)) ms"
        guard let failure else {
            return "\(count == 1 ? "the statement was run" : "all \(grouped(count)) statements were run"), \(end)"
        }
        let place = failure.statement.map { " at statement \(grouped($0 + 1)) of \(grouped(count))" } ?? ""
        // Without an answer nothing was begun, or the server takes back what was.
        return "failed\(place)" + (failure.sqlState == nil ? "" : ", \(end)")
    }
}

extension RevertScript {
    /// What is run once `head` has been, to try the statements; `statement(behind:)` says which is the next to answer.
    ///
    /// What is deferred until the commit is checked as well.
    public var trial: String {
        (statements.map(\.sql) + [closing, "set constraints all immediate;", "rollback;"]).joined(separator: "\n")
    }

    /// The place of the statement that has not been answered in full after so many answers; nil behind the last.
    ///
    /// Of several that act as one it is the last.
    public func statement(behind answers: Int) -> Int? {
        var given = 0
        return statements.indices.first { index in
            given += statements[index].answers
            return answers < given
        }
    }

    /// The outcome as it may be shown: the server's words may hold values that are masked or not recorded.
    public func shown(_ run: DryRun) -> DryRun {
        var shown = run
        if hasUnrecordedColumns, let message = run.failure?.messageWithoutValues { shown.failure?.message = message }
        guard holdsMaskedValues else { return shown }
        shown.notices = []
        shown.otherNotices += run.notices.count
        if let state = run.failure?.sqlState {
            shown.failure?.message = "SQLSTATE \(state); the rest may hold masked values"
        }
        return shown
    }
}

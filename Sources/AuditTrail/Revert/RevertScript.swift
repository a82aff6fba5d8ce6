/// A revert as a script of SQL, and what the table says of each of its statements.
public struct RevertScript: Equatable, Sendable {
    /// What would become of a statement.
    public enum Verdict: Equatable, Sendable {
        /// The row holds what the change wrote: the statement would act.
        case applies
        /// The same but for columns that were changed since, which are named in words.
        case partly(String)
        /// The row is already as the revert would leave it.
        case reverted
        /// The row was changed since, or another row is in the way; the reason in words.
        case conflict(String)
        /// There is no statement, for a reason in words.
        case impossible(String)
    }

    /// One statement with its change.
    public struct Statement: Equatable, Sendable {
        /// The change that is taken back.
        public var change: AttributedActivity
        /// What it does, in words: `update public.orders #42: status "paid" → "pending"`.
        public var summary: String
        /// The SQL; empty for what cannot be taken back.
        public var sql: String
        /// What would become of it; nil when the table was not asked.
        public var verdict: Verdict?
        /// How many answers the server gives to the SQL: it sets what it is about before it acts.
        public var answers: Int

        /// A statement from its parts.
        public init(change: AttributedActivity, summary: String, sql: String, verdict: Verdict?, answers: Int = 1) {
            self.change = change
            self.summary = summary
            self.sql = sql
            self.verdict = verdict
            self.answers = answers
        }
    }

    /// The lines before the statements.
    public var head: String
    /// The statements in the order in which they are run.
    public var statements: [Statement]
    /// The lines behind them.
    public var foot: String
    /// What is looked at behind the statements, at the latest before anything that was deferred until then is run.
    public var closing = ""
    /// Whether the statements hold values that are masked elsewhere, so that they are written but not shown.
    public var holdsMaskedValues = false

    /// Whether one of the tables has columns that capture leaves out, which the server's words may hold.
    public var hasUnrecordedColumns = false

    /// Ends psql, with a status that says so, at the first error: what follows would be an error each.
    public static let psqlHead = "\\set ON_ERROR_STOP on"

    /// The whole script for psql, part by part; it can be run as it stands.
    public var parts: [String] {
        [Self.psqlHead, head] + statements.map { $0.sql + "\n" } + (closing.isEmpty ? [] : [closing]) + [foot]
    }

    /// The whole script.
    public var text: String { parts.joined(separator: "\n") }

    /// A script from its parts.
    public init(head: String, statements: [Statement], foot: String) {
        self.head = head
        self.statements = statements
        self.foot = foot
    }
}

extension RevertScript.Verdict {
    /// The word for scripts: `applies`, `partly`, `reverted`, `conflict` or `impossible`.
    public var word: String {
        switch self {
        case .applies: "applies"
        case .partly: "partly"
        case .reverted: "reverted"
        case .conflict: "conflict"
        case .impossible: "impossible"
        }
    }

    /// Why, where there is something to say.
    public var reason: String? {
        switch self {
        case .applies, .reverted: nil
        case .partly(let reason), .conflict(let reason), .impossible(let reason): reason
        }
    }
}

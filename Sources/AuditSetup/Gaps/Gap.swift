import AuditTrail

/// A place where the trail does not continue: a row was written while it was not captured.
public struct Gap: Equatable, Sendable {
    /// What was done to the row unrecorded.
    public enum Change: String, Equatable, Sendable {
        /// There was no row, and then there was one.
        case insert
        /// Columns of the row had other values.
        case update
        /// There was a row, and then there was none.
        case delete
    }

    /// An activity that is at one side of a gap.
    public struct Side: Equatable, Sendable {
        /// The id of the activity.
        public var activity: Int64
        /// When its statement began, in UTC as the server writes it; empty where the trail does not say.
        public var time: String

        /// An activity with its time.
        public init(activity: Int64, time: String) {
            self.activity = activity
            self.time = time
        }
    }

    /// The table.
    public var table: TableName
    /// The key of the row as a JSON object, its columns in their order: `{ "id" : 57 }`.
    public var key: String
    /// What was done, as far as it can be told from before and after.
    public var change: Change
    /// The columns that changed, in the order of their names; empty unless the change is an update.
    public var columns: [String]
    /// The last activity before the gap; a truncate where all rows were removed.
    public var after: Side
    /// The first activity after it; nil when the row in the table is what does not fit.
    public var before: Side?

    /// A gap from its parts.
    public init(table: TableName, key: String, change: Change, columns: [String], after: Side, before: Side?) {
        self.table = table
        self.key = key
        self.change = change
        self.columns = columns
        self.after = after
        self.before = before
    }
}

/// Why the trail of a table cannot be checked against its rows.
public enum GapObstacle: Error, Equatable, Sendable {
    /// The table has no primary key: which activities are about one row is unknown.
    case noKey
    /// A column of the key is excluded from the trail.
    case keyNotRecorded(column: String)
    /// The role may not read the table.
    case notReadable(role: String)
    /// It has become another relation while the search began.
    case changing
    /// Reading the table would run what others have made with the rights of the role: the text says what.
    case foreignCode(String)
    /// Row security keeps rows of the table from the role.
    case restricted(role: String)
}

extension GapObstacle: CustomStringConvertible {
    /// What stands in the way, for the person at the keyboard.
    public var description: String {
        switch self {
        case .noKey: "it has no primary key"
        case .keyNotRecorded(let column): "column \(sqlIdentifier(column)) of its primary key is not recorded"
        case .notReadable(let role): "role \(sqlIdentifier(role)) may not read it"
        case .changing: "it has just been changed; try again"
        case .foreignCode(let code): code
        case .restricted(let role): "row security keeps rows from role \(sqlIdentifier(role))"
        }
    }
}

/// What a search for gaps went through.
public struct GapSummary: Equatable, Sendable {
    /// A table that was left out.
    public struct Unchecked: Equatable, Sendable {
        /// The table.
        public var table: TableName
        /// Why it cannot be checked.
        public var obstacle: GapObstacle

        /// A table with what stands in the way.
        public init(table: TableName, obstacle: GapObstacle) {
            self.table = table
            self.obstacle = obstacle
        }
    }

    /// The tables that were checked.
    public var tables: Int
    /// Their activities.
    public var activities: Int64
    /// The gaps that were reported.
    public var gaps: Int
    /// The audited tables that were not checked.
    public var unchecked: [Unchecked]

    /// A summary from its numbers.
    public init(tables: Int, activities: Int64, gaps: Int, unchecked: [Unchecked]) {
        self.tables = tables
        self.activities = activities
        self.gaps = gaps
        self.unchecked = unchecked
    }
}

/// What is to be told while gaps are looked for.
public enum GapReport: Equatable, Sendable {
    /// A table, or the next part of it, begins.
    case progress(SetupProgress)
    /// A gap was found.
    case gap(Gap)
}

/// How much of a difference is shown.
public struct DiffOptions: Equatable, Sendable {
    /// Columns that change with every write and say little.
    public static let standardNoise: Set<String> = [
        "updated_at", "modified_at", "last_modified", "lock_version", "version",
    ]

    /// How many unchanged columns, keys and elements are shown above and below each change.
    public var context = 1
    /// Whether changes of columns that always change are left out.
    public var hidesNoise = false
    /// The columns that always change; their changes come last.
    public var noiseColumns = DiffOptions.standardNoise
    /// The columns that the table has now; nil when nobody knows.
    ///
    /// A column that is not among them is marked.
    public var liveColumns: Set<String>?
    /// The table as it is now, which tells the types of columns; nil when nobody knows.
    ///
    /// A value whose meaning depended on the session that wrote it is marked.
    public var shape: TableShape?
    /// The paths of the headings whose lines are left out.
    public var folded: Set<JSONPath> = []

    /// Options with so much context, and the others as they are usual.
    public init(context: Int = 1, shape: TableShape? = nil) {
        self.context = context
        self.shape = shape
    }
}

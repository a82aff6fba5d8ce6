import AuditTrail
import Screen

/// Choosing the tables to audit, before anything is planned; a small program of its own beside the browser.
public struct InstallPicker: Equatable, Sendable {
    /// A table that can be audited.
    public struct Item: Equatable, Sendable {
        /// The table.
        public var table: TableName
        /// About how many rows it has, in words; `?` when nobody knows.
        public var rows: String
        /// Its key columns; empty without a key.
        public var keyColumns: [String]
        /// What else there is to know.
        public var notes: [String]
        /// Columns that look like secrets.
        public var suspiciousColumns: [String]
        /// Whether it is recorded already, which picking cannot undo.
        public var isAudited: Bool
        /// Whether it is picked.
        public var isPicked = false
        /// Whether the columns that look like secrets stay out of the trail.
        public var excludesSuspicious = true

        /// A table from what is known of it.
        public init(
            table: TableName,
            rows: String,
            keyColumns: [String],
            notes: [String],
            suspiciousColumns: [String],
            isAudited: Bool
        ) {
            self.table = table
            self.rows = rows
            self.keyColumns = keyColumns
            self.notes = notes
            self.suspiciousColumns = suspiciousColumns
            self.isAudited = isAudited
        }
    }

    /// What a key has led to.
    public enum Outcome: Equatable, Sendable {
        /// Go on.
        case undecided
        /// Plan with what is picked.
        case picked
        /// Do nothing.
        case cancelled
        /// Stop as a job of the shell until continued.
        case suspend
    }

    /// Where the tables are.
    public var database: String
    /// Where the trail will be.
    public var auditSchema: String
    /// The tables.
    public var items: [Item]
    /// The size of the terminal.
    public var size: Size
    /// The row of the cursor, from 0.
    public var selection = 0
    /// What the status row says until the next key.
    public var notice = ""

    /// A picker with nothing picked.
    public init(database: String, auditSchema: String, items: [Item], size: Size) {
        self.database = database
        self.auditSchema = auditSchema
        self.items = items
        self.size = size
    }

    /// The picked tables.
    public var tables: [TableName] { items.filter(\.isPicked).map(\.table) }

    /// The columns of the picked tables that stay out of the trail.
    public var excludedColumns: [(table: TableName, column: String)] {
        items.filter { $0.isPicked && $0.excludesSuspicious }.flatMap { item in
            item.suspiciousColumns.map { (item.table, $0) }
        }
    }

    /// Changes the picker by a key and says what it has led to.
    public mutating func handle(_ key: Key) -> Outcome {
        notice = ""
        switch key {
        case .character("j"), .down, .control("n"): move(by: 1)
        case .character("k"), .up, .control("p"): move(by: -1)
        case .pageDown, .control("f"): move(by: rowCount)
        case .pageUp, .control("b"): move(by: -rowCount)
        case .character("g"), .home: selection = 0
        case .character("G"), .end: selection = max(0, items.count - 1)
        case .character(" "): toggle()
        case .character("A"): toggleAll()
        case .character("c"): toggleExclusion()
        case .character("q"), .escape, .control("c"): return .cancelled
        case .control("z"): return .suspend
        case .enter:
            if !tables.isEmpty { return .picked }
            notice = "nothing is picked; Space picks the table under the cursor"
        default: notice = "\(key.name) does nothing here"
        }
        return .undecided
    }

    /// How many tables fit on the screen.
    var rowCount: Int { max(1, size.rows - 8) }

    private mutating func move(by distance: Int) {
        selection = min(max(0, selection + distance), max(0, items.count - 1))
    }

    private mutating func toggle() {
        guard items.indices.contains(selection) else { return }
        if items[selection].isAudited {
            notice = "\(items[selection].table) is recorded already; audit-tui remove ends that"
        } else {
            items[selection].isPicked.toggle()
        }
        move(by: 1)
    }

    private mutating func toggleAll() {
        let areAllPicked = items.allSatisfy { $0.isPicked || $0.isAudited }
        for index in items.indices where !items[index].isAudited { items[index].isPicked = !areAllPicked }
    }

    private mutating func toggleExclusion() {
        guard items.indices.contains(selection) else { return }
        if items[selection].suspiciousColumns.isEmpty {
            notice = "no column of \(items[selection].table) looks like a secret; --exclude takes any column"
        } else {
            items[selection].excludesSuspicious.toggle()
        }
    }
}

/// About how many rows: `812`, `5.0 k`, `1.2 M`; `?` when nobody knows.
public func rowCountText(_ rows: Int64?) -> String {
    guard let rows else { return "?" }
    if rows < 1000 { return String(rows) }
    let (unit, name): (Int64, String) = rows < 1_000_000 ? (1000, "k") : (1_000_000, "M")
    let tenths = rows * 10 / unit
    return tenths >= 1000 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
}

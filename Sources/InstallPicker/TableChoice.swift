import AuditTrail
import Screen

/// Choosing the tables to audit, before anything is planned; a small program of its own beside the browser.
public struct TableChoice: Equatable, Sendable {
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

    /// Which list is on the screen.
    enum Place: Equatable, Sendable {
        /// The tables.
        case tables
        /// The columns of the table under the cursor, with the row of their own cursor, from 0.
        case columns(selection: Int)
    }

    /// Where the tables are.
    public var database: String
    /// Where the trail will be.
    public var auditSchema: String
    /// The tables.
    public var items: [Item]
    /// The size of the terminal.
    public var size: Size
    /// The row of the cursor in the list of tables, from 0.
    public var selection = 0
    /// What the status row says until the next key.
    public var notice = ""

    var place = Place.tables
    /// What is being searched for; nil when nothing is typed.
    var prompt: SearchPrompt?
    /// What was searched for last.
    var lastSearch = ""

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
        items.filter(\.isPicked).flatMap { item in item.excludedColumns.map { (item.table, $0.name) } }
    }

    /// The columns of the picked tables that the trail will hold.
    public var recordedColumns: [(table: TableName, column: String)] {
        items.filter(\.isPicked).flatMap { item in item.recordedColumns.map { (item.table, $0.name) } }
    }
}

extension TableChoice {
    /// The table under the cursor; nil when there is none.
    var item: Item? { items.indices.contains(selection) ? items[selection] : nil }

    /// The row of the cursor in the list that is on the screen.
    var cursor: Int {
        get {
            switch place {
            case .tables: selection
            case .columns(let row): row
            }
        }
        set {
            let row = min(max(0, newValue), max(0, rowNames.count - 1))
            switch place {
            case .tables: selection = row
            case .columns: place = .columns(selection: row)
            }
        }
    }

    /// What the rows of the list on the screen are called.
    var rowNames: [String] {
        switch place {
        case .tables: items.map(\.table.description)
        case .columns: item?.columns.map(\.name) ?? []
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

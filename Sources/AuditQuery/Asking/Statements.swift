import Postgres

/// The statements of this module: one for each file in `SQL`, under the file's name.
///
/// Those whose names begin with walk, selected, rows or excerpt are parts of others; those that end in partitioned take the place
/// of the ones without that in trails that are not one table.
enum Statements {
    static let session = StatementFile("session", SQLFiles.session)
    static let trails = StatementFile("trails", SQLFiles.trails)
    static let transactions = StatementFile("transactions", SQLFiles.transactions)
    static let walkNative = StatementFile("walk_native", SQLFiles.walkNative)
    static let walkActivities = StatementFile("walk_activities", SQLFiles.walkActivities)
    static let transactionsPartitioned = StatementFile("transactions_partitioned", SQLFiles.transactionsPartitioned)
    static let candidates = StatementFile("candidates", SQLFiles.candidates)
    static let candidatesTimes = StatementFile("candidates_times", SQLFiles.candidatesTimes)
    static let candidatesActors = StatementFile("candidates_actors", SQLFiles.candidatesActors)
    static let walkActors = StatementFile("walk_actors", SQLFiles.walkActors)
    static let selectedWindow = StatementFile("selected_window", SQLFiles.selectedWindow)
    static let selectedEntries = StatementFile("selected_entries", SQLFiles.selectedEntries)
    static let selectedWindowPartitioned = StatementFile(
        "selected_window_partitioned",
        SQLFiles.selectedWindowPartitioned
    )
    static let selectedEntriesPartitioned = StatementFile(
        "selected_entries_partitioned",
        SQLFiles.selectedEntriesPartitioned
    )
    static let selectedNextPartitioned = StatementFile("selected_next_partitioned", SQLFiles.selectedNextPartitioned)
    static let rows = StatementFile("rows", SQLFiles.rows)
    static let rowsPartitioned = StatementFile("rows_partitioned", SQLFiles.rowsPartitioned)
    static let activities = StatementFile("activities", SQLFiles.activities)
    static let activity = StatementFile("activity", SQLFiles.activity)
    static let changes = StatementFile("changes", SQLFiles.changes)
    static let changesPartitioned = StatementFile("changes_partitioned", SQLFiles.changesPartitioned)
    static let excerpt = StatementFile("excerpt", SQLFiles.excerpt)
    static let excerptBeginning = StatementFile("excerpt_beginning", SQLFiles.excerptBeginning)
    static let excerptWindow = StatementFile("excerpt_window", SQLFiles.excerptWindow)
    static let log = StatementFile("log", SQLFiles.log)
    static let count = StatementFile("count", SQLFiles.count)
    static let countActors = StatementFile("count_actors", SQLFiles.countActors)
    static let snapshot = StatementFile("snapshot", SQLFiles.snapshot, isRepeated: true)
    static let future = StatementFile("future", SQLFiles.future, isRepeated: true)
    static let seen = StatementFile("seen", SQLFiles.seen, isRepeated: true)
    static let arrived = StatementFile("arrived", SQLFiles.arrived, isRepeated: true)
    static let newsArrived = StatementFile("news_arrived", SQLFiles.newsArrived)
    static let followArrived = StatementFile("follow_arrived", SQLFiles.followArrived)
    static let follow = StatementFile("follow", SQLFiles.follow)
    static let bounds = StatementFile("bounds", SQLFiles.bounds, isRepeated: true)
    static let boundsPartitioned = StatementFile("bounds_partitioned", SQLFiles.boundsPartitioned, isRepeated: true)
    static let boundsTransactions = StatementFile("bounds_transactions", SQLFiles.boundsTransactions, isRepeated: true)
    static let order = StatementFile("order", SQLFiles.order, isRepeated: true)
    static let tablesNamed = StatementFile("tables_named", SQLFiles.tablesNamed, isRepeated: true)
    static let knownTables = StatementFile("known_tables", SQLFiles.knownTables, isRepeated: true)
    static let knownColumns = StatementFile("known_columns", SQLFiles.knownColumns)
    static let knownActors = StatementFile("known_actors", SQLFiles.knownActors, isOfActors: true)
    static let keyedTables = StatementFile("keyed_tables", SQLFiles.keyedTables, isRepeated: true)
    static let actorShare = StatementFile("actor_share", SQLFiles.actorShare)
    static let tables = StatementFile("tables", SQLFiles.tables, isRepeated: true)
    static let actorsRecent = StatementFile("actors_recent", SQLFiles.actorsRecent, isRepeated: true)
    static let actorsMatching = StatementFile("actors_matching", SQLFiles.actorsMatching, isOfActors: true)
    static let actorLabels = StatementFile("actor_labels", SQLFiles.actorLabels, isOfActors: true, isRepeated: true)
    static let histogram = StatementFile("histogram", SQLFiles.histogram)
    static let histogramSelected = StatementFile("histogram_selected", SQLFiles.histogramSelected)
    static let tableShapes = StatementFile("table_shapes", SQLFiles.tableShapes, isRepeated: true)
    static let serverIdentity = StatementFile("server_identity", SQLFiles.serverIdentity, isRepeated: true)
    static let revertValues = StatementFile("revert_values", SQLFiles.revertValues)
    static let revertDocuments = StatementFile("revert_documents", SQLFiles.revertDocuments)
    static let revertCheck = StatementFile("revert_check", SQLFiles.revertCheck)
    static let tableLive = StatementFile("table_live", SQLFiles.tableLive)
    static let rowKey = StatementFile("row_key", SQLFiles.rowKey)
    static let unreadRowKey = StatementFile("unread_row_key", SQLFiles.unreadRowKey)
    static let rowLive = StatementFile("row_live", SQLFiles.rowLive)
    static let place = StatementFile("place", SQLFiles.place, isRepeated: true)
    static let timeline = StatementFile("timeline", SQLFiles.timeline)
    static let tablesNewest = StatementFile("tables_newest", SQLFiles.tablesNewest)
    static let actorsNewest = StatementFile("actors_newest", SQLFiles.actorsNewest)
    static let health = StatementFile("health", SQLFiles.health)
    static let summary = StatementFile("summary", SQLFiles.summary)
    static let listen = StatementFile("listen", SQLFiles.listen)
    static let news = StatementFile("news", SQLFiles.news)
    static let placePartitioned = StatementFile("place_partitioned", SQLFiles.placePartitioned, isRepeated: true)
    static let placeTransactions = StatementFile("place_transactions", SQLFiles.placeTransactions, isRepeated: true)
}

/// A file of SQL with its name, read once.
struct StatementFile: Sendable {
    let name: String
    /// Whether it reads the actor table, and not the trail.
    private let isOfActors: Bool
    /// Whether its text is the same in a session each time.
    private let isRepeated: Bool
    private let template: Template

    init(_ name: String, _ file: SQL, isOfActors: Bool = false, isRepeated: Bool = false) {
        self.name = name
        self.isOfActors = isOfActors
        self.isRepeated = isRepeated
        template = Template(file, keepingComment: true)
    }

    /// The statement with its variables replaced.
    func statement(_ values: [String: Template.Value] = [:]) -> Statement {
        let statement = Statement(name, sql(values))
        return isRepeated ? statement.repeated() : statement
    }

    /// The SQL with its variables replaced, to be a part of another.
    func sql(_ values: [String: Template.Value] = [:]) -> SQL { template.filled(with: values) }

    /// The statement about a trail.
    func statement(of trail: Trail, _ values: [String: Template.Value] = [:]) -> Statement {
        statement(trail.values.merging(values) { _, own in own })
            .guarded(by: isOfActors ? trail.actorSafeguard : trail.safeguard)
    }
}

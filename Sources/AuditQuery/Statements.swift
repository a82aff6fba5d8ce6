import Postgres

/// The statements of this module: one for each file in `SQL`, under the file's name.
///
/// Those whose names begin with walk, selected or rows are parts of others; those that end in partitioned take the place
/// of the ones without that in trails that are not one table.
enum Statements {
    static let session = Statement("session", SQLFiles.session)
    static let trails = Statement("trails", SQLFiles.trails)
    static let transactions = Statement("transactions", SQLFiles.transactions)
    static let walkNative = Statement("walk_native", SQLFiles.walkNative)
    static let walkActivities = Statement("walk_activities", SQLFiles.walkActivities)
    static let transactionsPartitioned = Statement("transactions_partitioned", SQLFiles.transactionsPartitioned)
    static let candidates = Statement("candidates", SQLFiles.candidates)
    static let candidatesTimes = Statement("candidates_times", SQLFiles.candidatesTimes)
    static let candidatesActors = Statement("candidates_actors", SQLFiles.candidatesActors)
    static let walkActors = Statement("walk_actors", SQLFiles.walkActors)
    static let selectedWindow = Statement("selected_window", SQLFiles.selectedWindow)
    static let selectedEntries = Statement("selected_entries", SQLFiles.selectedEntries)
    static let selectedWindowPartitioned = Statement("selected_window_partitioned", SQLFiles.selectedWindowPartitioned)
    static let selectedEntriesPartitioned = Statement(
        "selected_entries_partitioned",
        SQLFiles.selectedEntriesPartitioned
    )
    static let selectedNextPartitioned = Statement("selected_next_partitioned", SQLFiles.selectedNextPartitioned)
    static let rows = Statement("rows", SQLFiles.rows)
    static let rowsPartitioned = Statement("rows_partitioned", SQLFiles.rowsPartitioned)
    static let activities = withKeys("activities", SQLFiles.activities)
    static let activity = Statement("activity", SQLFiles.activity)
    static let changes = withKeys("changes", SQLFiles.changes)
    static let changesPartitioned = withKeys("changes_partitioned", SQLFiles.changesPartitioned)
    static let log = withKeys("log", SQLFiles.log)
    static let count = Statement("count", SQLFiles.count)
    static let countActors = Statement("count_actors", SQLFiles.countActors)
    static let snapshot = Statement("snapshot", SQLFiles.snapshot)
    static let restored = Statement("restored", SQLFiles.restored)
    static let follow = withKeys("follow", SQLFiles.follow)
    static let bounds = Statement("bounds", SQLFiles.bounds)
    static let boundsPartitioned = Statement("bounds_partitioned", SQLFiles.boundsPartitioned)
    static let boundsTransactions = Statement("bounds_transactions", SQLFiles.boundsTransactions)
    static let order = Statement("order", SQLFiles.order)
    static let tablesNamed = Statement("tables_named", SQLFiles.tablesNamed)
    static let keyedTables = Statement("keyed_tables", SQLFiles.keyedTables)
    static let actorShare = Statement("actor_share", SQLFiles.actorShare)
    static let tables = Statement("tables", SQLFiles.tables)
    static let actorsRecent = Statement("actors_recent", SQLFiles.actorsRecent)
    static let actorsMatching = Statement("actors_matching", SQLFiles.actorsMatching)
    static let actorLabels = Statement("actor_labels", SQLFiles.actorLabels)
    static let histogram = Statement("histogram", SQLFiles.histogram)
    static let histogramSelected = Statement("histogram_selected", SQLFiles.histogramSelected)
    static let tableShapes = Statement("table_shapes", SQLFiles.tableShapes)
    static let serverIdentity = Statement("server_identity", SQLFiles.serverIdentity)
    static let revertCheck = Statement("revert_check", SQLFiles.revertCheck)
    static let tableLive = Statement("table_live", SQLFiles.tableLive)
    static let rowLive = Statement("row_live", SQLFiles.rowLive)
    static let place = Statement("place", SQLFiles.place)
    static let timeline = Statement("timeline", SQLFiles.timeline)
    static let tablesNewest = Statement("tables_newest", SQLFiles.tablesNewest)
    static let actorsNewest = Statement("actors_newest", SQLFiles.actorsNewest)
    static let health = Statement("health", SQLFiles.health)
    static let summary = Statement("summary", SQLFiles.summary)
    static let listen = Statement("listen", SQLFiles.listen)
    static let news = Statement("news", SQLFiles.news)
    static let placePartitioned = Statement("place_partitioned", SQLFiles.placePartitioned)
    static let placeTransactions = Statement("place_transactions", SQLFiles.placeTransactions)

    /// A statement that reads a page of activities, with the part that finds the keys of their tables.
    private static func withKeys(_ name: String, _ text: String) -> Statement {
        Statement(name, text).inserting(SQLFiles.primaryKeys, for: "keys")
    }
}

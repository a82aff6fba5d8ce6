import Postgres

/// The statements of this module: one for each file in `SQL`, under the file's name.
///
/// Those whose names begin with walk or selected are parts of others.
enum Statements {
    static let session = Statement("session", SQLFiles.session)
    static let trails = Statement("trails", SQLFiles.trails)
    static let transactions = Statement("transactions", SQLFiles.transactions)
    static let walkNative = Statement("walk_native", SQLFiles.walkNative)
    static let walkActivities = Statement("walk_activities", SQLFiles.walkActivities)
    static let walkActors = Statement("walk_actors", SQLFiles.walkActors)
    static let selectedWindow = Statement("selected_window", SQLFiles.selectedWindow)
    static let selectedEntries = Statement("selected_entries", SQLFiles.selectedEntries)
    static let activities = Statement("activities", SQLFiles.activities)
    static let activity = Statement("activity", SQLFiles.activity)
    static let changes = Statement("changes", SQLFiles.changes)
    static let log = Statement("log", SQLFiles.log)
    static let snapshot = Statement("snapshot", SQLFiles.snapshot)
    static let restored = Statement("restored", SQLFiles.restored)
    static let follow = Statement("follow", SQLFiles.follow)
    static let bounds = Statement("bounds", SQLFiles.bounds)
    static let order = Statement("order", SQLFiles.order)
    static let tablesNamed = Statement("tables_named", SQLFiles.tablesNamed)
    static let keyedTables = Statement("keyed_tables", SQLFiles.keyedTables)
    static let actorShare = Statement("actor_share", SQLFiles.actorShare)
    static let tables = Statement("tables", SQLFiles.tables)
    static let actorsRecent = Statement("actors_recent", SQLFiles.actorsRecent)
    static let actorsMatching = Statement("actors_matching", SQLFiles.actorsMatching)
    static let actorLabels = Statement("actor_labels", SQLFiles.actorLabels)
    static let histogram = Statement("histogram", SQLFiles.histogram)
    static let place = Statement("place", SQLFiles.place)
    static let timeline = Statement("timeline", SQLFiles.timeline)
    static let tablesNewest = Statement("tables_newest", SQLFiles.tablesNewest)
    static let actorsNewest = Statement("actors_newest", SQLFiles.actorsNewest)
    static let health = Statement("health", SQLFiles.health)
    static let summary = Statement("summary", SQLFiles.summary)
    static let news = Statement("news", SQLFiles.news)
}

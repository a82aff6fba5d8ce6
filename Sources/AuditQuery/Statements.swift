import Postgres

/// The statements of this module: one for each file in `SQL`, under the file's name.
enum Statements {
    static let session = Statement("session", SQLFiles.session)
    static let trails = Statement("trails", SQLFiles.trails)
    static let transactions = Statement("transactions", SQLFiles.transactions)
    static let activities = Statement("activities", SQLFiles.activities)
    static let activity = Statement("activity", SQLFiles.activity)
    static let changes = Statement("changes", SQLFiles.changes)
    static let log = Statement("log", SQLFiles.log)
    static let snapshot = Statement("snapshot", SQLFiles.snapshot)
    static let restored = Statement("restored", SQLFiles.restored)
    static let follow = Statement("follow", SQLFiles.follow)
    static let bounds = Statement("bounds", SQLFiles.bounds)
    static let tables = Statement("tables", SQLFiles.tables)
    static let actorsRecent = Statement("actors_recent", SQLFiles.actorsRecent)
    static let actorsMatching = Statement("actors_matching", SQLFiles.actorsMatching)
    static let actorLabels = Statement("actor_labels", SQLFiles.actorLabels)
    static let pulse = Statement("pulse", SQLFiles.pulse)
}

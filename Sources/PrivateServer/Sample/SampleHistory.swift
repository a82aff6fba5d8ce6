import Postgres

/// The sample shop: its tables, and two years of changes to them that an audit trail has recorded.
///
/// In this order: `createShop`, the installation of the audit trail on `tables`, `play`. The changes are real
/// transactions through whatever triggers are installed; afterwards they are given the times they pretend to have
/// happened at. The story is the same on every run of one day, but
/// for that day itself; its end is a few minutes old.
public enum SampleHistory {
    /// The schema of the shop's tables.
    public static let schema = "public"
    /// The tables to audit, `stock_movements` having no key.
    public static let tables = [
        "categories", "coupons", "customers", "employees", "order_items", "orders", "payments", "products", "reviews",
        "shipments", "stock_movements",
    ]
    /// The table of those who act: employees and the shop's own services.
    public static let actorTable = "employees"
    /// The column to leave out of the trail.
    public static let excludedColumn = (table: "customers", name: "password_hash")

    /// Makes the shop's tables and fills them, in an empty database.
    ///
    /// Blocks for a tenth of a second.
    public static func createShop(on connection: borrowing Connection) throws(PostgresError) {
        try connection.executeScript(Statement("shop_tables", SQLFiles.shopTables))
        try connection.executeScript(Statement("shop_base_data", SQLFiles.shopBaseData))
    }

    /// Plays the history through the triggers of the trail in `auditSchema`, and dates it back.
    ///
    /// Blocks for two or three seconds. Needs the rights of the owner of the audit tables. Leaves the schema `demo` with
    /// the routines that `SampleWriter` calls.
    public static func play(on connection: borrowing Connection, auditSchema: String) throws(PostgresError) {
        let scripts = [
            Statement("shop_routines", SQLFiles.shopRoutines),
            Statement("shop_events", SQLFiles.shopEvents),
            Statement("live_routine", SQLFiles.liveRoutine),
            Statement("history_routines", SQLFiles.historyRoutines),
            Statement("history_schedule", SQLFiles.historySchedule),
            Statement("history_play", SQLFiles.historyPlay),
            Statement("history_backdate", SQLFiles.historyBackdate),
            Statement("history_vacuum", SQLFiles.historyVacuum),
        ]
        for script in scripts {
            let sql = Template(script.sql).filled(with: ["schema": .text(auditSchema)])
            try connection.executeScript(Statement(script.name, sql))
        }
    }
}

import Postgres

/// How fast a trail grows, estimated from the ids of its newest activities.
///
/// Cheap on any size: the primary key is searched, nothing is counted. Ids that were given out and not kept, by
/// transactions that failed, count as activities of average size.
public struct Growth: Equatable, Sendable {
    /// What a period has brought.
    public struct Amount: Equatable, Sendable {
        /// Activities, estimated.
        public var activities: Int64
        /// Their share of the two tables with indexes, in bytes, estimated.
        public var bytes: Int64

        /// An amount of activities and bytes.
        public init(activities: Int64, bytes: Int64) {
            self.activities = activities
            self.bytes = bytes
        }
    }

    /// The 24 hours before the question.
    public var lastDay: Amount
    /// The seven times 24 hours before the question.
    public var lastWeek: Amount

    /// The growth of a day and of the week that it ends.
    public init(lastDay: Amount, lastWeek: Amount) {
        self.lastDay = lastDay
        self.lastWeek = lastWeek
    }

    /// Asks the trail; all amounts are 0 when it is empty.
    static func read(
        from connection: borrowing Connection,
        schema: String,
        bytes: Int64
    ) throws(PostgresError) -> Growth {
        let sql = Template(SQLFiles.growth).filled(with: ["schema": .text(schema)])
        let amounts = try connection.execute(Statement("growth", sql), ["{1,7}"]).map { row throws(PostgresError) in
            let activities = try row.integer(0)
            let share = Double(activities) / Double(try row.integer(1))
            return Amount(activities: activities, bytes: Int64(Double(bytes) * share))
        }
        let none = Amount(activities: 0, bytes: 0)
        return Growth(lastDay: amounts.first ?? none, lastWeek: amounts.last ?? none)
    }
}

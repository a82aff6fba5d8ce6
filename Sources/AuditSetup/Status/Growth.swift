import Postgres

/// How fast a trail grows: its newest activities, counted up to 100,000, estimated beyond that.
///
/// Cheap on any size: the primary key is searched. Ids that were given out and not kept count as nothing.
public struct Growth: Equatable, Sendable {
    /// What a period has brought.
    public struct Amount: Equatable, Sendable {
        /// Activities.
        public var activities: Int64
        /// Whether the number of activities is an estimate, and was not counted.
        public var isEstimate: Bool
        /// Their share of the two tables with indexes, in bytes, estimated.
        public var bytes: Int64

        /// An amount of activities and bytes.
        public init(activities: Int64, isEstimate: Bool = false, bytes: Int64) {
            self.activities = activities
            self.isEstimate = isEstimate
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

    /// More activities are estimated.
    private static let mostCounted = 100_000

    /// Asks the trail, which has so many bytes and about so many activities; all amounts are 0 when it is empty.
    static func read(
        from connection: borrowing Connection,
        schema: String,
        bytes: Int64,
        about estimatedActivities: Int64
    ) throws(PostgresError) -> Growth {
        let sql = Template(SQLFiles.growth).filled(with: ["schema": .text(schema)])
        let amounts = try connection.execute(Statement("growth", sql), ["{1,7}"]).map { row throws(PostgresError) in
            let activities = try row.integer(0)
            let isEstimate = try row.boolean(1)
            var all = max(1, try row.integer(2))
            if all > mostCounted { all = max(all, activities, estimatedActivities) }
            let share = Double(activities) / Double(all)
            return Amount(activities: activities, isEstimate: isEstimate, bytes: Int64(Double(bytes) * share))
        }
        let none = Amount(activities: 0, bytes: 0)
        return Growth(lastDay: amounts.first ?? none, lastWeek: amounts.last ?? none)
    }
}

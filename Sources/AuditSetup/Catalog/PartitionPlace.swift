import AuditTrail
import Postgres

/// Whether a partitioned audit table has a partition for what is written: a row of `partition_places.sql`.
struct PartitionPlace: Equatable, Sendable {
    /// `transaction` or `activity`.
    var relation: String
    /// For what is written at this moment.
    var takesNow: Bool
    /// For what is written a week from now.
    var takesSoon: Bool

    static func readAll(
        from connection: borrowing Connection,
        schema: String
    ) throws(PostgresError) -> [PartitionPlace] {
        try connection.execute(Statement("partition_places", SQLFiles.partitionPlaces), [schema])
            .map { row throws(PostgresError) in
                PartitionPlace(
                    relation: try row.text(0),
                    takesNow: try row.boolean(1),
                    takesSoon: try row.boolean(2)
                )
            }
    }
}

extension Catalog {
    /// Writes that fail since no partition takes what is recorded of them.
    func partitionPlaceHoles() -> [Hole] {
        audit.partitionPlaces.filter { !$0.takesNow }.map { place in
            let table = TableName(schema: auditSchema, name: place.relation)
            return Hole(
                kind: .writeFails,
                table: table,
                detail: "writes fail: \(table) has no partition for the present; make one"
            )
        }
    }

    /// Of which it can be told that they will.
    func partitionPlaceNotes() -> [String] {
        audit.partitionPlaces.filter { $0.takesNow && !$0.takesSoon }.map { place in
            let table = TableName(schema: auditSchema, name: place.relation)
            return "\(table) has no partition for what is written a week from now: writes will fail"
        }
    }

    /// What has partitions compress what is new: they do not follow the table that they belong to.
    func partitionCompressionSteps() -> [Plan.Step] {
        guard server.hasLZ4 else { return [] }
        return partitions(of: "activity").filter { $0.kind == .ordinary && !$0.isCompressed }.map { partition in
            let sql: SQL =
                "alter table \(partition.table.quoted)\n    alter column old_data set compression lz4,\n"
                + "    alter column changed_data set compression lz4;\n"
            return Plan.Step("compress the values of \(partition.table) with lz4", sql, table: partition.table)
        }
    }
}

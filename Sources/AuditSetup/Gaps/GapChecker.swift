import AuditTrail
import Postgres

/// Looks for rows that were written while they were not captured: what an activity left must be what the next one about
/// that row found, and what the last one left must be in the table.
///
/// Owns a session, and sees trail and tables in one snapshot: what is written meanwhile makes no difference. Each table
/// is gone through in parts of its keys, which bounds the memory on both sides whatever its size.
public struct GapChecker: ~Copyable {
    let connection: Connection
    let auditSchema: String
    let isStopped: () -> Bool
    let report: (GapReport) -> Void
    /// How many rows are compared at once: few enough to be sorted in some 100 MB, and enough that a trail without an
    /// index is not read too many times.
    var rowsAtOnce: Int64 = 1_000_000

    /// Takes over a session.
    ///
    /// `isStopped` is called ten times a second, and says whether the person has asked to stop since the last call.
    public init(
        on connection: consuming Connection,
        auditSchema: String,
        isStopped: @escaping () -> Bool,
        report: @escaping (GapReport) -> Void
    ) {
        self.connection = connection
        self.auditSchema = auditSchema
        self.isStopped = isStopped
        self.report = report
    }

    /// Checks one table, or every audited one that can be checked, and reports each gap as it is found.
    ///
    /// Blocks until all is read, for minutes where the trail is large. Throws `SetupError.notInstalled`, `.capturesNothing`,
    /// `.notAudited` and `.cannotBeChecked` for the table that was named, `.gapCheckStopped`, `.server`, and what
    /// `Catalog.table(named:)` throws; gaps that were reported by then are right.
    public func check(_ table: QualifiedName? = nil) throws(SetupError) -> GapSummary {
        try requireSupported(serverVersion: connection.serverVersion)
        let before = try Catalog.read(from: connection, auditSchema: auditSchema)
        try before.requireCapture()
        let named = try table.map { table throws(SetupError) in [try before.checkedTable(named: table)] }
        let tables = (named ?? before.auditedTables).filter { before.relation($0)?.isReadable ?? false }
        return try Catalog.inSnapshot(on: connection) { () throws(SetupError) in
            try lock(tables)
            return try checkInTransaction(table, tables)
        }
    }

    /// Keeps the tables from being anything else while they are read; the snapshot is taken when they are locked.
    private func lock(_ tables: [TableName]) throws(SetupError) {
        for (index, table) in tables.enumerated() {
            let lock: SQL = "lock table \(table.quoted) in access share mode"
            try run(Statement("savepoint", "savepoint gap_lock"))
            do throws(SetupError) {
                try run(Statement("gap_lock", lock + " nowait"))
            } catch {
                guard case .server(let failure) = error, failure.sqlState == "55P03" else { throw error }
                try run(Statement("rollback_to", "rollback to gap_lock"))
                // Which table is in the way is told only where it is.
                report(.progress(SetupProgress(position: index + 1, count: tables.count, step: "check \(table)")))
                try run(Statement("gap_lock", lock))
            }
            try run(Statement("release", "release gap_lock"))
        }
    }

    private func checkInTransaction(_ table: QualifiedName?, _ locked: [TableName]) throws(SetupError) -> GapSummary {
        let catalog = try Catalog.readInTransaction(from: connection, auditSchema: auditSchema)
        try catalog.requireCapture()
        try answering { () throws(PostgresError) in
            try connection.executeScript(Statement("gap_session", SQLFiles.gapSession))
        }
        var summary = GapSummary(tables: 0, activities: 0, gaps: 0, unchecked: [])
        let tables = try readTables(catalog, named: table, locked, &summary)
        for (index, table) in tables.enumerated() {
            let place = SetupProgress(position: index + 1, count: tables.count, step: "check \(table.name)")
            summary.gaps += try check(table, place)
            summary.tables += 1
            summary.activities += table.activities
        }
        return summary
    }

    /// Returns the number of gaps.
    private func check(_ table: GapTable, _ place: SetupProgress) throws(SetupError) -> Int {
        var comparison = GapComparison(of: table, auditSchema: auditSchema)
        // Hashes that nobody can foresee: a row that looks like another cannot be made on purpose.
        let seed = String(Int64.random(in: .min ... .max))
        let truncates = arrayLiteral(table.truncates.map { String($0.activity) })
        let keys = arrayLiteral(table.relation.keyColumns)
        let parts = table.parts(of: rowsAtOnce)
        var gaps = 0
        for part in 0..<parts {
            var place = place
            if parts > 1 { place.percent = Int(part * 100 / parts) }
            report(.progress(place))
            let parameters = [
                table.name.schema, table.name.name, seed, String(parts), String(part), truncates, keys,
            ]
            try run(table.stepsStatement(auditSchema: auditSchema), parameters)
            gaps += try followSteps(of: table, &comparison)
            try run(Statement("close", "close gap_steps"))
        }
        return gaps
    }

    private func followSteps(of table: GapTable, _ comparison: inout GapComparison) throws(SetupError) -> Int {
        var chain = GapChain(truncates: table.truncates)
        var suspects: [GapSuspect] = []
        var gaps = 0
        var isAtEnd = false
        while !isAtEnd {
            let steps = try rows(Statement("gap_steps", "fetch forward 2000 from gap_steps")) {
                row throws(PostgresError) in try GapStep(row)
            }
            isAtEnd = steps.isEmpty
            for step in steps { suspects += chain.take(step) }
            if isAtEnd { suspects += chain.finish() }
            while suspects.count >= GapComparison.suspectsAtOnce || isAtEnd && !suspects.isEmpty {
                let batch = Array(suspects.prefix(GapComparison.suspectsAtOnce))
                suspects.removeFirst(batch.count)
                gaps += try compare(batch, &comparison)
            }
        }
        return gaps
    }

    /// Reports those of the suspects that are gaps, and returns their number.
    private func compare(_ suspects: [GapSuspect], _ comparison: inout GapComparison) throws(SetupError) -> Int {
        let outcomes = try outcomes(suspects, comparison)
        try readAbsences(of: outcomes.flatMap(\.columns), &comparison)
        let gaps = zip(suspects, outcomes).compactMap { comparison.gap($0, $1) }
        for gap in gaps { report(.gap(gap)) }
        return gaps.count
    }
}

extension GapStep {
    /// Decodes a row of `gap_steps.sql`.
    init(_ row: borrowing Row) throws(PostgresError) {
        key = try row.text(0)
        epoch = Int(try row.integer(4))
        before = try row.optionalInteger(5)
        after = try row.optionalInteger(6)
        if let id = try row.optionalInteger(1) {
            let side = Gap.Side(activity: id, time: row.optionalText(2) ?? "")
            // Without a number the activity is taken for a transaction of its own.
            source = .activity(side, transaction: try row.optionalInteger(3) ?? -id)
        } else {
            source = .table(RowPlace(relation: try row.text(7), tuple: try row.text(8)))
        }
    }
}

extension Catalog {
    fileprivate func requireCapture() throws(SetupError) {
        guard audit.captureFunction == nil else { return }
        throw audit.columns.isEmpty ? .notInstalled(schema: auditSchema) : .capturesNothing(schema: auditSchema)
    }
}

import AuditTrail
import Postgres

extension GapChecker {
    /// The tables to be checked; those that cannot be are noted, unless one was named.
    func readTables(
        _ catalog: Catalog,
        named name: QualifiedName?,
        _ summary: inout GapSummary
    ) throws(SetupError) -> [GapTable] {
        let names = try name.map { name throws(SetupError) in [try catalog.checkedTable(named: name)] }
        report(.progress(SetupProgress(position: 1, count: 1, step: "count the activities")))
        let contents = try readContents(of: names ?? catalog.auditedTables)
        var tables: [GapTable] = []
        for (table, content) in zip(names ?? catalog.auditedTables, contents) {
            do throws(GapObstacle) {
                tables.append(try catalog.gapTable(table, content))
            } catch {
                guard name == nil else { throw .cannotBeChecked(table, error) }
                summary.unchecked.append(GapSummary.Unchecked(table: table, obstacle: error))
            }
        }
        for index in tables.indices { try readColumns(of: &tables[index]) }
        return tables
    }

    private func readContents(of tables: [TableName]) throws(SetupError) -> [GapTable.Contents] {
        let sql = Template(SQLFiles.gapTables).filled(with: ["schema": .text(auditSchema)])
        let names = [arrayLiteral(tables.map(\.schema)), arrayLiteral(tables.map(\.name))]
        return try rows(Statement("gap_tables", sql), names) { row throws(PostgresError) in
            let ids = elements(ofArrayLiteral: try row.text(3)) ?? []
            let times = elements(ofArrayLiteral: try row.text(4)) ?? []
            return GapTable.Contents(
                isReadable: try row.boolean(0),
                isRestricted: try row.boolean(1),
                activities: try row.integer(2),
                truncates: zip(ids, times).compactMap { id, time in
                    Int64(id).map { Gap.Side(activity: $0, time: time) }
                }.sorted { $0.activity < $1.activity }
            )
        }
    }

    private func readColumns(of table: inout GapTable) throws(SetupError) {
        let statement = Statement("gap_columns", Template(SQLFiles.gapColumns).filled())
        let columns = try rows(statement, [table.name.schema, table.name.name]) { row throws(PostgresError) in
            (
                name: try row.text(0), types: elements(ofArrayLiteral: try row.text(1)) ?? [],
                hasCasts: try row.boolean(2)
            )
        }
        table.types = Dictionary(columns.map { ($0.name, $0.types) }) { first, _ in first }
        table.hasCasts = columns.first?.hasCasts ?? false
    }
}

extension GapTable {
    /// What the server says of a table and of what the trail holds about it.
    struct Contents {
        var isReadable: Bool
        var isRestricted: Bool
        var activities: Int64
        var truncates: [Gap.Side]
    }
}

extension Catalog {
    /// The audited table that a person means.
    ///
    /// Throws as `table(named:)` does, `SetupError.coveredByParent` and `.notAudited`.
    fileprivate func checkedTable(named name: QualifiedName) throws(SetupError) -> TableName {
        let table = try table(named: name)
        if !ownTriggers(of: table).isEmpty { return table }
        if let root = relation(table)?.root, !ownTriggers(of: root).isEmpty {
            throw .coveredByParent(table, parent: root)
        }
        throw .notAudited(table)
    }

    fileprivate func gapTable(_ name: TableName, _ contents: GapTable.Contents) throws(GapObstacle) -> GapTable {
        guard let relation = relation(name), !relation.keyColumns.isEmpty else { throw .noKey }
        let excluded = excludedColumns(of: name)
        if let column = relation.keyColumns.first(where: excluded.contains) { throw .keyNotRecorded(column: column) }
        guard contents.isReadable else { throw .notReadable(role: server.role) }
        guard !contents.isRestricted else { throw .restricted(role: server.role) }
        return GapTable(
            relation: relation,
            columns: (columns[name] ?? []).filter { !excluded.contains($0.name) },
            types: [:],
            hasCasts: false,
            activities: contents.activities,
            truncates: contents.truncates
        )
    }
}

import AuditTrail
import Postgres

extension GapChecker {
    /// The tables to be checked; those that cannot be are noted, unless one was named.
    func readTables(
        _ catalog: Catalog,
        named name: QualifiedName?,
        _ locked: [TableName],
        _ summary: inout GapSummary
    ) throws(SetupError) -> [GapTable] {
        let names = try name.map { name throws(SetupError) in [try catalog.checkedTable(named: name)] }
        report(.progress(SetupProgress(position: 1, count: 1, step: "count the activities")))
        let contents = try readContents(of: names ?? catalog.auditedTables)
        var tables: [GapTable] = []
        for (table, content) in zip(names ?? catalog.auditedTables, contents) {
            do throws(GapObstacle) {
                tables.append(try catalog.gapTable(table, content, isLocked: locked.contains(table)))
            } catch {
                guard name == nil else { throw .cannotBeChecked(table, error) }
                summary.unchecked.append(GapSummary.Unchecked(table: table, obstacle: error))
            }
        }
        for index in tables.indices { try readColumns(of: &tables[index]) }
        var checked: [GapTable] = []
        for table in tables {
            if let code = try foreignCode(in: table.name) {
                guard name == nil else { throw .cannotBeChecked(table.name, .foreignCode(code)) }
                summary.unchecked.append(GapSummary.Unchecked(table: table.name, obstacle: .foreignCode(code)))
            } else {
                checked.append(table)
            }
        }
        return checked
    }

    /// What of others would run with the rights of this session if rows of the table were read; nil for nothing.
    private func foreignCode(in table: TableName) throws(SetupError) -> String? {
        try run(Statement("savepoint", "savepoint gap_code"))
        do throws(SetupError) {
            let guarded = Statement("gap_code", "select").guarded(
                by: Safeguard([Safeguard.Relation(table.schema, table.name)])
            )
            try run(guarded)
        } catch {
            guard case .server(.refused(let failure)) = error, failure.sqlState == "42501" else { throw error }
            try run(Statement("rollback_to", "rollback to gap_code"))
            return failure.message
        }
        return nil
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
        let name = [table.name.schema, table.name.name]
        let columns = try rows(statement, name) { row throws(PostgresError) in
            (name: try row.text(0), types: elements(ofArrayLiteral: try row.text(1)) ?? [])
        }
        table.types = Dictionary(columns.map { ($0.name, $0.types) }) { first, _ in first }
        let form = Template(SQLFiles.jsonForm).filled()
        let fields = Statement("gap_fields", Template(SQLFiles.gapFields).filled(with: ["json_form": .sql(form)]))
        table.values = try answering { () throws(PostgresError) in try GapValues(of: connection.execute(fields, name)) }
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
    func checkedTable(named name: QualifiedName) throws(SetupError) -> TableName {
        let table = try table(named: name)
        if !ownTriggers(of: table).isEmpty { return table }
        if let root = relation(table)?.root, !ownTriggers(of: root).isEmpty {
            throw .coveredByParent(table, parent: root)
        }
        throw .notAudited(table)
    }

    fileprivate func gapTable(_ name: TableName, _ contents: GapTable.Contents, isLocked: Bool) throws(GapObstacle)
        -> GapTable
    {
        guard let relation = relation(name), !relation.keyColumns.isEmpty else { throw .noKey }
        let excluded = excludedColumns(of: name)
        if let column = relation.keyColumns.first(where: excluded.contains) { throw .keyNotRecorded(column: column) }
        guard contents.isReadable else { throw .notReadable(role: server.role) }
        guard isLocked, relation.kind == .ordinary || relation.kind == .partitioned else { throw .changing }
        guard !contents.isRestricted else { throw .restricted(role: server.role) }
        return GapTable(
            relation: relation,
            columns: (columns[name] ?? []).filter { !excluded.contains($0.name) && !$0.isVirtual },
            types: [:],
            values: GapValues(),
            activities: contents.activities,
            truncates: contents.truncates
        )
    }
}

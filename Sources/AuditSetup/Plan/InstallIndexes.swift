import AuditTrail
import Postgres

extension Catalog {
    /// More rows than this are not indexed in the transaction of an installation, which keeps writers out meanwhile.
    private static let rowsIndexedInPlace: Int64 = 200_000

    /// Each kind of key costs every statement that is recorded some microseconds; more than these are made on demand.
    static let rowKeysOfInstallation = 8

    /// The indexes that belong to a profile when the given tables are audited, those that are audited already included.
    func indexes(
        of profile: Profile,
        with targets: [CaptureTarget] = [],
        rowKeyLimit limit: Int = rowKeysOfInstallation
    ) -> (wanted: [AuditIndex], rowKeys: RowKeys) {
        let named = Set(targets.map(\.relation.name))
        let others = auditedTables.filter { !named.contains($0) }.compactMap(relation)
            .map { CaptureTarget(relation: $0, excludedColumns: excludedColumns(of: $0.name)) }
        let rowKeys = RowKeys(of: targets + others, limit: limit)
        let indexes = AuditIndex.all(
            schema: auditSchema,
            profile: profile,
            rowKeys: rowKeys.indexed,
            longKeys: rowKeys.long
        )
        return (indexes.map { withFreeName($0) }, rowKeys)
    }

    /// Under a name that nothing else has, such as the index of a partition that was the whole table before.
    private func withFreeName(_ index: AuditIndex) -> AuditIndex {
        guard audit.objects.otherIndexNames.contains(index.name) else { return index }
        var index = index
        index.name = IndexName.ofAuditTable(index.relation, index.suffix + "_whole", schema: auditSchema)
        return index
    }

    /// What `init` does about indexes: it makes those that are missing, and leaves what takes long, or needs something
    /// dropped, to `index`.
    func addIndexes(
        to plan: inout Plan,
        _ installation: Installation,
        _ settings: InstallSettings,
        _ targets: [CaptureTarget]
    ) {
        var (wanted, rowKeys) = indexes(of: settings.profile, with: targets)
        let long = rowKeys.long
        rowKeys.omitted.removeAll { columns in
            state(of: .ofRows(columns, schema: auditSchema, isLimited: long.contains(columns))) == .present
        }
        for index in wanted {
            let state = state(of: index)
            if let obstacle = obstacle(to: index, state) {
                plan.notes.append("index \(sqlIdentifier(index.name)) is left out: \(obstacle)")
            } else if state == .missing || state.isOutdated {
                let table = TableName(schema: auditSchema, name: index.relation)
                let lock = installation == .absent ? nil : table
                let description = "create index \(sqlIdentifier(index.name))"
                if case .outdated(let name) = state { addDrop(of: name, to: &plan) }
                plan.steps.append(Plan.Step(description, index.creation(on: table, as: index.name), table: lock))
            }
        }
        if settings.profile == .standard { plan.notes += rowKeys.notes }
    }

    private func addDrop(of index: String, to plan: inout Plan) {
        let sql: SQL = "drop index \(SQL.name(auditSchema, index));\n"
        let table = TableName(schema: auditSchema, name: "activity")
        let description = "drop index \(sqlIdentifier(index)), which makes writes of long keys fail"
        plan.steps.append(Plan.Step(description, sql, table: table))
    }

    private func obstacle(to index: AuditIndex, _ state: IndexState) -> String? {
        let isOfActivity = index.relation == "activity"
        let rows = isOfActivity ? audit.objects.estimatedActivities : audit.objects.estimatedTransactions
        switch state {
        case .present: return nil
        case .missing where rows <= Self.rowsIndexedInPlace: return nil
        case .outdated where rows <= Self.rowsIndexedInPlace: return nil
        case .outdated: return "it makes writes of long keys fail; audit-tui index replaces it beside those who write"
        case .missing:
            return "\(index.relation) holds about \(rows) rows, and writers would wait while it is built; "
                + "audit-tui index builds it beside them"
        case .unfinished: return "its building was broken off; audit-tui index builds it anew"
        case .nameTaken: return nameTaken
        }
    }

    /// Why an index cannot be made whose name another has.
    var nameTaken: String { "another index has this name; drop or rename that one" }
}

extension RowKeys {
    /// What the person should know of the keys that have no index.
    var notes: [String] {
        let notes = refused.map { refused in
            let columns = refused.columns.map(sqlIdentifier).joined(separator: ", ")
            return "rows are not indexed by \(columns): \(refused.column) may hold values that are too long "
                + "for an index, and writing them would fail"
        }
        guard !omitted.isEmpty else { return notes }
        let omitted = omitted.map { "(\($0.map(sqlIdentifier).joined(separator: ", ")))" }.joined(separator: ", ")
        return notes + [
            "rows are not indexed by \(omitted): each kind of key costs every write; audit-tui index builds them"
        ]
    }
}

import AuditTrail

/// Which columns stay out of the trail.
extension Catalog {
    /// Those that the table's triggers leave out already, those that are named, and, where the table was not audited
    /// before, those whose names suggest secrets; without those that are asked for.
    ///
    /// Throws `SetupError.unknownColumn` and `.includedAndExcluded`.
    func exclusions(of relation: RelationFacts, _ request: InstallRequest) throws(SetupError) -> [String] {
        let excluded = request.excludedColumns.filter { $0.table == relation.name }
        let included = request.includedColumns.filter { $0.table == relation.name }
        for column in excluded + included where !relation.columns.contains(column.name) {
            throw .unknownColumn(column, suggestions: nearest(to: column.name, among: relation.columns))
        }
        if let both = excluded.first(where: included.contains) { throw .includedAndExcluded(both) }
        var columns = excludedColumns(of: relation.name)
        for name in excluded.map(\.name) + suspiciousColumns(of: relation) where !columns.contains(name) {
            columns.append(name)
        }
        return columns.filter { name in !included.contains { $0.name == name } }
    }

    /// Columns that the picker, too, leaves out unless told otherwise; none of a table that is audited.
    private func suspiciousColumns(of relation: RelationFacts) -> [String] {
        guard ownTriggers(of: relation.name).isEmpty else { return [] }
        return relation.columns.filter { isSuspicious($0) && !relation.keyColumns.contains($0) }
    }

    /// What was decided by names alone.
    func exclusionNotes(_ targets: [CaptureTarget], _ request: InstallRequest) -> [String] {
        let new = targets.filter { ownTriggers(of: $0.relation.name).isEmpty }
        func columns(_ take: (CaptureTarget) -> [String]) -> [ColumnName] {
            new.flatMap { target in take(target).map { ColumnName(table: target.relation.name, name: $0) } }
        }
        let out = columns(\.excludedColumns).filter { !request.excludedColumns.contains($0) }
        let keys = columns { target in
            target.relation.keyColumns.filter { isSuspicious($0) && !target.excludedColumns.contains($0) }
        }.filter { !request.includedColumns.contains($0) }
        var notes: [String] = []
        if !out.isEmpty {
            notes.append("not recorded for their names: \(list(out)); --include TABLE.COLUMN records one")
        }
        if !keys.isEmpty {
            notes.append("recorded, being keys, though their names suggest secrets: \(list(keys))")
        }
        return notes
    }

    private func list(_ columns: [ColumnName]) -> String { columns.map(\.description).joined(separator: ", ") }
}

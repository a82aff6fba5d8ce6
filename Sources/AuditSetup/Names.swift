import AuditTrail

extension Catalog {
    /// The table that a person means by a name, which may lack the schema.
    ///
    /// A bare name is looked for along the session's search path, then in every schema. Throws
    /// `SetupError.unknownTable` and `.ambiguousTable`.
    public func table(named name: QualifiedName) throws(SetupError) -> TableName {
        let typed = name.parts.map(sqlIdentifier).joined(separator: ".")
        switch name.parts.count {
        case 1:
            let found = relations.map(\.name).filter { $0.name == name.parts[0] }
            if let first = searchPath.lazy.compactMap({ s in found.first { $0.schema == s } }).first { return first }
            if found.count > 1 { throw .ambiguousTable(typed, candidates: found) }
            if let only = found.first { return only }
        case 2:
            let table = TableName(schema: name.parts[0], name: name.parts[1])
            if relations.contains(where: { $0.name == table }) { return table }
        default: break
        }
        throw .unknownTable(typed, suggestions: near(name.parts[name.parts.count - 1]))
    }

    /// The column that a person means by `table.column` or `schema.table.column`.
    ///
    /// Whether the table has the column is checked when the plan is made. Throws as `table(named:)` does, and
    /// `SetupError.columnWithoutTable`.
    public func column(named name: QualifiedName) throws(SetupError) -> ColumnName {
        guard name.parts.count > 1, let column = name.parts.last else {
            throw .columnWithoutTable(name.parts.map(sqlIdentifier).joined(separator: "."))
        }
        var table = name
        table.parts.removeLast()
        return ColumnName(table: try self.table(named: table), name: column)
    }

    private func near(_ name: String) -> [TableName] {
        let names = nearest(to: name, among: relations.map(\.name.name))
        return relations.map(\.name).filter { names.contains($0.name) }
    }
}

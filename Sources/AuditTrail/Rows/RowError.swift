/// Why a row cannot be looked for.
public enum RowError: Error, Equatable, Sendable {
    /// The database has no such table, and without it the columns of the key are not known.
    case noTable(String)
    /// Several schemas have a table of that name.
    case ambiguous(String, schemas: [String])
    /// The table has no primary key, so that its rows cannot be told apart.
    case noKey(TableName)
    /// The key that was given is not that of the table.
    case otherKey(TableName, columns: [String])
    /// The table has too many rows to be looked at as a whole.
    case tooLarge(TableName)
}

extension RowError {
    /// The one table among those found for a name; nil fits no table.
    ///
    /// Throws `ambiguous` and `noTable`.
    public static func onlyTable(of shapes: [TableShape], called table: TablePattern) throws(RowError) -> TableShape {
        let name = table.schema.map { TableName(schema: $0, name: table.name).description } ?? sqlIdentifier(table.name)
        guard shapes.count <= 1 else { throw .ambiguous(name, schemas: shapes.map(\.name.schema)) }
        guard let shape = shapes.first else { throw .noTable(name) }
        return shape
    }
}

extension RowError: CustomStringConvertible {
    /// What is the matter and what to do, for the person at the keyboard.
    public var description: String {
        switch self {
        case .noTable(let name):
            "there is no table \(name) in the database; for one that is gone, give schema.table and a key column=value"
        case .ambiguous(let name, let schemas):
            "several schemas have a table \(name) (\(schemas.joined(separator: ", "))); give schema.table"
        case .noKey(let table): "table \(table) has no primary key, so its rows cannot be told apart"
        case .otherKey(let table, let columns):
            "the key of table \(table) is \(columns.joined(separator: ", ")); give it as "
                + columns.map { "\($0)=value" }.joined(separator: ",")
        case .tooLarge(let table):
            "table \(table) has or had more than \(grouped(TableAtTimeBuilder.mostKeys)) rows; give the key of one"
        }
    }
}

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
        }
    }
}

/// Why there is no trail to read.
public enum TrailError: Error, Equatable, Sendable {
    /// No schema of the database, or not the one that was named, holds the two tables.
    case missing(schema: String?, database: String)
    /// Several schemas do, and none was named.
    case ambiguous(schemas: [String])
    /// The role may not read the tables.
    case unreadable(schema: String)
    /// There are but views or foreign tables, which run the code of these roles with the reader's rights.
    case untrusted(schema: String, owners: [String])
}

extension TrailError: CustomStringConvertible {
    /// What is the matter and what to do, for the person at the keyboard.
    public var description: String {
        switch self {
        case .missing(nil, let database):
            "database \"\(database)\" has no audit tables; install them with: audit-tui init TABLE..."
        case .missing(let schema?, let database):
            "schema \"\(schema)\" of database \"\(database)\" has no audit tables in the format of flask-audit-logger"
        case .ambiguous(let schemas):
            "several schemas hold audit tables (\(schemas.joined(separator: ", "))); choose one with --schema"
        case .unreadable(let schema):
            "this role may not read the audit tables in schema \"\(schema)\"; "
                + "grant usage on the schema and select on transaction and activity"
        case .untrusted(let schema, let owners):
            "transaction and activity in schema \"\(schema)\" are views or foreign tables, which run code of role "
                + owners.joined(separator: ", ") + " with your rights; --trust names a role whose code may"
        }
    }
}

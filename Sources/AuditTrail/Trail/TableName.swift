/// The name of a table with its schema, as the catalog has it: unquoted, in its own case.
public struct TableName: Hashable, Sendable {
    /// The schema, for instance `public`.
    public var schema: String
    /// The table, for instance `orders`.
    public var name: String

    /// A name from its two parts.
    public init(schema: String, name: String) {
        self.schema = schema
        self.name = name
    }
}

extension TableName: Comparable {
    /// Orders by schema, then by name.
    public static func < (left: TableName, right: TableName) -> Bool {
        (left.schema, left.name) < (right.schema, right.name)
    }
}

extension TableName: CustomStringConvertible {
    /// `schema.name`, each part quoted as SQL wants it where it needs to be.
    public var description: String { "\(sqlIdentifier(schema)).\(sqlIdentifier(name))" }

    /// The shortest clear form: without the schema when that is `public`.
    public var short: String { schema == "public" ? sqlIdentifier(name) : description }
}

/// The name as one would type it in SQL: bare when it is a plain lower-case word, in double quotes otherwise.
///
/// Reserved words stay bare: the form is for people and for our own command line, not for generated SQL.
public func sqlIdentifier(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let isPlain =
        scalars.first.map { ("a"..."z").contains($0) || $0 == "_" } ?? false
        && scalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    guard !isPlain else { return name }
    var result = "\""
    for scalar in scalars {
        if scalar == "\"" { result += "\"" }
        result.unicodeScalars.append(scalar)
    }
    return result + "\""
}

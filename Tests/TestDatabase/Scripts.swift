import Postgres

extension Statement {
    /// A statement of a test.
    public init(_ name: String, verbatim text: String) { self.init(name, SQL(verbatim: text)) }
}

extension Connection {
    /// Runs one or more statements.
    public func run(_ sql: String) throws(PostgresError) {
        try executeScript(Statement("test", verbatim: sql))
    }

    /// The rows of a query, columns joined by ` | `, null as `∅`.
    public func rows(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> [String] {
        let result = try execute(Statement("test", verbatim: sql), parameters)
        let columns = 0..<result.columnCount
        return try result.map { row throws(PostgresError) in
            var values: [String] = []
            for column in columns { values.append(row.optionalText(column) ?? "∅") }
            return values.joined(separator: " | ")
        }
    }

    /// Makes a collation `anycase` that finds texts equal which differ in case; on a server without ICU one that does not.
    public func makeCollation() throws(PostgresError) {
        let hasICU = try rows("select from pg_collation where collprovider = 'i' limit 2").count == 2
        let options = hasICU ? "provider = icu, locale = 'und-u-ks-level2', deterministic = false" : "locale = 'C'"
        try run("create collation anycase (\(options))")
    }
}

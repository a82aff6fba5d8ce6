/// One SQL statement, or a script of several, under the name by which errors and logs call it.
///
/// The text is that of a `.sql` file. Values are `$1…$n`; identifiers that are known only at run time are written as
/// psql writes them, `:"schema"`, so that the file runs in psql too (`psql -v schema=audit -f file.sql`).
public struct Statement: Equatable, Sendable {
    /// The name of the file, without its ending.
    public let name: String
    /// The SQL.
    public let text: String

    /// A statement with its name and text.
    public init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    /// The statement with each `:"variable"` replaced by its value as a quoted identifier.
    ///
    /// A variable that has no value stays as it is, and the server refuses it.
    public func naming(_ identifiers: [String: String]) -> Statement {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: ":\""), let end = rest[start.upperBound...].firstIndex(of: "\"") {
            result += rest[..<start.lowerBound]
            let after = rest.index(after: end)
            if let value = identifiers[String(rest[start.upperBound..<end])] {
                result += quotedIdentifier(value)
            } else {
                result += rest[start.lowerBound..<after]
            }
            rest = rest[after...]
        }
        return Statement(name, result + rest)
    }

    /// The statement with each `:variable` replaced by SQL, which psql does by `-v variable=true`.
    public func inserting(_ sql: String, for variable: String) -> Statement {
        Statement(name, text.replacing(":" + variable, with: sql))
    }
}

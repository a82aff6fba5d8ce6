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
        let quote = UInt8(ascii: "\"")
        return replacing { rest in
            guard rest.first == quote, let end = rest.dropFirst().firstIndex(of: quote),
                let value = identifiers[String(decoding: rest[..<end].dropFirst(), as: UTF8.self)]
            else { return nil }
            return (end - rest.startIndex + 1, quotedIdentifier(value))
        }
    }

    /// The statement with each `:variable` replaced by SQL, which psql does by `-v variable=true`.
    public func inserting(_ sql: String, for variable: String) -> Statement {
        replacing { $0.starts(with: variable.utf8) ? (variable.utf8.count, sql) : nil }
    }

    /// The statement with so many bytes behind a colon, and the colon, replaced by SQL, where there is some for them.
    ///
    /// It is done for every question, and by characters would take as long as a short statement runs.
    private func replacing(_ variable: (ArraySlice<UInt8>) -> (length: Int, sql: String)?) -> Statement {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let behind = rest[colon...].dropFirst()
            if let (length, sql) = variable(behind) {
                result += rest[..<colon]
                result += sql.utf8
                rest = behind.dropFirst(length)
            } else {
                result += rest[...colon]
                rest = behind
            }
        }
        return Statement(name, String(decoding: result + rest, as: UTF8.self))
    }
}

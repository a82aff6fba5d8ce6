/// One SQL statement, or a script of several, under the name by which errors and logs call it.
///
/// Values are `$1…$n`; what cannot be a parameter is put into the text by `Template` and `SQL`, and by nothing else.
public struct Statement: Equatable, Sendable {
    /// The name of the file, without its ending.
    public let name: String
    /// The SQL.
    public let sql: SQL
    /// What must hold for it to be run; nil for what trusts nobody anyway.
    public internal(set) var safeguard: Safeguard?
    /// What its transaction must begin with, before anything is read; empty for any beginning.
    public private(set) var opening: [SQL] = []

    /// Whether its text stays the same for a whole session, so that a session of one's own need parse and plan it but once.
    public private(set) var isRepeated = false

    /// A statement with its name and text.
    public init(_ name: String, _ sql: SQL) {
        self.name = name
        self.sql = sql
    }

    /// The statement in a transaction that begins with others.
    public func opened(by opening: [SQL]) -> Statement {
        var statement = self
        statement.opening = opening
        return statement
    }

    /// The statement as one that a session runs again and again with the same text.
    ///
    /// Not for texts that vary, of which a session would keep every one; nor for searches, whose plans are to know their
    /// values: after the fifth time the server may go on with a plan that knows none.
    public func repeated() -> Statement {
        var statement = self
        statement.isRepeated = true
        return statement
    }

    /// The SQL as the server is sent it.
    public var text: String { sql.text }
}

/// A statement with the values of its parameters, in text format, nil for null.
public typealias Request = (statement: Statement, parameters: [String?])

/// What went wrong between this program and the server.
///
/// Holds the server's words and SQLSTATE and the name of the statement; never parameter values, connection strings
/// or passwords.
public enum PostgresError: Error, Equatable, Sendable {
    /// No session came about; `needsPassword` says that the server asked for a password and none was given.
    case cannotConnect(message: String, needsPassword: Bool)
    /// The session ended while it was in use.
    case connectionLost(statement: String, message: String)
    /// The server refused a statement.
    case refused(ServerError)
    /// A value did not have the type that the program expects of the column.
    case undecodable(statement: String, column: Int)
    /// libpq itself could not do what it was asked, for instance for want of memory.
    case library(message: String)
}

/// An error as the server reports it (PostgreSQL manual, "Error and Notice Message Fields").
public struct ServerError: Equatable, Sendable {
    /// The name of the statement in this program, not its text.
    public var statement: String
    /// Five characters, for instance `42P01`; empty when the server gave none.
    public var sqlState: String
    /// The primary message, one line as a rule.
    public var message: String
    /// The detail, when the server gave one.
    public var detail: String?
    /// The hint, when the server gave one.
    public var hint: String?

    /// An error with the given fields.
    public init(statement: String, sqlState: String, message: String, detail: String? = nil, hint: String? = nil) {
        self.statement = statement
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line for the person at the keyboard, in the server's language.
    public var description: String {
        switch self {
        case .cannotConnect(let message, _): "cannot connect: \(oneLine(message))"
        case .connectionLost(_, let message): "connection lost: \(oneLine(message))"
        case .refused(let error): error.description
        case .undecodable(let statement, let column):
            "statement \(statement): column \(column + 1) has a value of an unexpected type"
        case .library(let message): oneLine(message)
        }
    }

    /// The error without the server's detail, which names values of rows: `Failing row contains (…)`, `Key (…)=(…)`.
    public var withoutDetail: PostgresError {
        guard case .refused(var error) = self else { return self }
        error.detail = nil
        return .refused(error)
    }

    /// The error without any words of the server that may name values: a value that cannot be read stands in its message.
    public var withoutValues: PostgresError {
        // Classes of SQLSTATE that name values: data exceptions, broken constraints, errors raised by functions.
        guard case .refused(var error) = self, ["22", "23", "44", "P0"].contains(error.sqlState.prefix(2)) else {
            return withoutDetail
        }
        error.message = "SQLSTATE \(error.sqlState); the rest may hold masked values"
        (error.detail, error.hint) = (nil, nil)
        return .refused(error)
    }

    /// The SQLSTATE, when the server gave one.
    public var sqlState: String? {
        if case .refused(let error) = self { error.sqlState } else { nil }
    }
}

extension ServerError: CustomStringConvertible {
    /// The message with detail and hint, in one line.
    public var description: String {
        var text = oneLine(message)
        if let detail { text += " (\(oneLine(detail)))" }
        if let hint { text += "; \(oneLine(hint))" }
        return text
    }
}

/// Joins the lines of a message, since an error is one line on standard error and one row on the screen.
private func oneLine(_ message: String) -> String {
    message.split(whereSeparator: \.isNewline)
        .map { $0.drop(while: { $0 == " " || $0 == "\t" }) }
        .joined(separator: "; ")
}

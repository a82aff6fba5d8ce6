import CLibpq

/// What the server answered to one statement: `rowCount × columnCount` values in text format.
///
/// Owns a `PGresult` and frees it. Values are copied out of it as Swift values.
public struct QueryResult: ~Copyable {
    private let handle: OpaquePointer
    private let statement: String

    init(owning handle: OpaquePointer, of statement: String) {
        self.handle = handle
        self.statement = statement
    }

    deinit { PQclear(handle) }

    /// The number of rows; 0 for a statement that returns none (`PQntuples`).
    public var rowCount: Int { Int(PQntuples(handle)) }

    /// The number of columns (`PQnfields`).
    public var columnCount: Int { Int(PQnfields(handle)) }

    /// The rows in their order, decoded one by one.
    ///
    /// Throws what `decode` throws, as a rule `PostgresError.undecodable`.
    public func map<T>(_ decode: (borrowing Row) throws(PostgresError) -> T) throws(PostgresError) -> [T] {
        var values: [T] = []
        values.reserveCapacity(rowCount)
        for index in 0..<rowCount {
            values.append(try decode(Row(result: handle, index: Int32(index), statement: statement)))
        }
        return values
    }

    /// The first row decoded, or nil when there is no row.
    public func first<T>(_ decode: (borrowing Row) throws(PostgresError) -> T) throws(PostgresError) -> T? {
        rowCount == 0 ? nil : try decode(Row(result: handle, index: 0, statement: statement))
    }

    /// The first row decoded, of a statement that always gives one.
    ///
    /// Throws `PostgresError.undecodable` when there is no row.
    public func only<T>(_ decode: (borrowing Row) throws(PostgresError) -> T) throws(PostgresError) -> T {
        guard let value = try first(decode) else { throw .undecodable(statement: statement, column: 0) }
        return value
    }

    /// The error in this result, or nil when the statement succeeded.
    var error: ServerError? {
        switch PQresultStatus(handle) {
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: serverError
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            ServerError(statement: statement, sqlState: "0A000", message: "copy is not supported here")
        default: nil
        }
    }

    private var serverError: ServerError {
        ServerError(
            statement: statement,
            sqlState: field(AUDIT_TUI_DIAG_SQLSTATE) ?? "",
            message: field(AUDIT_TUI_DIAG_MESSAGE_PRIMARY) ?? String(cString: PQresultErrorMessage(handle)),
            detail: field(AUDIT_TUI_DIAG_MESSAGE_DETAIL),
            hint: field(AUDIT_TUI_DIAG_MESSAGE_HINT)
        )
    }

    private func field(_ code: some BinaryInteger) -> String? {
        PQresultErrorField(handle, Int32(code)).map { String(cString: $0) }
    }
}

/// One row of a result, valid only while it is being decoded.
public struct Row: ~Copyable {
    private let result: OpaquePointer
    private let index: Int32
    private let statement: String

    fileprivate init(result: OpaquePointer, index: Int32, statement: String) {
        self.result = result
        self.index = index
        self.statement = statement
    }

    /// The value of a column as text, or nil when it is SQL null.
    ///
    /// Columns count from 0.
    public func optionalText(_ column: Int) -> String? {
        guard PQgetisnull(result, index, Int32(column)) == 0 else { return nil }
        let length = Int(PQgetlength(result, index, Int32(column)))
        guard let start = PQgetvalue(result, index, Int32(column)) else { return nil }
        return start.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
            String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
        }
    }

    /// The value of a column as text.
    ///
    /// Throws `PostgresError.undecodable` when it is SQL null.
    public func text(_ column: Int) throws(PostgresError) -> String {
        guard let text = optionalText(column) else { throw undecodable(column) }
        return text
    }

    /// The value of a column as a whole number, or nil when it is SQL null.
    ///
    /// Throws `PostgresError.undecodable` when it is no whole number of 64 bits.
    public func optionalInteger(_ column: Int) throws(PostgresError) -> Int64? {
        guard let text = optionalText(column) else { return nil }
        guard let value = Int64(text) else { throw undecodable(column) }
        return value
    }

    /// The value of a column as a whole number.
    ///
    /// Throws `PostgresError.undecodable` when it is null or no number.
    public func integer(_ column: Int) throws(PostgresError) -> Int64 {
        guard let value = try optionalInteger(column) else { throw undecodable(column) }
        return value
    }

    /// The value of a boolean column.
    ///
    /// Throws `PostgresError.undecodable` when it is null or no boolean.
    public func boolean(_ column: Int) throws(PostgresError) -> Bool {
        switch optionalText(column) {
        case "t": return true
        case "f": return false
        default: throw undecodable(column)
        }
    }

    /// The value of a text column that has only the values of a type's cases.
    ///
    /// Throws `PostgresError.undecodable` when it is null or another.
    public func value<T: RawRepresentable>(_ column: Int, of type: T.Type) throws(PostgresError) -> T
    where T.RawValue == String {
        guard let value = type.init(rawValue: try text(column)) else { throw undecodable(column) }
        return value
    }

    /// The error that says that a column of this row could not be decoded.
    public func undecodable(_ column: Int) -> PostgresError { .undecodable(statement: statement, column: column) }
}

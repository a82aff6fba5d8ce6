import CLibpq

/// Made by `scripts/fuzz` into the module that decodes results.
extension QueryResult {
    /// A result with these rows, nil being SQL null, as libpq holds those that a server sends.
    public static func made(of rows: [[[UInt8]?]], columns: Int) -> QueryResult {
        guard let handle = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else { preconditionFailure("no memory") }
        var attributes = (0..<columns).map { _ in PGresAttDesc() }
        var name: [CChar] = [97, 0]
        name.withUnsafeMutableBufferPointer { name in
            for column in attributes.indices {
                attributes[column].name = name.baseAddress
                attributes[column].typlen = -1
            }
            precondition(PQsetResultAttrs(handle, Int32(columns), &attributes) == 1)
        }
        for (index, row) in rows.enumerated() {
            for column in 0..<columns {
                let value = column < row.count ? row[column] : nil
                var bytes = (value ?? []).map { CChar(bitPattern: $0) } + [0]
                let length = value.map { Int32($0.count) } ?? -1
                precondition(PQsetvalue(handle, Int32(index), Int32(column), &bytes, length) == 1)
            }
        }
        return QueryResult(owning: handle, of: "made")
    }
}

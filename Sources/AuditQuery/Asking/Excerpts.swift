import AuditTrail
import JSON
import Postgres

/// Values of the trail that stay on the server for their size, but for a part of them.
enum Excerpts {
    /// Values of more bytes than that, as the server stores them, are cut.
    static let mostBytes = 65536
    /// A row before and after a change of no more bytes than that come whole when one change is asked for.
    static let mostBytesOfOne = 2_000_000
    /// The server's hashes of what is cut begin with it: nobody can make two values on purpose that have the same.
    private static let seed = Int64.random(in: .min ... .max)

    /// The variables `old_data` and `changed_data` of statements whose rows `p` have these columns.
    static func columns(mostBytes: Int? = mostBytes) -> [String: Template.Value] {
        [
            "old_data": .sql(text(of: "p.old_data", mostBytes)),
            "changed_data": .sql(text(of: "p.changed_data", mostBytes)),
        ]
    }

    /// The variables of the statement for one change: where a value differs from its other side, that part of it is what counts.
    static var columnsOfOne: [String: Template.Value] {
        [
            "most_bytes": .sql("\(mostBytesOfOne)"),
            "old_data": .sql(text(of: "p.old_data", mostBytes, besides: "p.changed_data")),
            "changed_data": .sql(text(of: "p.changed_data", mostBytes, besides: "p.old_data")),
        ]
    }

    /// The row of a table of this shape, given as an expression of jsonb that is not to be evaluated twice; of the columns of the
    /// key, or others that are named, nothing is cut.
    static func text(ofRow row: SQL, of shape: TableShape, whole columns: Set<String>? = nil) -> SQL {
        let names = SQL.literal(arrayLiteral(columns?.sorted() ?? shape.keyColumns))
        let data = text(of: "d.data", mostBytes, isKey: "v.key = any (\(names)::text[])")
        return "(select \(data) from (select \(row) as data offset 0) d)"
    }

    /// A column of jsonb as text; in one of more bytes than that, what is large is cut.
    private static func text(
        of column: SQL,
        _ mostBytes: Int?,
        besides other: SQL? = nil,
        isKey: SQL = "keys.columns::jsonb ? v.key"
    ) -> SQL {
        guard let mostBytes else { return column }
        let part = other.map { Statements.excerptWindow.sql(["other": .sql($0)]) } ?? Statements.excerptBeginning.sql()
        return Statements.excerpt.sql(
            [
                "data": .sql(column), "limit": .sql("\(mostBytes)"),
                "member_limit": .sql("\(min(mostBytes, Self.mostBytes))"),
                "is_key": .sql(isKey), "seed": .sql("\(seed)"), "part": .sql(part),
            ]
        )
    }
}

/// A column of JSON that may be as `excerpt.sql` makes it, or nil when it is SQL null.
///
/// Throws `PostgresError.undecodable` for text that is neither.
func excerptedJSON(_ row: borrowing Row, _ column: Int) throws(PostgresError) -> JSON? {
    guard let text = row.optionalText(column), text.utf8.first == UInt8(ascii: "=") else {
        return try json(row, column)
    }
    guard let parts = try? JSON(parsing: String(text.dropFirst())), let rest = parts["rest"]?.members,
        let large = parts["large"]?.members
    else { throw row.undecodable(column) }
    let excerpts = large.compactMap { member in Excerpt(member.value).map { JSON.Member(member.name, .excerpt($0)) } }
    guard excerpts.count == large.count else { throw row.undecodable(column) }
    return .object((rest + excerpts).sorted(by: isBefore))
}

/// The order of members within the server's jsonb: short names first, then by their bytes.
private func isBefore(_ left: JSON.Member, _ right: JSON.Member) -> Bool {
    let (left, right) = (left.name.utf8, right.name.utf8)
    return left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
}

extension Excerpt {
    /// An excerpt as `excerpt.sql` tells it: kind, bytes, hash, and a text from the beginning, or the bytes of a part in
    /// hexadecimal digits, those before it, and all.
    fileprivate init?(_ list: JSON) {
        guard let parts = list.elements, parts.count >= 3, case .string(let kind) = parts[0],
            let kind = Kind(rawValue: kind), let size = parts[1].integer, let fingerprint = parts[2].integer
        else { return nil }
        // A string by itself is stored with twelve bytes more.
        self.init(kind, byteCount: Int(size) - (kind == .string ? 12 : 0), fingerprint: fingerprint)
        guard parts.count > 3, case .string(let part) = parts[3] else { return }
        text = part
        guard parts.count == 6, let offset = parts[4].integer, let count = parts[5].integer else { return }
        let bytes = wholeCharacters(of: bytes(ofHexadecimal: part))
        (text, isWindow) = (String(decoding: bytes.bytes, as: UTF8.self), true)
        (self.offset, byteCount) = (Int(offset) + bytes.dropped, Int(count))
    }
}

/// The bytes without those of characters that are cut at either end, and how many went at the beginning.
private func wholeCharacters(of bytes: [UInt8]) -> (bytes: ArraySlice<UInt8>, dropped: Int) {
    let start = bytes.prefix(4).firstIndex { !UTF8.isContinuation($0) } ?? 0
    var end = bytes.endIndex
    while end > start, bytes.count - end < 4, UTF8.isContinuation(bytes[end - 1]) { end -= 1 }
    // What is left ends with the beginning of a character: all of it may be there.
    guard end > start, bytes[end - 1] >= 0xC0 else { return (bytes[start...], start) }
    let wanted = bytes[end - 1] >= 0xF0 ? 4 : bytes[end - 1] >= 0xE0 ? 3 : 2
    return (bytes.count - end + 1 >= wanted ? bytes[start...] : bytes[start..<(end - 1)], start)
}

private func bytes(ofHexadecimal text: String) -> [UInt8] {
    func value(_ digit: UInt8) -> UInt8 { digit >= UInt8(ascii: "a") ? digit - 87 : digit - 48 }
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
}

extension JSON {
    fileprivate var integer: Int64? { if case .number(let text) = self { Int64(text) } else { nil } }
}

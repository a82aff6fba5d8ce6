/// Where a person wants to go in the list.
public enum Destination: Equatable, Sendable {
    /// To what was written last up to a moment.
    case moment(Timestamp)
    /// To the last transaction that a filter selects: one by its number, or the last that wrote a row.
    case transaction(Filter)

    /// A destination that cannot be read, as it was typed.
    public struct ParseError: Error, Equatable, Sendable, CustomStringConvertible {
        /// What was typed.
        public var text: String

        /// What is accepted instead.
        public var description: String {
            "cannot go to \"\(text)\"; use a time such as 2026-10-09 17:20, -2h or yesterday 9, a transaction such as 812 "
                + "or xid:900, or a row such as orders:42"
        }
    }

    /// Reads a time as `Timestamp.init(parsing:now:)` does, a number as that of a transaction row, `tx:`, `xid:`, `id:` or
    /// `row:` as in a filter, or `TABLE:KEY`.
    public init(parsing text: String, now: Timestamp) throws(ParseError) {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if let moment = try? Timestamp(parsing: text, now: now) {
            self = .moment(moment)
            return
        }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
        let readings = isNumber ? ["tx:" + text] : [text, "row:" + text]
        for reading in readings {
            guard let filter = try? Filter(parsing: reading, now: now), filter.terms.count == 1,
                case .term(let term) = filter.terms[0]
            else { continue }
            switch term {
            case .number(.transaction, .anyOf), .number(.nativeTransaction, .anyOf), .number(.activity, .anyOf), .row:
                self = .transaction(filter)
                return
            default: break
            }
        }
        throw ParseError(text: text)
    }
}

import AuditTrail
import JSON

/// Filtering by what is under the cursor.
extension Model {
    /// Adds the term that the value of the line is, or is not, this one.
    mutating func filterByValue(isWanted: Bool) -> [Effect] {
        if focus == .detail, detail.lineUnderCursor?.document?.isExcerpt == true {
            notice = Notice(.info, "only a part of the value is here")
            return []
        }
        guard focus == .detail, let term = detail.lineUnderCursor?.term(isWanted: isWanted) else {
            notice = Notice(
                .info,
                "no value under the cursor; \(key(.open)) opens the changes, and \(key(.filterFor)) and \(key(.filterOut)) take the values there"
            )
            return []
        }
        if detail.lineUnderCursor?.document?.isMasked == true {
            notice = Notice(.info, "the value is masked")
            return []
        }
        return apply(Filter(filter.terms + [.term(term)]))
    }
}

extension Diff.Line {
    /// The term for the value of this line; nil for words, objects and arrays.
    fileprivate func term(isWanted: Bool) -> FilterTerm? {
        guard let value = document.flatMap(FilterValue.init(of:)), !location.isEmpty else { return nil }
        let path = location.map { step in
            switch step {
            case .member(let name): name
            case .element(let index): String(index)
            }
        }
        let side: RowSide = kind == .removed ? .old : kind == .added ? .new : .any
        return .value(side, path: path, isWanted ? .equals(value) : .differs(value))
    }
}

extension FilterValue {
    /// The value of a filter that equals this one; nil for objects and arrays.
    fileprivate init?(of value: JSON) {
        switch value {
        case .null: self = .null
        case .bool(let isTrue): self = .text(isTrue ? "true" : "false")
        case .number: self = .number(value.description)
        case .string(let text): self = .text(text)
        case .array, .object, .excerpt: return nil
        }
    }
}

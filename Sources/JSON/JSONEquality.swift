extension JSON {
    /// Whether the documents are the same: strings and names byte by byte, numbers by their spelling, members in order.
    ///
    /// Swift finds texts equal that are written with other characters, such as `é` and `e` with an accent; in a trail that
    /// is a change. Without recursion, since a document may nest deeper than the stack is high.
    public static func == (left: JSON, right: JSON) -> Bool {
        var pairs: [(JSON, JSON)] = []
        guard isSame(left, right, &pairs) else { return false }
        while let (left, right) = pairs.popLast() {
            guard isSame(left, right, &pairs) else { return false }
        }
        return true
    }

    /// Compares two values but for what is in them, which it adds to the pairs.
    private static func isSame(_ left: JSON, _ right: JSON, _ pairs: inout [(JSON, JSON)]) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.number(let left), .number(let right)), (.string(let left), .string(let right)):
            return left.hasSameBytes(as: right)
        case (.excerpt(let left), .excerpt(let right)): return left == right
        case (.array(let left), .array(let right)):
            pairs.append(contentsOf: zip(left, right))
            return left.count == right.count
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            for (left, right) in zip(left, right) {
                guard left.name.hasSameBytes(as: right.name) else { return false }
                pairs.append((left.value, right.value))
            }
            return true
        default: return false
        }
    }

    /// Feeds the hasher with the document, without recursion.
    public func hash(into hasher: inout Hasher) {
        var rest = [self]
        while let next = rest.popLast() {
            switch next {
            case .null: hasher.combine(0)
            case .bool(let value): hasher.combine(value)
            case .number(let text), .string(let text): hasher.combine(text)
            case .excerpt(let excerpt): hasher.combine(excerpt)
            case .array(let elements):
                hasher.combine(elements.count)
                rest.append(contentsOf: elements)
            case .object(let members):
                hasher.combine(members.count)
                for member in members {
                    hasher.combine(member.name)
                    rest.append(member.value)
                }
            }
        }
    }
}

extension JSON.Member {
    /// Whether name and value are the same, as documents are.
    public static func == (left: JSON.Member, right: JSON.Member) -> Bool {
        left.name.hasSameBytes(as: right.name) && left.value == right.value
    }
}

extension String {
    func hasSameBytes(as other: String) -> Bool {
        guard self == other, utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

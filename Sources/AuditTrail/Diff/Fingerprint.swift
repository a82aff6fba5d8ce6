import JSON

/// A document with the hash of every part of it, worked out once from the bottom up.
///
/// Asking two parts whether they are equal is then one comparison of numbers as a rule. Comparing the parts themselves
/// at every level of a deep document would take the square of its depth.
struct Fingerprint {
    /// The value; of members of the same name only the last, which is the one that counts.
    let value: JSON
    /// The hash of the value; the order of an object's members does not matter.
    let hash: Int
    /// Those of the elements, or of the members' values, in their order; none deeper than comparisons look, where the value
    /// is taken as a whole, since the stack is finite.
    let parts: [Fingerprint]

    init(_ value: JSON, depth: Int = 0) {
        var hasher = QuickHasher()
        switch value {
        case .array, .object:
            guard depth > JSONComparison.maximumDepth else { break }
            (self.value, parts) = (value, [])
            hasher.combine(7)
            hasher.combine(value.hashValue)
            hash = hasher.state
            return
        default: break
        }
        switch value {
        case .null:
            (self.value, parts) = (value, [])
            hasher.combine(0)
        case .bool(let isTrue):
            (self.value, parts) = (value, [])
            hasher.combine(isTrue ? 5 : 6)
        case .number(let spelling):
            (self.value, parts) = (value, [])
            hasher.combine(1)
            hasher.combine(spelling)
        case .string(let text):
            (self.value, parts) = (value, [])
            hasher.combine(2)
            hasher.combine(text)
        case .excerpt(let excerpt):
            (self.value, parts) = (value, [])
            hasher.combine(8)
            hasher.combine(excerpt.hashValue)
        case .array(let elements):
            (self.value, parts) = (value, elements.map { Fingerprint($0, depth: depth + 1) })
            hasher.combine(3)
            for part in parts { hasher.combine(part.hash) }
        case .object(let members):
            let members = effective(members)
            (self.value, parts) = (.object(members), members.map { Fingerprint($0.value, depth: depth + 1) })
            hasher.combine(4)
            hasher.combine(Fingerprint.sum(of: members, parts))
        }
        hash = hasher.state
    }

    /// A sum, because the order in which it is made does not matter.
    private static func sum(of members: [JSON.Member], _ parts: [Fingerprint]) -> Int {
        var sum = 0
        for (member, part) in zip(members, parts) {
            var hasher = QuickHasher()
            hasher.combine(member.name)
            hasher.combine(part.hash)
            sum &+= hasher.state
        }
        return sum
    }

    /// Whether both are the same document: numbers in the same spelling, members in any order.
    ///
    /// Equal hashes are not taken for an answer: a change that goes unseen by chance would be a lie.
    func isSame(as other: Fingerprint) -> Bool {
        guard hash == other.hash, parts.count == other.parts.count else { return false }
        switch (value, other.value) {
        case (.string(let left), .string(let right)): return Spelling(left) == Spelling(right)
        case (.array, .array) where !parts.isEmpty: return zip(parts, other.parts).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)) where !parts.isEmpty:
            if haveSameNames(left, right) { return zip(parts, other.parts).allSatisfy { $0.isSame(as: $1) } }
            let places = memberPlaces(right)
            return zip(left, parts).allSatisfy { member, part in
                places[Spelling(member.name)].map { part.isSame(as: other.parts[$0]) } ?? false
            }
        default: return value == other.value
        }
    }
}

/// Whether the members have the same names in the same order, as those of two versions of a document mostly do.
func haveSameNames(_ left: [JSON.Member], _ right: [JSON.Member]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { Spelling($0.name) == Spelling($1.name) }
}

/// Where the member of each name stands; the last one where a name is repeated.
func memberPlaces(_ members: [JSON.Member]) -> [Spelling: Int] {
    var places: [Spelling: Int] = [:]
    places.reserveCapacity(members.count)
    for (index, member) in members.enumerated() { places[Spelling(member.name)] = index }
    return places
}

/// Whether a name is repeated; a table of the names is only made where there are many.
private func hasRepeats(_ members: [JSON.Member]) -> Bool {
    guard members.count <= 12 else { return memberPlaces(members).count < members.count }
    for (index, member) in members.enumerated() {
        let name = Spelling(member.name)
        for other in members[..<index] where Spelling(other.name) == name { return true }
    }
    return false
}

/// The members that count: of those of the same name only the last.
func effective(_ members: [JSON.Member]) -> [JSON.Member] {
    guard hasRepeats(members) else { return members }
    let places = memberPlaces(members)
    return members.enumerated().filter { places[Spelling($0.element.name)] == $0.offset }.map(\.element)
}

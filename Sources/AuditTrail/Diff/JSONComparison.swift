import JSON

/// What became of a value, and of each of its parts where both are objects, or both arrays, that are not empty.
struct JSONComparison {
    /// A member or an element.
    struct Part {
        /// Where it was; where it is now, within the old container, for what came.
        var oldStep: PathStep
        /// Where it is; where it was, for what went.
        var step: PathStep
        /// Whether it is the same element at another place among the others.
        var isMoved = false
        /// What became of it.
        var comparison: JSONComparison

        /// Whether something about it changed.
        var isChanged: Bool { isMoved || comparison.changeCount > 0 }
    }

    /// What is nested deeper is compared as a whole: nobody reads such a path, and the stack is finite.
    static let maximumDepth = 100

    /// The value before; nil when there was none.
    let old: JSON?
    /// The value after; nil when there is none.
    let new: JSON?
    /// All parts, in the order of the old object, or of the new array; empty where the value is the same or changed as a whole.
    var parts: [Part] = []
    /// In how many places the values differ: 0 when they are the same.
    var changeCount = 0

    init(from old: JSON?, to new: JSON?) {
        self.init(old.map { Fingerprint($0) }, new.map { Fingerprint($0) }, depth: 0)
    }

    private init(_ old: Fingerprint?, _ new: Fingerprint?, depth: Int) {
        self.old = old?.value
        self.new = new?.value
        guard let old, let new else {
            changeCount = old == nil && new == nil ? 0 : 1
            return
        }
        if old.isSame(as: new) { return }
        switch (old.value, new.value) {
        case (.object(let before), .object(let after))
        where !before.isEmpty && !after.isEmpty && depth < JSONComparison.maximumDepth:
            parts = JSONComparison.memberParts(before, old.parts, after, new.parts, depth: depth + 1)
        case (.array(let before), .array(let after))
        where !before.isEmpty && !after.isEmpty && depth < JSONComparison.maximumDepth:
            parts = JSONComparison.elementParts(old.parts, new.parts, depth: depth + 1)
        default:
            changeCount = 1
            return
        }
        for index in parts.indices {
            changeCount += parts[index].comparison.changeCount + (parts[index].isMoved ? 1 : 0)
        }
    }

    /// The comparison of two rows, column by column even where one has none.
    init(ofRows old: JSON, _ new: JSON) {
        let (before, after) = (Fingerprint(old), Fingerprint(new))
        self.old = before.value
        self.new = after.value
        parts = JSONComparison.memberParts(
            before.value.members ?? [],
            before.parts,
            after.value.members ?? [],
            after.parts,
            depth: 1
        )
        for index in parts.indices { changeCount += parts[index].comparison.changeCount }
    }
}

/// Comparing the parts of two values that differ; they stand `depth` levels deep.
extension JSONComparison {
    private static func memberParts(
        _ before: [JSON.Member],
        _ oldValues: [Fingerprint],
        _ after: [JSON.Member],
        _ newValues: [Fingerprint],
        depth: Int
    ) -> [Part] {
        var parts: [Part] = []
        parts.reserveCapacity(before.count)
        let isInOrder = haveSameNames(before, after)
        let newPlaces = isInOrder ? [:] : memberPlaces(after)
        for (index, member) in before.enumerated() {
            let place = isInOrder ? index : newPlaces[Spelling(member.name)]
            let comparison = JSONComparison(oldValues[index], place.map { newValues[$0] }, depth: depth)
            parts.append(Part(oldStep: .member(member.name), step: .member(member.name), comparison: comparison))
        }
        guard !isInOrder else { return parts }
        let oldPlaces = memberPlaces(before)
        for (index, member) in after.enumerated() where oldPlaces[Spelling(member.name)] == nil {
            let comparison = JSONComparison(nil, newValues[index], depth: depth)
            parts.append(Part(oldStep: .member(member.name), step: .member(member.name), comparison: comparison))
        }
        return parts
    }

    private static func elementParts(_ old: [Fingerprint], _ new: [Fingerprint], depth: Int) -> [Part] {
        var parts: [Part] = []
        for entry in ArrayAlignment(from: old, to: new).entries {
            switch entry {
            case .kept(let before, let after, let isMoved):
                let comparison = JSONComparison(old[before], new[after], depth: depth)
                parts.append(
                    Part(oldStep: .element(before), step: .element(after), isMoved: isMoved, comparison: comparison)
                )
            case .removed(let index):
                let comparison = JSONComparison(old[index], nil, depth: depth)
                parts.append(Part(oldStep: .element(index), step: .element(index), comparison: comparison))
            case .added(let index):
                let comparison = JSONComparison(nil, new[index], depth: depth)
                parts.append(Part(oldStep: .element(index), step: .element(index), comparison: comparison))
            }
        }
        return parts
    }
}

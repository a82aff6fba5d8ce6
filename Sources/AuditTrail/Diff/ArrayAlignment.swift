import JSON

/// Which elements of an array were which before.
struct ArrayAlignment {
    enum Entry {
        /// An element that was there before, perhaps changed, and perhaps at another place among the others.
        case kept(old: Int, new: Int, isMoved: Bool)
        case removed(Int)
        case added(Int)
    }

    /// The elements in the order of the new array; what went stands where it was.
    private(set) var entries: [Entry] = []

    /// Elements that all have an `id`, or a `key`, are told by it; others by the longest common subsequence, between
    /// whose elements those that went and those that came are paired by their order.
    init(from old: [Fingerprint], to new: [Fingerprint]) {
        for name in ["id", "key"] {
            guard let oldNames = ElementNames(of: old, by: name), let newNames = ElementNames(of: new, by: name) else {
                continue
            }
            align(oldNames, newNames)
            return
        }
        let (left, right) = classes(old, new)
        var (oldStart, newStart) = (0, 0)
        for pair in CommonSubsequence(left, right).pairs {
            appendGap(oldStart..<pair.left, newStart..<pair.right)
            entries.append(.kept(old: pair.left, new: pair.right, isMoved: false))
            (oldStart, newStart) = (pair.left + 1, pair.right + 1)
        }
        appendGap(oldStart..<old.count, newStart..<new.count)
    }

    private mutating func appendGap(_ old: Range<Int>, _ new: Range<Int>) {
        for (old, new) in zip(old, new) { entries.append(.kept(old: old, new: new, isMoved: false)) }
        for index in old.dropFirst(new.count) { entries.append(.removed(index)) }
        for index in new.dropFirst(old.count) { entries.append(.added(index)) }
    }

    /// Of those that are on both sides, the longest run in the same order stayed and the others moved.
    private mutating func align(_ old: ElementNames, _ new: ElementNames) {
        let newPlaces = old.names.map { new.places[$0] }
        let oldPlaces = new.names.map { old.places[$0] }
        let kept = newPlaces.indices.filter { newPlaces[$0] != nil }
        let targets = newPlaces.compactMap(\.self)
        var anchors = longestRise(targets).map { (kept[$0], targets[$0]) }
        anchors.append((newPlaces.count, oldPlaces.count))
        var (oldStart, newStart) = (0, 0)
        for (oldEnd, newEnd) in anchors {
            for index in oldStart..<oldEnd where newPlaces[index] == nil { entries.append(.removed(index)) }
            for index in newStart..<newEnd {
                entries.append(oldPlaces[index].map { .kept(old: $0, new: index, isMoved: true) } ?? .added(index))
            }
            if newEnd < oldPlaces.count { entries.append(.kept(old: oldEnd, new: newEnd, isMoved: false)) }
            (oldStart, newStart) = (oldEnd + 1, newEnd + 1)
        }
    }
}

/// What the elements of an array are told by, and where each of them stands.
private struct ElementNames {
    /// A number and a string of the same spelling are two names.
    struct Name: Hashable {
        let isString: Bool
        let text: Spelling
    }

    private(set) var names: [Name] = []
    private(set) var places: [Name: Int] = [:]

    /// The values of a member; nil unless all elements have it, each another number or string.
    init?(of elements: [Fingerprint], by memberName: String) {
        names.reserveCapacity(elements.count)
        places.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let name: Name
            switch element.value[memberName] {
            case .number(let spelling)?: name = Name(isString: false, text: Spelling(spelling))
            case .string(let text)?: name = Name(isString: true, text: Spelling(text))
            default: return nil
            }
            guard places.updateValue(index, forKey: name) == nil else { return nil }
            names.append(name)
        }
    }
}

/// A number for each element, the same for those that have the same hash.
private func classes(_ left: [Fingerprint], _ right: [Fingerprint]) -> ([Int], [Int]) {
    var numbers: [Int: Int] = [:]
    numbers.reserveCapacity(left.count + right.count)
    var result: [[Int]] = []
    for side in [left, right] {
        result.append(
            side.map { element in
                let next = numbers.count
                if let known = numbers[element.hash] { return known }
                numbers[element.hash] = next
                return next
            }
        )
    }
    return (result[0], result[1])
}

import JSON

/// The value after some changes that `changes(from:to:)` found in it; nil when there is none.
///
/// Members that came are the last of their object, because the order of members is not a part of the difference.
public func applying(_ changes: [JSONChange], to old: JSON?) -> JSON? {
    applying(changes, to: old, depth: 0)
}

/// Steps of the old path before `depth` have led to the value.
private func applying(_ changes: [JSONChange], to old: JSON?, depth: Int) -> JSON? {
    guard let first = changes.first else { return old }
    guard first.oldPath.count > depth else { return first.new }
    switch old {
    case .object(let members): return .object(changedMembers(changes, of: effective(members), depth))
    case .array(let elements): return .array(changedElements(changes, of: elements, depth))
    default: return old
    }
}

private func changedMembers(_ changes: [JSONChange], of old: [JSON.Member], _ depth: Int) -> [JSON.Member] {
    let groups = Dictionary(grouping: changes) { $0.oldPath[depth] }
    let kept = old.compactMap { member in
        applying(groups[.member(member.name)] ?? [], to: member.value, depth: depth + 1)
            .map { JSON.Member(member.name, $0) }
    }
    let names = memberPlaces(old)
    let added = changes.compactMap { change -> JSON.Member? in
        guard case .member(let name) = change.oldPath[depth], names[Spelling(name)] == nil else { return nil }
        return change.new.map { JSON.Member(name, $0) }
    }
    return kept + added
}

/// What came and what moved goes to its place; the others fill the rest in their order.
private func changedElements(_ changes: [JSONChange], of old: [JSON], _ depth: Int) -> [JSON] {
    var inside: [Int: [JSONChange]] = [:]
    var moves: [Int: Int] = [:]
    var placed: [Int: JSON] = [:]
    for change in changes {
        guard case .element(let place) = change.oldPath[depth] else { continue }
        let isHere = change.oldPath.count == depth + 1
        if isHere, change.isMove, case .element(let target)? = change.path.last {
            moves[place] = target
        } else if isHere, change.old == nil {
            placed[place] = change.new
        } else {
            inside[place, default: []].append(change)
        }
    }
    var staying: [JSON] = []
    for (index, element) in old.enumerated() {
        guard let value = applying(inside[index] ?? [], to: element, depth: depth + 1) else { continue }
        if let target = moves[index] { placed[target] = value } else { staying.append(value) }
    }
    var rest = staying.makeIterator()
    return (0..<staying.count + placed.count).compactMap { placed[$0] ?? rest.next() }
}

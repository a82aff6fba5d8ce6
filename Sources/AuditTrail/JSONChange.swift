import JSON

/// A step from a value to one inside it.
public enum PathStep: Hashable, Sendable {
    /// The member of that name.
    case member(String)
    /// The element at that place, from 0.
    case element(Int)
}

/// The way to a value inside a row: the column first.
public typealias JSONPath = [PathStep]

/// The path as it is read: `prefs.theme`, `items[0].qty`.
public func pathText(_ path: JSONPath) -> String {
    path.reduce(into: "") { text, step in
        switch step {
        case .member(let name): text += text.isEmpty ? name : ".\(name)"
        case .element(let index): text += "[\(index)]"
        }
    }
}

/// One place where two documents differ.
public struct JSONChange: Equatable, Sendable {
    /// Where it is.
    public var path: JSONPath
    /// The value before; nil when there was none.
    public var old: JSON?
    /// The value after; nil when there is none.
    public var new: JSON?
}

/// The places where two values differ, down to the smallest parts of objects and arrays, in the order of the old one.
///
/// Members are paired by name without regard to order, elements by their place. A change of kind, and an object or
/// array that was or becomes empty, is one place.
public func changes(from old: JSON?, to new: JSON?, at path: JSONPath = []) -> [JSONChange] {
    switch (old, new) {
    case _ where old == new: []
    case (.object(let before)?, .object(let after)?) where !before.isEmpty && !after.isEmpty:
        memberChanges(before, after, path)
    case (.array(let before)?, .array(let after)?) where !before.isEmpty && !after.isEmpty:
        (0..<max(before.count, after.count)).flatMap { index in
            changes(
                from: index < before.count ? before[index] : nil,
                to: index < after.count ? after[index] : nil,
                at: path + [.element(index)]
            )
        }
    default: [JSONChange(path: path, old: old, new: new)]
    }
}

private func memberChanges(_ before: [JSON.Member], _ after: [JSON.Member], _ path: JSONPath) -> [JSONChange] {
    let oldValues = Dictionary(before.map { ($0.name, $0.value) }) { _, last in last }
    let newValues = Dictionary(after.map { ($0.name, $0.value) }) { _, last in last }
    let added = after.map(\.name).filter { oldValues[$0] == nil }
    return (before.map(\.name) + added).flatMap { name in
        changes(from: oldValues[name], to: newValues[name], at: path + [.member(name)])
    }
}

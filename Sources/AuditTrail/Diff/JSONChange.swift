import JSON

/// One place where two documents differ.
public struct JSONChange: Equatable, Sendable {
    /// Where it is after the change; where it was, for what went.
    public var path: JSONPath
    /// Where it was before the change; for what came, where its container was and then its place in the new one.
    public var oldPath: JSONPath
    /// The value before; nil when there was none.
    public var old: JSON?
    /// The value after; nil when there is none.
    public var new: JSON?
    /// Whether this says that an element stands at another place among the others now.
    ///
    /// What changed inside it is further changes.
    public var isMove = false
}

/// The places where two values differ, down to the smallest parts of objects and arrays, in the order of the old object
/// and of the new array.
///
/// Members are paired by name without regard to order; elements by their `id` or `key` where all are objects that have
/// one, else by the longest common subsequence. Numbers are the same only in the same spelling. A change of kind, and an
/// object or array that was or becomes empty, is one place.
public func changes(from old: JSON?, to new: JSON?, at path: JSONPath = []) -> [JSONChange] {
    var collector = ChangeCollector(path: path, oldPath: path)
    collector.collect(JSONComparison(from: old, to: new))
    return collector.changes
}

/// Walks a comparison; the paths are those of where it is.
private struct ChangeCollector {
    var path: JSONPath
    var oldPath: JSONPath
    var changes: [JSONChange] = []

    mutating func collect(_ comparison: JSONComparison) {
        guard comparison.changeCount > 0 else { return }
        if comparison.parts.isEmpty { append(comparison, isMove: false) }
        for part in comparison.parts where part.isChanged {
            path.append(part.step)
            oldPath.append(part.oldStep)
            if part.isMoved { append(part.comparison, isMove: true) }
            collect(part.comparison)
            path.removeLast()
            oldPath.removeLast()
        }
    }

    private mutating func append(_ comparison: JSONComparison, isMove: Bool) {
        changes.append(
            JSONChange(path: path, oldPath: oldPath, old: comparison.old, new: comparison.new, isMove: isMove)
        )
    }
}

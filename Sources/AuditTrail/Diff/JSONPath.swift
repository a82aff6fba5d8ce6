import JSON

/// A step from a value to one inside it.
public enum PathStep: Hashable, Sendable {
    /// The member of that name.
    case member(String)
    /// The element at that place, from 0.
    case element(Int)

    /// Whether both lead to the same place; names are compared by their bytes.
    public static func == (left: PathStep, right: PathStep) -> Bool {
        switch (left, right) {
        case (.member(let left), .member(let right)): Spelling(left) == Spelling(right)
        case (.element(let left), .element(let right)): left == right
        default: false
        }
    }

    /// Hashes the name or the place.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .member(let name): hasher.combine(name)
        case .element(let index): hasher.combine(index)
        }
    }
}

/// The way to a value inside a row: the column first.
public typealias JSONPath = [PathStep]

/// The path as it is read: `prefs.theme`, `items[0].qty`, `prefs["a.b"]`.
public func pathText(_ path: JSONPath) -> String {
    var text = ""
    for step in path {
        switch step {
        case .element(let index): text += "[\(index)]"
        case .member(let name) where isPlain(name): text += text.isEmpty ? name : ".\(name)"
        case .member(let name):
            let quoted = JSON.string(name).description
            text += text.isEmpty ? quoted : "[\(quoted)]"
        }
    }
    return text
}

/// Whether the name can stand in a path without quotes: it has nothing that would be taken for a part of the path.
private func isPlain(_ name: String) -> Bool {
    !name.isEmpty
        && name.utf8.allSatisfy {
            switch $0 {
            case 0...0x20, UInt8(ascii: "."), UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "\\"):
                false
            default: true
            }
        }
}

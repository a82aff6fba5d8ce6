/// A JSON document that loses nothing: numbers keep their spelling, members their order and their repeats.
public enum JSON: Hashable, Sendable {
    /// The value `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, spelled as it was written: `1.10`, `1e400` and `-0` stay what they are.
    case number(String)
    /// A string, unescaped.
    case string(String)
    /// The elements in their order.
    case array([JSON])
    /// The members in their order.
    case object([Member])
    /// What stands for a value that is too large to be here.
    indirect case excerpt(Excerpt)

    /// One name and its value within an object.
    public struct Member: Hashable, Sendable {
        /// The name, unescaped.
        public var name: String
        /// The value.
        public var value: JSON

        /// A member with a name and a value.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSON { .number(String(value)) }

    /// The string, or `null` for nil.
    public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// The members of an object; nil for every other kind of value.
    public var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array; nil for every other kind of value.
    public var elements: [JSON]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The value of the last member of that name, which is the one that counts; nil without one.
    public subscript(name: String) -> JSON? {
        members?.last { $0.name == name }?.value
    }
}

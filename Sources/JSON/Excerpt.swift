/// A part of a value that is too large to be fetched as a whole, and what tells the value from others.
public struct Excerpt: Sendable {
    /// What kind of value it is.
    public enum Kind: String, Sendable {
        /// A string, of which the part is text without quotes.
        case string
        /// A number.
        case number
        /// An array, of which the part is JSON.
        case array
        /// An object.
        case object
    }

    /// Where the whole is: in a column of the row before an activity, or of what came with it.
    public struct Origin: Hashable, Sendable {
        /// The number of the activity.
        public var activity: Int64
        /// Whether it is of the row before.
        public var isOld: Bool
        /// The column.
        public var column: String

        /// An origin from its parts.
        public init(activity: Int64, isOld: Bool, column: String) {
            self.activity = activity
            self.isOld = isOld
            self.column = column
        }
    }

    /// What kind of value it is.
    public var kind: Kind
    /// About how many bytes the whole has; of a string, exactly.
    public var byteCount: Int
    /// A hash of the whole: values of one kind and one size that have the same hash are taken for one.
    public var fingerprint: Int64
    /// A part of the value as text; empty where none was fetched.
    public var text: String
    /// How many bytes of the value are before that part.
    public var offset: Int
    /// Whether the part was chosen by where the value differs from another, and no more of it can be had in this way.
    public var isWindow: Bool
    /// Where the whole is; nil where nobody is going to ask for it.
    public var origin: Origin?

    /// An excerpt from its parts.
    public init(
        _ kind: Kind,
        byteCount: Int,
        fingerprint: Int64,
        text: String = "",
        offset: Int = 0,
        isWindow: Bool = false
    ) {
        self.kind = kind
        self.byteCount = byteCount
        self.fingerprint = fingerprint
        self.text = text
        self.offset = offset
        self.isWindow = isWindow
    }
}

extension Excerpt: Hashable {
    /// Whether both are of the same value, whatever part of it they hold.
    public static func == (left: Excerpt, right: Excerpt) -> Bool {
        left.kind == right.kind && left.byteCount == right.byteCount && left.fingerprint == right.fingerprint
    }

    /// Feeds the hasher with what tells the values apart.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(byteCount)
        hasher.combine(fingerprint)
    }
}

extension Excerpt: CustomStringConvertible {
    /// The part as it is read: no JSON, so that nothing takes it for the value.
    public var description: String {
        let start = offset > 0 ? "…" : ""
        switch kind {
        case .string:
            var output: [UInt8] = []
            JSON.writeCharacters(of: text, to: &output)
            return "\"" + start + String(decoding: output, as: UTF8.self) + "…"
        case .number: return start + text + "…"
        case .array: return text.isEmpty ? "[…]" : start + text + "…"
        case .object: return text.isEmpty ? "{…}" : start + text + "…"
        }
    }
}

extension JSON {
    /// Whether a part of the document is not here.
    public var isExcerpt: Bool { if case .excerpt = self { true } else { false } }

    /// Whether a member of this object is not here as a whole.
    public var holdsExcerpts: Bool { members?.contains { $0.value.isExcerpt } ?? false }
}

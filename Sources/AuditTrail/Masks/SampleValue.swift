import JSON

/// A made-up value that stands for those of a column, in the form in which the trail stores them.
public enum SampleValue: Equatable, Sendable {
    /// A number, as JSON spells it.
    case number(String)
    /// True or false.
    case boolean
    /// A string: an example where the type has one form, else the name of the type.
    case text(String)
    /// An object, whatever is in it.
    case object
    /// An array, whatever is in it.
    case array
}

extension SampleValue: CustomStringConvertible {
    /// The value as JSON, with `…` for what is in an object or an array.
    public var description: String {
        switch self {
        case .number(let spelling): spelling
        case .boolean: "true"
        case .text(let text): JSON.string(text).description
        case .object: "{…}"
        case .array: "[…]"
        }
    }
}

import JSON

/// A key's value as the server writes it as text: strings without quotes.
public func keyValueText(_ value: JSON) -> String {
    if case .string(let text) = value { text } else { value.description }
}

extension KeyTerm {
    /// The key of a row, its values as text.
    public init(_ key: RowKey) {
        self = .columns(key.map { KeyColumn($0.name, keyValueText($0.value)) })
    }
}

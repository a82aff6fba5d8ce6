import JSON

/// A key's value as the server writes it as text: strings without quotes, documents with a space behind commas and colons.
public func keyValueText(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .array, .object: value.jsonbText
    case .null, .bool, .number, .excerpt: value.description
    }
}

extension KeyTerm {
    /// The key of a row, its values as text.
    public init(_ key: RowKey) {
        self = .columns(key.map { KeyColumn($0.name, keyValueText($0.value)) })
    }

    /// The columns of a key in their order with the values that are given; nil when these are not of this key.
    public func values(of names: [String]) -> [KeyColumn]? {
        switch self {
        case .value(let value): return names.count == 1 ? [KeyColumn(names[0], value)] : nil
        case .columns(let columns):
            if columns.count == names.count, Set(columns.map(\.name)) == Set(names) {
                return names.compactMap { name in columns.first { $0.name == name } }
            }
            // A value that has an equals sign in it.
            let text = columns.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            return names.count == 1 ? [KeyColumn(names[0], text)] : nil
        case .typed(let text):
            guard case .columns(let columns)? = asInFilter, columns.count == names.count,
                Set(columns.map(\.name)) == Set(names)
            else { return names.count == 1 ? [KeyColumn(names[0], text)] : nil }
            return KeyTerm.columns(columns).values(of: names)
        }
    }

    /// What the text of `typed` says in a filter; nil when it says nothing there.
    ///
    /// Other terms as they are.
    public var asInFilter: KeyTerm? {
        guard case .typed(let text) = self else { return self }
        guard case .row(_, let key)? = try? FilterTerm("row", "x:" + text, now: Timestamp(microseconds: 0)) else {
            return nil
        }
        return key
    }
}

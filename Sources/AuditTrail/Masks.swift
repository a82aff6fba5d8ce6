import JSON

/// The columns whose values are neither shown nor printed.
public struct Masks: Equatable, Sendable {
    /// What stands in the place of a value.
    public static let text = "••••••"

    /// Some columns of some tables, by glob and without regard to case.
    private struct Pattern: Equatable, Sendable {
        /// Nil for any.
        var schema: String?
        var table: String
        var column: String
    }

    private var patterns: [Pattern] = []

    /// No masks.
    public init() {}

    /// Masks from their texts: `customers.email`, `sales.customers.card_*`, `*.password_hash`.
    ///
    /// Throws `MaskError` for what names no column of a table.
    public init(parsing texts: [String]) throws(MaskError) {
        for text in texts {
            let parts: [String]
            do {
                parts = try QualifiedName(parsing: text).parts
            } catch {
                throw MaskError(text: text, reason: error.description)
            }
            guard parts.count > 1 else { throw MaskError(text: text, reason: "write TABLE.COLUMN") }
            patterns.append(
                Pattern(
                    schema: parts.count == 3 ? parts[0] : nil,
                    table: parts[parts.count - 2],
                    column: parts[parts.count - 1]
                )
            )
        }
    }

    /// Whether nothing is masked.
    public var isEmpty: Bool { patterns.isEmpty }

    /// These masks and others.
    public func and(_ others: Masks) -> Masks {
        var masks = self
        masks.patterns += others.patterns
        return masks
    }

    /// Whether the values of a column are masked.
    public func hide(_ column: String, of table: TableName) -> Bool {
        patterns.contains { pattern in
            matches(column, pattern.column) && matches(table.name, pattern.table)
                && pattern.schema.map { matches(table.schema, $0) } ?? true
        }
    }

    /// Whether the values of a column are masked in any table at all.
    func hide(_ column: String) -> Bool { patterns.contains { matches(column, $0.column) } }
}

/// A mask that cannot be read.
public struct MaskError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was given.
    public var text: String
    /// What is wrong with it.
    public var reason: String

    /// What is wrong, for the person who wrote it.
    public var description: String { "\"\(text)\" names no column of a table: \(reason)" }
}

/// Whether a text matches a glob of `*` and `?`, without regard to case.
private func matches(_ text: String, _ glob: String) -> Bool {
    let text = Array(text.lowercased().unicodeScalars)
    let glob = Array(glob.lowercased().unicodeScalars)
    // Behind the last star, and where in the text the attempt for it began.
    var retry: (glob: Int, text: Int)?
    var (place, position) = (0, 0)
    while position < text.count {
        if place < glob.count, glob[place] == "*" {
            place += 1
            retry = (place, position)
        } else if place < glob.count, glob[place] == "?" || glob[place] == text[position] {
            place += 1
            position += 1
        } else if let last = retry {
            retry = (last.glob, last.text + 1)
            (place, position) = (last.glob, last.text + 1)
        } else {
            return false
        }
    }
    return glob[place...].allSatisfy { $0 == "*" }
}

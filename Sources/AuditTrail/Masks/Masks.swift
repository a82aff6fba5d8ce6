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
            matchesGlob(column, pattern.column) && matchesGlob(table.name, pattern.table)
                && pattern.schema.map { matchesGlob(table.schema, $0) } ?? true
        }
    }

    /// Whether the values of a column are masked in any table at all.
    func hide(_ column: String) -> Bool { patterns.contains { matchesGlob(column, $0.column) } }
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

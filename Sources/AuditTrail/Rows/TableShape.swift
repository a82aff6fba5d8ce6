import JSON

/// A table of the database as it is now: its columns, its key, and what its capture trigger leaves out.
public struct TableShape: Equatable, Sendable {
    /// One column.
    public struct Column: Equatable, Sendable {
        /// The name, unquoted.
        public var name: String
        /// The type as SQL writes it, with its schema where it needs one: `integer`, `numeric(10,2)`, `shop.state[]`.
        public var type: String
        /// The type under all domains, which takes null even where a domain does not; the type itself for others.
        public var plainType: String
        /// What the type is, as far as its values in a trail are to be read otherwise than as they stand.
        public var kind: Kind
        /// Whether null is refused.
        public var isRequired: Bool
        /// Whether a row that is inserted without it gets another value than null.
        public var hasDefault: Bool
        /// Whether it is computed from other columns.
        public var isGenerated: Bool
        /// Whether it is an identity column that takes no other value unless the statement insists.
        public var isAlwaysIdentity: Bool
        /// How its values become JSON.
        public var form = Form.plain
        /// Whether values may be given as text and compared with `=`: the type is one of PostgreSQL's, or an enum.
        ///
        /// Others may have input functions and operators of somebody's.
        public var isComparable = true
        /// The number of the type, which tells whether it is still the same; nil for a column that is known by name only.
        public var typeID: String?
        /// What the primary key compares the column's values with, where that is a superuser's; nil for other columns.
        public var equality: Operator?

        /// A column from its parts.
        public init(
            name: String,
            type: String,
            plainType: String? = nil,
            kind: Kind,
            isRequired: Bool = false,
            hasDefault: Bool = false,
            isGenerated: Bool = false,
            isAlwaysIdentity: Bool = false
        ) {
            self.name = name
            self.type = type
            self.plainType = plainType ?? type
            self.kind = kind
            self.isRequired = isRequired
            self.hasDefault = hasDefault
            self.isGenerated = isGenerated
            self.isAlwaysIdentity = isAlwaysIdentity
        }
    }

    /// What a type is to a reader of the trail.
    public enum Kind: Equatable, Sendable {
        /// `json` or `jsonb`, in whose values one looks inside.
        case document
        /// `timestamp with time zone`, which the trail writes in the time zone of the session that wrote the row.
        case moment
        /// A number of any size, or an array of them.
        case number
        /// Anything else.
        case other
    }

    /// An operator by its name, which is looked for in no other schema.
    public struct Operator: Equatable, Sendable {
        /// The schema, unquoted.
        public var schema: String
        /// The name, such as `=`.
        public var name: String

        /// An operator from its parts.
        public init(schema: String, name: String) {
            self.schema = schema
            self.name = name
        }
    }

    /// A foreign key of a table.
    public struct ForeignKey: Equatable, Sendable {
        /// The table that refers.
        public var table: TableName
        /// Its columns.
        public var columns: [String]
        /// The table that is referred to.
        public var target: TableName
        /// The columns there, as many.
        public var targetColumns: [String]
        /// Whether deleting the row that is referred to deletes or changes those that refer to it.
        public var hasDeleteAction: Bool
        /// Whether changing the key of that row changes those that refer to it alike.
        public var cascadesUpdates: Bool
        /// Whether changing the key of that row changes those that refer to it in any way.
        public var hasUpdateAction: Bool
        /// For each pair of columns what the server compares them with, that of the target first; nil where types or
        /// operators are neither PostgreSQL's nor a superuser's.
        public var operators: [Operator]?
        /// Whether this role may read both tables.
        public var isReadable: Bool

        /// A foreign key from its parts.
        public init(
            table: TableName,
            columns: [String],
            target: TableName,
            targetColumns: [String],
            hasDeleteAction: Bool,
            cascadesUpdates: Bool = false,
            hasUpdateAction: Bool? = nil,
            operators: [Operator]? = nil,
            isReadable: Bool = true
        ) {
            self.table = table
            self.columns = columns
            self.target = target
            self.targetColumns = targetColumns
            self.hasDeleteAction = hasDeleteAction
            self.cascadesUpdates = cascadesUpdates
            self.hasUpdateAction = hasUpdateAction ?? cascadesUpdates
            self.operators = operators
            self.isReadable = isReadable
        }
    }

    /// The table.
    public var name: TableName
    /// The columns in the table's order.
    public var columns: [Column]
    /// The columns of the primary key in the key's order; empty without one.
    public var keyColumns: [String]
    /// The columns of each other key that no two rows may share.
    public var uniqueKeys: [[String]]
    /// What the capture trigger leaves out; nil when the table has none.
    public var excludedColumns: Set<String>?
    /// Whether this role may read the rows.
    public var isReadable: Bool
    /// The foreign keys of this table and those that refer to it.
    public var foreignKeys: [ForeignKey]

    /// A table from its parts.
    public init(
        name: TableName,
        columns: [Column],
        keyColumns: [String],
        uniqueKeys: [[String]] = [],
        excludedColumns: Set<String>? = nil,
        isReadable: Bool = true,
        foreignKeys: [ForeignKey] = []
    ) {
        self.name = name
        self.columns = columns
        self.keyColumns = keyColumns
        self.uniqueKeys = uniqueKeys
        self.excludedColumns = excludedColumns
        self.isReadable = isReadable
        self.foreignKeys = foreignKeys
    }

    /// What a foreign key is to this table.
    public enum Role: Sendable {
        /// Rows of this table refer to others.
        case refers
        /// Others refer to rows of this table.
        case isReferredTo
    }

    /// The foreign keys with what they are to this table; one within the table is both.
    public var references: [(key: ForeignKey, role: Role)] {
        foreignKeys.filter { $0.table == name }.map { ($0, .refers) }
            + foreignKeys.filter { $0.target == name }.map { ($0, .isReferredTo) }
    }

    /// The column of that name; nil when the table has none.
    public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

    /// A row of the table without the columns that capture leaves out, which are not to be shown either; the key stays.
    public func recorded(_ row: JSON) -> JSON {
        guard let excludedColumns, !excludedColumns.isEmpty else { return row }
        return .object(
            (row.members ?? []).filter { !excludedColumns.contains($0.name) || keyColumns.contains($0.name) }
        )
    }

    /// The members of a row in the order of the table's columns; those of columns that are gone come last.
    public func ordered(_ row: JSON) -> [JSON.Member] {
        let places = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let members = (row.members ?? []).enumerated()
        return members.sorted { left, right in
            let (leftPlace, rightPlace) = (places[left.element.name] ?? .max, places[right.element.name] ?? .max)
            return (leftPlace, left.offset) < (rightPlace, right.offset)
        }.map(\.element)
    }

    /// Whether two values of a column are one as far as the trail can tell.
    ///
    /// It compares as jsonb does, so that `1.10` is `1.1`, and writes a moment in the time zone of whoever wrote the row, so
    /// that one moment may have several texts.
    public func isSame(_ left: JSON?, _ right: JSON?, in column: String) -> Bool {
        if areSame(left, right) { return true }
        guard let left, let right, let column = self.column(column) else { return false }
        // What cannot be read for certain is no evidence of a difference.
        if column.isAmbiguous(left) || column.isAmbiguous(right) { return true }
        guard column.hasMoments else { return false }
        if left.isExcerpt || right.isExcerpt { return true }
        return column.normalText(keyValueText(left)) == column.normalText(keyValueText(right))
    }

    /// A row of the table as it compares with one of the trail: without the columns that this one does not hold, and with
    /// its spelling of values that are the same.
    public func comparable(_ row: JSON, with recorded: JSON) -> JSON {
        let values = Dictionary((recorded.members ?? []).map { ($0.name, $0.value) }) { _, last in last }
        return .object(
            (row.members ?? []).compactMap { member in
                guard let value = values[member.name] else { return nil }
                return isSame(member.value, value, in: member.name) ? JSON.Member(member.name, value) : member
            }
        )
    }

    /// The columns in which two rows differ, of those that both hold, in the order of the first.
    ///
    /// A column that only one of them holds was added, dropped, or is not recorded.
    public func differingColumns(_ left: JSON, _ right: JSON) -> [String] {
        let values = Dictionary((right.members ?? []).map { ($0.name, $0.value) }) { _, last in last }
        return (left.members ?? []).compactMap { member in
            guard let value = values[member.name], !isSame(member.value, value, in: member.name) else { return nil }
            return member.name
        }
    }
}

/// Whether jsonb takes both for one value, or there is none.
func areSame(_ left: JSON?, _ right: JSON?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.isSame(as: right)
}

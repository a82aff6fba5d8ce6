/// Which activities are wanted: those for which every one of the expressions holds.
///
/// One grammar for the prompt, the command line, saved profiles and permalinks; `init(parsing:now:)` reads it and
/// `description` writes it.
public struct Filter: Hashable, Sendable {
    /// What must hold, in the order it is written; empty selects everything.
    public var terms: [FilterExpression]

    /// A filter from its terms; without arguments it selects everything.
    public init(_ terms: [FilterExpression] = []) { self.terms = terms }

    /// Whether everything is selected.
    public var isEmpty: Bool { terms.isEmpty }

    /// Every term, wherever it stands.
    public var allTerms: [FilterTerm] { terms.flatMap(\.allTerms) }

    /// Both filters at once.
    public func and(_ other: Filter) -> Filter { Filter(terms + other.terms.filter { !terms.contains($0) }) }
}

/// A condition on an activity.
public indirect enum FilterExpression: Hashable, Sendable {
    /// The term holds.
    case term(FilterTerm)
    /// The expression does not hold.
    case not(FilterExpression)
    /// All hold; two or more.
    case all([FilterExpression])
    /// At least one holds; two or more.
    case any([FilterExpression])

    fileprivate var allTerms: [FilterTerm] {
        switch self {
        case .term(let term): [term]
        case .not(let operand): operand.allTerms
        case .all(let operands), .any(let operands): operands.flatMap(\.allTerms)
        }
    }
}

/// One term: a field, an operator and what the field is compared with.
public enum FilterTerm: Hashable, Sendable {
    /// `table:`, `table=`, `table~`: the table that was written.
    case table(NameTest<TablePattern>)
    /// `actor:`, `actor=`, `actor~`: who the transaction says it was made by.
    case actor(NameTest<ActorTerm>)
    /// `role:`, `app:`, with `=` and `~`: what the server knew of the session.
    case origin(OriginField, NameTest<OriginTerm>)
    /// `tx:none`: there is no transaction row, since the writer bypassed what makes it.
    case withoutTransaction
    /// `verb:`: one of these.
    case verb([Verb])
    /// `tx`, `xid`, `id`, `n`: a number.
    case number(NumberField, NumberTest)
    /// `client:`: the address lies in one of the networks.
    case client([ClientTerm])
    /// `since:`: at that moment or later.
    case since(TimeTerm)
    /// `until:`: before that moment.
    case until(TimeTerm)
    /// `at:`: within the year, month, day, hour, minute or second that is written.
    case at(TimeTerm)
    /// `row:TABLE:KEY`: a row by its key, before or after the change.
    case row(TablePattern, KeyTerm)
    /// `col:`, `col=`, `col~`: an update that changed the column, or what is at the path in it, or an insert that gave it a
    /// value other than null.
    case column(NameTest<[String]>)
    /// `old.PATH`, `new.PATH`, `any.PATH`: a value of the row before the change, after it, or either.
    case value(RowSide, path: [String], ValueTest)
    /// `PATH:OLD->NEW`: an update from the one value to the other.
    case change(path: [String], from: ValuePattern, to: ValuePattern)
    /// A bare word: stands in the table's name, the actor, or a value.
    case word(String)
    /// `/regular expression/`: matches the table's name, the actor, or a value.
    case regex(String)
}

/// How a name is compared.
public enum NameTest<Pattern: Hashable & Sendable>: Hashable, Sendable {
    /// `:` – one of the globs matches.
    case anyOf([Pattern])
    /// `=` – exactly this name.
    case exactly(Pattern)
    /// `~` – the regular expression matches, without regard to case.
    case regex(String)
}

/// A field that holds a number.
public enum NumberField: String, CaseIterable, Sendable {
    /// The row of `transaction`.
    case transaction = "tx"
    /// The server's number of the transaction.
    case nativeTransaction = "xid"
    /// The activity.
    case activity = "id"
    /// How many activities the whole transaction has.
    case count = "n"
}

/// How a number is compared.
public enum NumberTest: Hashable, Sendable {
    /// `:` or `=` – one of these.
    case anyOf([Int64])
    /// `<`, `<=`, `>`, `>=`.
    case ordered(OrderOperator, Int64)
}

/// A comparison by size.
public enum OrderOperator: String, CaseIterable, Sendable {
    /// Smaller.
    case less = "<"
    /// Smaller or equal.
    case lessOrEqual = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case greaterOrEqual = ">="
}

/// Where a transaction came from.
public enum ClientTerm: Hashable, Sendable {
    /// An address or a network, as PostgreSQL writes it: `10.0.3.17`, `10.0.0.0/8`, `fe80::/10`.
    case network(String)
    /// No address is known.
    case none
}

/// A row of a table by its key.
public enum KeyTerm: Hashable, Sendable {
    /// The value of a key of one column, as text.
    case value(String)
    /// The columns of a key with their values, as text.
    case columns([KeyColumn])
    /// As a person types it alone, in no filter: the value of a key of one column as it is, quotes and all; of a key of
    /// several, or with the column's name before it, as in a filter.
    case typed(String)
}

/// A column of a key with its value, as text.
public struct KeyColumn: Hashable, Sendable {
    /// The column.
    public var name: String
    /// Its value.
    public var value: String
    /// All texts under which a trail may hold it, `value` first; nil when the column's type has not been looked up.
    public var spellings: [String]?

    /// A column with its value, and how that may be written otherwise.
    public init(_ name: String, _ value: String, spellings: [String]? = nil) {
        self.name = name
        self.value = value
        self.spellings = spellings
    }
}

/// The row before or after a change.
public enum RowSide: String, CaseIterable, Sendable {
    /// The whole row before an update or a delete.
    case old
    /// The whole row after an insert or an update.
    case new
    /// Either of the two.
    case any
}

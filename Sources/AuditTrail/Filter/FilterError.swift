/// What is wrong with a filter, and where.
public struct FilterError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// A double quote or a slash is never closed.
        case unclosed(Unicode.Scalar)
        /// Parentheses do not come in pairs.
        case unbalancedParenthesis
        /// `or`, `and` or `not` has nothing to join.
        case missingOperand(String)
        /// Nothing follows the operator.
        case missingValue(String)
        /// There is no such field.
        case unknownField(String)
        /// The field cannot be compared so.
        case wrongOperator(String, field: String)
        /// A path or a name has an empty part.
        case emptyPart(String)
        /// A table's name has more than a schema and a name.
        case tooManyParts(String)
        /// The value is no verb.
        case notAVerb(String)
        /// The value is no whole number.
        case notANumber(String)
        /// The value is no address or network.
        case notANetwork(String)
        /// The value is no time.
        case notATime(String)
        /// The value is no row.
        case notARow(String)
        /// Null has no size and no parts.
        case nullHasNoOrder
        /// The text has more characters than a filter may have.
        case tooLong
        /// Parentheses and negations are nested deeper than a filter may be.
        case tooDeep
        /// There are more terms, and values that are as dear as terms, than a filter may have.
        case tooManyTerms
        /// A character of number 0 is among the others; the server has none.
        case zeroCharacter
    }

    /// What is wrong.
    public var reason: Reason
    /// Which Unicode scalars of the text are, counted from 0; empty at the end where something is missing.
    public var range: Range<Int>

    /// An error of some characters.
    public init(_ reason: Reason, _ range: Range<Int>) {
        self.reason = reason
        self.range = range
    }
}

extension FilterError: CustomStringConvertible {
    /// What is wrong, for the person who typed the filter.
    public var description: String {
        switch reason {
        case .unclosed(let sign): "\(sign) is never closed"
        case .unbalancedParenthesis: "parentheses do not come in pairs"
        case .missingOperand(let word): "\(word) has nothing to join"
        case .missingValue(let field): "a value is missing after \(field)"
        case .unknownField(let name):
            "no field \(name); use \(FilterField.names.joined(separator: ", ")), old.COLUMN, new.COLUMN, any.COLUMN "
                + "or COLUMN:OLD->NEW"
        case .wrongOperator(let sign, let field): "\(field) cannot be compared by \(sign)"
        case .emptyPart(let name): "a part of \(name) is empty"
        case .tooManyParts(let name): "\(name) has more parts than a schema and a table"
        case .notAVerb(let text): "\(text) is no verb; use insert, update, delete or truncate"
        case .notANumber(let text): "\(text) is no whole number"
        case .notANetwork(let text): "\(text) is no address or network"
        case .notATime(let text): "\(Timestamp.ParseError(text: text))"
        case .notARow(let text): "\(text) is no row; use row:TABLE:KEY or row:TABLE:COLUMN=VALUE,COLUMN=VALUE"
        case .nullHasNoOrder: "null has no size"
        case .tooLong: "the filter is longer than \(FilterLimits.characters) characters"
        case .tooDeep: "the filter is nested deeper than \(FilterLimits.depth) levels"
        case .tooManyTerms: "the filter has more than \(FilterLimits.terms) terms"
        case .zeroCharacter: "a filter cannot hold a zero byte"
        }
    }
}

import AuditTrail
import Browser
import Postgres

/// The statements of the question that was asked last, as `:sql` shows them.
struct StatementHistory {
    /// So many are remembered.
    private static let most = 12

    private let hasMasks: Bool
    /// The newest at the end.
    private(set) var statements: [StatementRecord] = []

    /// No statements yet, in a trail of which these columns are hidden.
    init(masks: Masks) { hasMasks = !masks.isEmpty }

    /// Forgets all.
    mutating func clear() { statements = [] }

    /// Adds one as it may be shown: those of a revert are given rows with what is masked in them.
    mutating func add(_ statement: Statement, _ parameters: [String?], of question: Question) {
        let hides = if case .revert = question { hasMasks } else { false }
        let shown = hides ? parameters.map { $0 == nil ? nil : Masks.text } : parameters
        statements.append(StatementRecord(name: statement.name, text: statement.text, parameters: shown))
        statements = statements.suffix(Self.most)
    }
}

import CLibpq

/// The statements that a session of the server keeps prepared, so that they are parsed once and soon planned once.
///
/// Statements with values for the catalog and for walks along indexes take the server longer to parse and to plan than to
/// run. Behind a pooler a session of the server may be another's the next moment: nothing is kept there.
final class PreparedStatements {
    /// Whether the session of the server is one's own.
    var isKept = false
    /// The names of those that the server has taken, by their texts.
    private var names: [String: String] = [:]
    private var count = 0

    /// The name under which the server has a statement; nil when it has not, or is not to have it.
    func name(of statement: Statement) -> String? { statement.isRepeated ? names[statement.text] : nil }

    /// Whether the server should be asked to keep a statement before it runs it.
    func isNew(_ statement: Statement) -> Bool { isKept && statement.isRepeated && name(of: statement) == nil }

    /// A name that no statement has had yet: also where the server refused what was to have it.
    func newName() -> String {
        count += 1
        return "audit_tui_\(count)"
    }

    /// Takes in that the server has a statement of that text.
    func keep(_ text: String, as name: String) { names[text] = name }

    /// Takes in an error: a session that has lost a statement, or had its answer changed, keeps none from now on.
    ///
    /// What failed succeeds when it is asked again.
    func look(at error: ServerError) {
        guard ["26000", "0A000"].contains(error.sqlState), !names.isEmpty else { return }
        (isKept, names) = (false, [:])
    }
}

extension Connection {
    /// Lets the server keep the statements that are repeated: for a session of the server that is this one's alone.
    public func keepRepeated() { prepared.isKept = true }

    /// Queues a statement, under its name where the server keeps it.
    func queue(_ statement: Statement, _ parameters: [String?], preparedAs name: String? = nil) -> Bool {
        withOptionalCStrings(parameters) { values in
            let count = Int32(parameters.count)
            guard let name = name ?? prepared.name(of: statement) else {
                return PQsendQueryParams(handle, statement.text, count, nil, values, nil, nil, 0) == 1
            }
            return PQsendQueryPrepared(handle, name, count, values, nil, nil, 0) == 1
        }
    }

    /// Queues a statement within a pipeline, preparing it before where it is to be kept; returns the steps in front of it.
    ///
    /// Nil when libpq refuses.
    func queueInPipeline(_ statement: Statement, _ parameters: [String?]) -> [Pipeline.Step]? {
        guard prepared.isNew(statement) else { return queue(statement, parameters) ? [] : nil }
        let name = prepared.newName()
        let isQueued =
            PQsendPrepare(handle, name, statement.text, 0, nil) == 1
            && queue(statement, parameters, preparedAs: name)
        return isQueued ? [.preparation(of: statement.text, as: name)] : nil
    }
}

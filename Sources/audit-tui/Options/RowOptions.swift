import ArgumentParser
import AuditQuery
import AuditTrail
import Postgres
import Report

/// The table of the row that a command is about, and where its trail is.
struct RowOptions: ParsableArguments {
    @Argument(help: "Its table: name or schema.name, quoted as in SQL.")
    var table: String

    @Option(
        help: ArgumentHelp("The schema of the audit tables, if there are several.", valueName: "schema")
    )
    var schema: String?

    @OptionGroup(title: "Masks")
    var masks: MaskOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    /// The table that is named.
    ///
    /// Throws `ValidationError`.
    func tablePattern() throws -> TablePattern { try audit_tui.tablePattern(table) }

    /// Answers a question about the row; values of more than 64 kB may be left on the server.
    ///
    /// Throws `CommandError.usage` when there is no such table or key, and what connecting throws.
    func answer(to question: Question, hasExcerpts: Bool = false) throws -> Answer {
        let personal = try connection.personal.read()
        personal.tellProblems()
        var preferences = try personal.preferences(masking: masks.masks)
        preferences.hasExcerpts = hasExcerpts
        let connection = try connection.connect()
        let trail = try openTrail(on: connection, schema: schema, preferences)
        let answer = try trail.answer(to: question, on: connection)
        if case .unanswerable(let reason) = answer {
            throw CommandError.usage(reason + (try tableHint(tablePattern(), of: trail, on: connection)))
        }
        return answer
    }
}

/// Says on standard error that the trail has nothing of a row.
func tellNoSuchRow(_ table: TableName, _ key: RowKey) {
    tell("audit-tui: there is no such row in the trail: \(table.short) \(keyText(key))")
}

/// A key as it is given on the command line.
///
/// Throws `ValidationError`.
func keyTerm(_ text: String) throws -> KeyTerm {
    guard !text.isEmpty else {
        throw ValidationError(
            "\"\" is no key; give a value, or column=value,column=value, or column=\"\" for an empty text"
        )
    }
    return .typed(text)
}

/// A table as it is named on the command line.
///
/// Throws `ValidationError`.
func tablePattern(_ text: String) throws -> TablePattern {
    let parts: [String]
    do {
        parts = try QualifiedName(parsing: text).parts
    } catch {
        throw ValidationError("the table \"\(text)\": \(error)")
    }
    guard parts.count <= 2 else {
        throw ValidationError("the table \"\(text)\" has more parts than a schema and a table")
    }
    return TablePattern(schema: parts.count == 2 ? parts[0] : nil, name: parts[parts.count - 1])
}

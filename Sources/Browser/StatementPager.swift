import Screen

/// A statement that was run for what is on screen.
public struct StatementRecord: Equatable, Sendable {
    /// The name of its file.
    public var name: String
    /// The SQL, as it was sent.
    public var text: String
    /// The values of `$1…$n`; nil for SQL null.
    public var parameters: [String?]

    /// A record of its parts.
    public init(name: String, text: String, parameters: [String?]) {
        self.name = name
        self.text = text
        self.parameters = parameters
    }

    /// The statement as lines, its parameters behind it.
    var lines: [String] {
        let values = parameters.enumerated().map { index, value in
            "-- $\(index + 1) = \(value.map { "'\($0.replacing("'", with: "''"))'" } ?? "null")"
        }
        return ["-- \(name)"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            + values
    }
}

/// Lines of text over the whole screen.
public struct StatementPager: Equatable, Sendable {
    /// The lines.
    public var lines: [String]
    /// The first line on screen.
    public var top = 0

    /// A pager over statements, one after the other.
    public init(_ statements: [StatementRecord]) {
        lines = Array(statements.map(\.lines).joined(separator: [""]))
        if lines.isEmpty { lines = ["nothing has been asked for this screen yet"] }
    }
}

extension Model {
    mutating func handle(_ key: Key, in pager: StatementPager) -> [Effect] {
        var pager = pager
        let height = max(1, size.rows - 2)
        switch keymap.action(for: key) {
        case .first?: pager.top = 0
        case .last?: pager.top = pager.lines.count - height
        case .suspend?: return [.suspend]
        case .quit?: return [.quit]
        case let action? where action.distance(height: height) != 0: pager.top += action.distance(height: height)
        default:
            overlay = nil
            return []
        }
        pager.top = max(0, min(pager.top, pager.lines.count - height))
        overlay = .statements(pager)
        return []
    }
}

extension Frame {
    mutating func drawStatements(_ pager: StatementPager) {
        for row in 1..<size.rows {
            fill(row: row, columns: 0..<size.columns, role: .popup)
            let index = pager.top + row - 1
            guard row < size.rows - 1, pager.lines.indices.contains(index) else { continue }
            let line = pager.lines[index]
            put(SafeText(line), column: 1, row: row, role: line.hasPrefix("--") ? .muted : .popup)
        }
        put("j k move  q back", column: 1, row: size.rows - 1, role: .muted)
    }

    /// The command line in the row of the status, what can be typed above it.
    mutating func drawCommand(_ prompt: CommandPrompt) {
        let row = size.bodyEnd
        fill(row: row, columns: 0..<size.columns, role: .prompt)
        let column = put(":" + SafeText(prompt.line.before), column: 0, row: row, role: .prompt)
        let end = put(SafeText(prompt.line.after), column: column, row: row, role: .prompt)
        cursor = Cursor(column: min(column, size.columns - 1), row: row)
        if let error = prompt.error {
            put("✘ " + SafeText(error), column: end + 2, row: row, width: max(0, size.columns - end - 2), role: .error)
        }
        for (offset, command) in prompt.candidates.reversed().enumerated()
        where row - 1 - offset > (size.isTiny ? 0 : 2) {
            fill(row: row - 1 - offset, columns: 0..<size.columns, role: .popup)
            let name = SafeText(command.name + (command.argument.map { " \($0)" } ?? "")).padded(to: 16)
            put(name + SafeText(command.purpose), column: 1, row: row - 1 - offset, role: .popup)
        }
    }
}

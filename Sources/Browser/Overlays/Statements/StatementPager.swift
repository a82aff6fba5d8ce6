import AuditTrail
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
            "-- $\(index + 1) = \(value.map { "'\($0.replacing(scalar: "'", with: "''"))'" } ?? "null")"
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

    /// A pager over lines of text.
    init(lines: [String]) { self.lines = lines }

    /// A pager over statements, one after the other.
    public init(_ statements: [StatementRecord]) {
        lines = Array(statements.map(\.lines).joined(separator: [""]))
        if lines.isEmpty { lines = ["nothing has been asked for this screen yet"] }
    }
}

extension StatementPager {
    mutating func scroll(to line: Int, height: Int) {
        top = max(0, min(line, lines.count - height))
    }
}

extension Model {
    mutating func handle(_ key: Key, in pager: StatementPager) -> [Effect] {
        var pager = pager
        let height = max(1, size.rows - 2)
        let action = keymap.action(for: key, in: .pager)
        switch action {
        case .suspend?: return [.suspend]
        case .quit?: return [.quit]
        default:
            // The last page is the end, so the last line need not come to the top.
            let target = action?.target(from: pager.top, of: pager.lines.count, height: height, count: count)
            guard let target else {
                overlay = nil
                return []
            }
            pager.scroll(to: target, height: height)
        }
        overlay = .statements(pager)
        return []
    }
}

extension Frame {
    mutating func drawStatements(_ pager: StatementPager, of model: Model) {
        for row in 1..<size.rows {
            fill(row: row, columns: 0..<size.columns, role: .popup)
            let index = pager.top + row - 1
            guard row < size.rows - 1, pager.lines.indices.contains(index) else { continue }
            let line = pager.lines[index]
            put(SafeText(line), column: 1, row: row, role: line.hasPrefix("--") ? .muted : .popup)
        }
        let keys = model.keymap.keys(in: .pager)
        let hints = [([Action.moveDown, .moveUp], "move"), ([.back], "back")].compactMap { actions, words in
            let names = actions.compactMap { keys[$0]?.first?.name }
            return names.isEmpty ? nil : names.joined(separator: " ") + " " + words
        }
        put(SafeText(hints.joined(separator: "  ")), column: 1, row: size.rows - 1, role: .muted)
    }
}

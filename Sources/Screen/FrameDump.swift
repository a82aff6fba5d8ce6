extension Frame {
    /// What the frame shows as text: its rows, without the blanks at their ends, joined by line feeds.
    public func text() -> String {
        rows { $0.text }.map { trimmed($0, of: " ") }.joined(separator: "\n")
    }

    /// What the cells mean: a letter for each, laid out like `text()`, then what the letters stand for.
    ///
    /// A dot is plain `ui.text`, dots at the end of a row are left out. A role has the same letter in every
    /// frame; a role under an overlay gets a digit or a sign, numbered as they appear.
    public func roles() -> String {
        var legend: [Pair: String] = [:]
        var order: [Pair] = []
        var overlaid = 0
        let drawn = rows { cell in
            let pair = Pair(role: cell.role, overlay: cell.overlay)
            if pair.isPlain { return "." }
            if let sign = legend[pair] { return sign }
            let sign = cell.overlay == nil ? Self.letter(of: cell.role) : Self.sign(number: overlaid)
            if cell.overlay != nil { overlaid += 1 }
            legend[pair] = sign
            order.append(pair)
            return sign
        }
        let lines = drawn.map { trimmed($0, of: ".") }
        return (lines + order.map { "\(legend[$0] ?? "?") = \($0.name)" }).joined(separator: "\n")
    }

    private func rows(_ sign: (Cell) -> String) -> [String] {
        (0..<size.rows).map { row in
            (0..<size.columns).map { column in sign(self[column: column, row: row]) }.joined()
        }
    }

    private func trimmed(_ line: String, of blank: Character) -> String {
        var line = line[...]
        while line.last == blank { line.removeLast() }
        return String(line)
    }

    private static func letter(of role: Role) -> String {
        guard let index = Role.all.firstIndex(of: role), index < letters.count else { return "?" }
        return String(letters[index])
    }

    private static func sign(number: Int) -> String {
        number < signs.count ? String(signs[number]) : "?"
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let signs = Array("0123456789!@#$%^&*+-=:;<>~/|")
}

/// A role and what lies over it, as the legend of a dump names them.
private struct Pair: Hashable {
    var role: Role
    var overlay: Role?

    var isPlain: Bool { role == .text && overlay == nil }

    var name: String {
        overlay.map { "\(role.name) under \($0.name)" } ?? role.name
    }
}

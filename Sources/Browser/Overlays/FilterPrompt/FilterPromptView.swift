import AuditTrail
import Screen

extension Frame {
    /// The prompt in the row of the filter, and below it what it means, what is wrong, and what could be meant.
    mutating func drawFilterPrompt(_ prompt: FilterPrompt, of model: Model) {
        fill(row: 1, columns: 0..<size.columns, role: .prompt)
        let start = put(" filter> ", column: 0, row: 1, role: .prompt)
        let before = SafeText(prompt.line.before)
        // A long line scrolls so that the cursor stays in sight.
        let shift = max(0, start + before.width - size.columns + 1)
        let text = SafeText(prompt.line.text).dropping(columns: shift)
        put(text, column: start, row: 1, role: .filterValue)
        cursor = Cursor(column: start + before.width - shift, row: 1)
        underline(prompt, from: start - shift, notBefore: start)
        var row = 2
        for line in lines(of: prompt, model.indexes) where row < size.bodyEnd {
            fill(row: row, columns: 0..<size.columns, role: .popup)
            put(line.text, column: 3, row: row, role: line.role)
            row += 1
        }
    }

    /// Marks the characters that cannot be read.
    private mutating func underline(_ prompt: FilterPrompt, from start: Int, notBefore first: Int) {
        guard let error = prompt.error else { return }
        let scalars = Array(prompt.line.text.unicodeScalars)
        func column(_ position: Int) -> Int {
            start + SafeText(String(String.UnicodeScalarView(scalars[..<min(position, scalars.count)]))).width
        }
        let columns =
            column(
                error.range.lowerBound
            )..<max(
                column(error.range.lowerBound) + 1,
                column(error.range.upperBound)
            )
        overlay(row: 1, columns: columns.clamped(to: first..<max(first, size.columns)), role: .filterError)
    }

    /// So many names that stand for nothing are said.
    private static let mostUnknown = 4

    private func lines(of prompt: FilterPrompt, _ indexes: IndexedTerms) -> [(text: SafeText, role: Role)] {
        var lines: [(SafeText, Role)] = []
        for (index, candidate) in prompt.candidates.enumerated() {
            let mark = index == prompt.taken ? "▶ " : "  "
            let name = SafeText(mark + candidate.text).padded(to: 30)
            lines.append((name + SafeText(candidate.note), index == prompt.taken ? .cursor : .popup))
        }
        if let error = prompt.error {
            lines.append((SafeText("✘ \(error)"), .filterError))
        } else if let filter = prompt.understood {
            let meaning = filter.isEmpty ? "everything" : filter.description
            lines.append(
                prompt.unknown.isEmpty ? (SafeText("✓ \(meaning)"), .info) : (SafeText("? \(meaning)"), .warning)
            )
            lines += prompt.unknown.prefix(Self.mostUnknown).map { (SafeText("  \($0)"), .warning) }
            lines += filter.terms.map { (SafeText("  \($0.cost(with: indexes).words)  \($0)"), .filterCost) }
        }
        lines.append(("Enter apply  Tab complete  ↑ recent  ^U clear  Esc cancel", .muted))
        return lines
    }
}

extension FilterExpression.Cost {
    fileprivate var words: String {
        switch self {
        case .index: "index       "
        case .boundedScan: "bounded scan"
        case .longScan: "long scan   "
        }
    }
}

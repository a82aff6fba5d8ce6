import AuditTrail
import Screen

extension TableChoice {
    /// What the events of the table under the cursor will hold, in as many rows as the screen has room for.
    var preview: [StyledText] {
        guard let item, size.rows >= TableChoiceLayout.low, size.columns >= 48 else { return [] }
        let isTall = size.rows >= TableChoiceLayout.tall
        let height = size.rows >= 30 ? 3 : 1
        let row = document(item.recordedColumns)
        let (insert, update) = (Label("insert", .insert), Label("update", .update))
        let nothing = StyledText("{}", .muted)
        var lines = lines(insert, isTall ? "" : "changed_data", row, height)
        if isTall {
            lines = [StyledText(" What an event will hold, for instance, with made-up values", .muted)]
            lines += self.lines(insert, "old_data", nothing, height)
            lines += self.lines(nil, "changed_data", row, height)
        }
        guard let changed = item.changedColumn else {
            return lines + self.lines(update, "", StyledText("none: no column is recorded", .muted), height)
        }
        lines += self.lines(update, "old_data", row, height)
        return lines + self.lines(isTall ? nil : update, "changed_data", document([changed]), height)
    }

    /// A verb and its role.
    private struct Label {
        var text: SafeText
        var role: Role

        init(_ text: SafeText, _ role: Role) { (self.text, self.role) = (text, role) }
    }

    /// The rows of a document behind its labels, cut to so many.
    private func lines(_ verb: Label?, _ field: SafeText, _ document: StyledText, _ height: Int) -> [StyledText] {
        let indent = 22
        let room = max(2, size.columns - indent - 1)
        var rows = document.wrapped(to: room)
        if rows.count > height {
            // The last row takes what it can of all the rest, and says that there is more.
            let rest = rows[(height - 1)...].reduce(into: StyledText()) { $0.append($1) }
            rows = rows.prefix(height - 1) + [rest.truncated(to: room)]
        }
        return rows.enumerated().map { index, row in
            var line = StyledText(" ", .text)
            let isFirst = index == 0
            line.append((isFirst ? verb?.text ?? "" : "").padded(to: 7), verb?.role ?? .text)
            line.append((isFirst ? field : "").padded(to: indent - 8), .muted)
            line.append(row)
            return line
        }
    }

    /// The columns as a document with a made-up value for each.
    private func document(_ columns: [Column]) -> StyledText {
        var text = StyledText("{", .muted)
        for (index, column) in columns.enumerated() {
            if index > 0 { text.append(", ", .muted) }
            text.append(SafeText(quotedInJSON(column.name)), .jsonKey)
            text.append(": ", .muted)
            text.append(SafeText(column.sample.description), column.sample.role)
        }
        text.append("}", .muted)
        return text
    }
}

extension TableChoice.Item {
    /// A column that an update may well have changed; nil when no column is recorded.
    fileprivate var changedColumn: TableChoice.Column? {
        let columns = recordedColumns
        return columns.first { !isKey($0) && !$0.isGenerated } ?? columns.first { !isKey($0) } ?? columns.first
    }
}

/// The text as JSON writes it.
private func quotedInJSON(_ text: String) -> String { SampleValue.text(text).description }

extension SampleValue {
    fileprivate var role: Role {
        switch self {
        case .number: .jsonNumber
        case .boolean: .jsonBool
        case .text: .jsonString
        case .object, .array: .jsonFold
        }
    }
}

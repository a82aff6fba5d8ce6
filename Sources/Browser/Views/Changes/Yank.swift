import AuditTrail
import JSON
import Screen

/// Something that can be copied: the key that chooses it, what it is, and its text.
public struct Yank: Equatable, Sendable {
    var key: Character
    var purpose: String
    var text: String
    /// The script that is to be made and copied in the place of the text.
    var script: RevertRequest?
}

/// Copying what is under the cursor to the clipboard of the terminal.
extension Model {
    /// Shows what can be copied; the next key chooses.
    mutating func openYanks() -> [Effect] {
        let yanks = self.yanks
        if yanks.isEmpty {
            notice = Notice(.info, "there is nothing under the cursor to copy")
        } else {
            overlay = .yanks(yanks)
        }
        return []
    }

    mutating func handle(_ key: Key, in yanks: [Yank]) -> [Effect] {
        overlay = nil
        guard case .character(let character) = key, let yank = yanks.first(where: { $0.key == character }) else {
            return key == .control("z") ? [.suspend] : []
        }
        guard let request = yank.script else { return [.copy(yank.text)] }
        let id = nextRequest()
        scriptToCopy = id
        notice = Notice(.info, "making the script")
        return [.ask(.revert(request), id)]
    }

    private var yanks: [Yank] {
        let change = changeUnderCursor
        let value = change == nil ? [] : valueYanks
        return value + (change.map(changeYanks) ?? []) + transactionYanks + scriptYanks(change)
    }

    /// The script that takes back the change that is looked at, or the transaction.
    private func scriptYanks(_ change: Activity?) -> [Yank] {
        guard panes.isEmpty, overview == nil else { return [] }
        let term =
            change.map { FilterTerm.number(.activity, .anyOf([$0.id])) }
            ?? list.selected.map { .number(.nativeTransaction, .anyOf([$0.nativeID])) }
        guard let term else { return [] }
        let text = "audit-tui revert --filter \(Filter([.term(term)]).description)"
        return [
            Yank(
                key: "s",
                purpose: "the script that takes it back",
                text: text,
                script: RevertRequest(filter: Filter([.term(term)]))
            )
        ]
    }

    /// The change that is looked at, or the version in a history.
    private var changeUnderCursor: Activity? {
        if case .history(let pane)? = panes.last { return pane.version?.change.activity }
        return panes.isEmpty && overview == nil && focus == .detail ? detail.activity : nil
    }

    private var valueYanks: [Yank] {
        guard panes.isEmpty, let line = detail.lineUnderCursor, let value = line.document, !line.location.isEmpty,
            !value.isMasked, !value.isExcerpt
        else {
            return []
        }
        return [
            Yank(key: "y", purpose: "the value", text: keyValueText(value)),
            Yank(key: "p", purpose: "its path", text: pathText(line.location)),
            Yank(key: "q", purpose: "a condition of SQL", text: sqlCondition(line.location, value)),
        ]
    }

    private func changeYanks(of activity: Activity) -> [Yank] {
        let row = activity.rowAfter ?? activity.rowBefore
        let lines = Diff(of: activity, context: 0).lines.filter { $0.kind != .context && $0.kind != .heading }
        let diff = lines.map { $0.path.isEmpty ? "\($0.marker) \($0.value)" : "\($0.marker) \($0.path): \($0.value)" }
        return [
            row.flatMap { $0.holdsExcerpts ? nil : $0 }.map {
                Yank(key: "r", purpose: "the row as JSON", text: $0.description)
            },
            Yank(key: "d", purpose: "the difference", text: diff.joined(separator: "\n")),
        ].compactMap(\.self)
    }

    private var transactionYanks: [Yank] {
        let name: String?
        if case .history(let pane)? = panes.last {
            name = pane.version?.change.transactionName
        } else {
            name = panes.isEmpty && overview == nil ? list.selected?.name : nil
        }
        guard let name else { return [] }
        let term = name.hasPrefix("x") ? "xid:\(name.dropFirst())" : "tx:\(name)"
        var command = "audit-tui"
        if case .ready(let database, let host) = connection {
            command += (host.isEmpty ? "" : " -h \(shellWord(host))") + " -d \(shellWord(database))"
        }
        return [
            Yank(key: "i", purpose: "the number of the transaction", text: name),
            Yank(key: "l", purpose: "the command that leads to it", text: "\(command) --filter \(shellWord(term))"),
        ]
    }
}

/// A condition that holds for rows with the value: by the column, or by the path inside its document.
func sqlCondition(_ path: JSONPath, _ value: JSON) -> String {
    guard case .member(let column)? = path.first else { return "" }
    var subject = sqlIdentifier(column)
    let inner = path.dropFirst().map { step in
        switch step {
        case .member(let name):
            "\"\(name.replacing(scalar: "\\", with: "\\\\").replacing(scalar: "\"", with: "\\\""))\""
        case .element(let index): String(index)
        }
    }
    if !inner.isEmpty { subject += " #>> \(sqlLiteral("{\(inner.joined(separator: ","))}"))" }
    switch value {
    case .null: return "\(subject) is null"
    case .string(let text): return "\(subject) = \(sqlLiteral(text))"
    case .number(let number) where inner.isEmpty: return "\(subject) = \(number)"
    case .bool(let isTrue) where inner.isEmpty: return "\(subject) is \(isTrue)"
    case let value: return "\(subject) = \(sqlLiteral(value.description))"
    }
}

private func sqlLiteral(_ text: String) -> String {
    let quoted = "'" + text.replacing(scalar: "'", with: "''") + "'"
    return text.unicodeScalars.contains("\\") ? " E" + quoted.replacing(scalar: "\\", with: "\\\\") : quoted
}

/// The word as a shell takes it: bare, or in single quotes where it has other than plain characters.
func shellWord(_ word: String) -> String {
    let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy {
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:@".utf8.contains($0)
        }
    return isPlain ? word : "'" + word.replacing(scalar: "'", with: "'\\''") + "'"
}

import AuditTrail
import Screen

/// Pasted text goes where text is typed, and nowhere else: it never acts as keys.
extension Model {
    /// More than anyone filters or searches by; the rest is cut off, and said so.
    private static let pasteLimit = 10_000

    mutating func paste(_ text: String) -> [Effect] {
        isQuitArmed = false
        count = nil
        notice = nil
        // By scalars: a character may have any number of marks.
        let line = pastedLine(text)
        if line.unicodeScalars.count > Self.pasteLimit {
            notice = Notice(
                .warning,
                "what was pasted is too long; the first \(grouped(Self.pasteLimit)) characters were taken"
            )
        }
        return insert(String(line.unicodeScalars.prefix(Self.pasteLimit)))
    }

    private mutating func insert(_ text: String) -> [Effect] {
        switch overlay {
        case .filter(var prompt):
            prompt.line.insert(text)
            show(prompt)
            return askForNamesInPrompt()
        case .command(var prompt):
            prompt.line.insert(text)
            prompt.reread(in: self)
            overlay = .command(prompt)
            return []
        case .goTo(var prompt):
            prompt.line.insert(text)
            prompt.error = nil
            overlay = .goTo(prompt)
            return []
        case .search(var prompt):
            prompt.text += text
            return look(for: prompt)
        case .picker(var picker):
            picker.text += text
            return takeTyped(picker)
        case .help(var help) where help.prompt != nil:
            help.type(text, height: helpHeight)
            overlay = .help(help)
            return []
        case .help, .statements, .yanks, .pivots, .exports, nil:
            let takers = [Action.editFilter, .search, .command].map(key).joined(separator: ", ") + " and \(key(.goTo))"
            notice = Notice(.info, "pasted text is not run as keys; \(takers) take it")
            return []
        }
    }
}

/// Text as one line: what separates lines or words is a space, other control characters are left out.
func pastedLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control: if ["\n", "\r", "\t", "\u{B}", "\u{C}", "\u{85}"].contains(scalar) { line.append(" ") }
        case .lineSeparator, .paragraphSeparator: line.append(" ")
        default: line.append(scalar)
        }
    }
    // Whoever copies a whole line does not mean its end.
    while line.last == " " { line.removeLast() }
    return String(line)
}

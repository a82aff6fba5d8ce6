import Foundation
import Screen
import Testing

@testable import Browser

/// The tables of docs/keys.md, which are made from the keymap; `UPDATE_SCREENS=1` writes them.
@Suite struct KeyDocumentTests {
    private func code(_ keys: [Key]) -> String {
        keys.map { "`\($0.name)`" }.joined(separator: " ")
    }

    private var tables: String {
        var lines: [String] = []
        for place in [nil] + Keymap.Place.allCases.map(Optional.some) {
            let entries = Keymap.standard.entries(in: place)
            guard !entries.isEmpty else { continue }
            lines += ["", place.map { "`\($0.rawValue)`: \($0.title)" } ?? "`all`: everywhere", ""]
            lines += ["| action | keys | what it does |", "|---|---|---|"]
            lines += entries.map { "| `\($0.action.name)` | \(code($0.keys)) | \($0.purpose) |" }
        }
        for name in Keymap.presetNames.dropFirst() {
            lines += ["", "## The keymap `\(name)`", "", "What differs from `default`.", ""]
            lines += ["| view | action | keys |", "|---|---|---|"]
            for change in Keymap.changes(named: name) ?? [] {
                let keys = change.keys.compactMap { Key(name: $0) }
                lines.append("| `\(change.place)` | `\(change.action)` | \(code(keys)) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test func theDocumentHasTheKeysThatAreInForce() throws {
        let project = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        let file = project.appending(path: "docs/keys.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.firstRange(of: "scripts/test writes it -->\n")).upperBound
        let end = try #require(text[start...].firstRange(of: "\n<!-- end -->")).lowerBound
        if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] == "1" {
            try (text[..<start] + tables + text[end...]).write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<end] == tables)
        }
    }
}

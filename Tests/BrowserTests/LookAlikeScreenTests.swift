import AuditTrail
import JSON
import Screen
import Testing

@testable import Browser

/// What differs and looks alike is told apart on the screen.
@Suite struct LookAlikeScreenTests {
    @Test func actorsThatLookAlikeAreToldApart() {
        let labels = [
            ("1", "Alice"), ("2", "\u{410}lice"), ("3", "Bob"), ("4", "Bob"), ("5", "Ren\u{E9}"), ("6", "Rene\u{301}"),
        ]
        let actors = labels.map { ActorCount(actor: Actor(id: $0.0, label: $0.1), transactions: nil) }
        let notes = Picker.items(actors).map(\.count)
        #expect(notes == ["looks like #2", "looks like #1", "", "", "looks like #6", "looks like #5"])
        let named = Picker.items([ActorCount(actor: Actor(id: "1", label: "x"), transactions: 3)])
        #expect(named.map(\.count) == ["3 recent tx"])
    }

    @Test func theDifferenceSaysHowTheyDiffer() {
        let row = { (text: String) in JSON.object([JSON.Member("name", .string(text))]) }
        let diff = Diff(from: row("Alice"), to: row("\u{410}lice"), keyColumns: [])
        for layout in [DiffLayout.unified, .sideBySide] {
            let sheet = DiffSheet(diff, layout: layout, wraps: false, columns: 140)
            var frame = Frame(size: Size(columns: 140, rows: 5))
            frame.draw(sheet, rows: 0..<5, column: 0, top: 0, cursor: nil, searchWord: nil)
            #expect(frame.text().contains("(looks alike: U+0041 → U+0410)"), "\(frame.text())")
        }
    }
}

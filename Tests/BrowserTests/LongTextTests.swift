import AuditTrail
import JSON
import Screen
import Testing

@testable import Browser

/// Values of many megabytes on the screen.
@Suite struct LongTextTests {
    private func pane(_ sql: String) throws -> RevertPane {
        let activity = try #require(Fixture.activities(of: 134_987).first)
        let change = AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)
        let statement = RevertScript.Statement(change: change, summary: "update", sql: sql, verdict: .applies)
        let script = RevertScript(head: "begin;", statements: [statement], foot: "commit;")
        var pane = RevertPane(
            title: "tx 1",
            fileName: "revert.sql",
            request: RevertRequest(filter: Filter()),
            script: .notAsked
        )
        pane.script = .loaded(script)
        return pane
    }

    @Test func aLongLineIsShownUpToALimitAndKeptWhole() throws {
        let value = String(repeating: "é", count: 200_000)
        let pane = try pane("update t\nset v = '\(value)'")
        let line = pane.lines.first { $0.text.hasPrefix("set v") }?.text ?? ""
        #expect(line.hasSuffix("é… (400,010 bytes)"))
        #expect(line.utf8.count < 4200)
        #expect(pane.text.utf8.count > 400_000)
        #expect(pane.lines.map(\.text).contains("update t"))
    }

    @Test func keysAreAnsweredOverALongLine() throws {
        let pane = try pane("set v = '" + String(repeating: "\u{1}x", count: 1_000_000) + "'")
        let start = ContinuousClock.now
        for _ in 0..<100 {
            var frame = Frame(size: Size(columns: 80, rows: 24))
            frame.drawRevert(pane)
        }
        #expect(.now - start < .seconds(5))
    }

    @Test func textIsCutBetweenCharacters() {
        for count in 4090...4100 {
            let text = String(repeating: "a", count: count % 4) + String(repeating: "🙂", count: count)
            #expect(!LongText.shown(text).unicodeScalars.contains("\u{FFFD}"))
        }
        #expect(LongText.shown("short") == "short")
        #expect(LongText.lines("a\r\n\nb") == ["a\r", "", "b"])
        #expect(LongText.lines("") == [""])
    }
}

/// What others write does not slow the keys down.
@Suite struct LongValueTests {
    @Test(arguments: [DiffLayout.unified, .sideBySide], [true, false])
    func aLongValueIsLaidOutUpToALimit(_ layout: DiffLayout, wraps: Bool) {
        let text = String(repeating: "word \u{1} ", count: 400_000)
        let rows = [text, text + "x"].map { JSON.object([JSON.Member("v", .string($0))]) }
        let diff = Diff(from: rows[0], to: rows[1], keyColumns: [])
        let sheet = DiffSheet(diff, layout: layout, wraps: wraps, columns: 80)
        #expect(sheet.rows.count < 4000)
        let start = ContinuousClock.now
        for _ in 0..<20 {
            var frame = Frame(size: Size(columns: 80, rows: 24))
            frame.draw(sheet, rows: 0..<20, column: 0, top: 0, cursor: 0)
        }
        #expect(.now - start < .seconds(20))
        var frame = Frame(size: Size(columns: 80, rows: 24))
        frame.draw(sheet, rows: 0..<20, column: 0, top: max(0, sheet.rows.count - 10), cursor: 0)
        // Of two narrow columns the values take all.
        #expect(frame.text().contains(" bytes)") == (wraps || layout == .unified))
    }

    @Test func anActorIsShownUpToALimit() {
        let name = Actor(id: "1", label: String(repeating: "é", count: 1_000_000)).displayName
        #expect(name.utf8.count < 1010 && name.hasSuffix("é…"))
        #expect(Actor(id: String(repeating: "7", count: 5000)).displayName.utf8.count < 1010)
        #expect(Actor(id: "1", label: "Alice").displayName == "Alice")
    }

    @Test func whatIsPastedIsLimitedByScalars() {
        var fixture = Fixture.loaded()
        fixture.press(.character("f"))
        fixture.send(.pasted("e" + String(repeating: "\u{301}", count: 100_000)))
        guard case .filter(let prompt)? = fixture.model.overlay else {
            Issue.record("no prompt")
            return
        }
        #expect(prompt.line.text.unicodeScalars.count <= 10_010)
    }
}

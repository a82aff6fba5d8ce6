import Testing

@testable import Screen

@Suite struct FrameTests {
    private func frame(_ columns: Int, _ rows: Int) -> Frame {
        Frame(size: Size(columns: columns, rows: rows))
    }

    @Test func textIsPutWhereItWasAskedFor() {
        var frame = frame(8, 2)
        let next = frame.put("abc", column: 2, row: 1, role: .title)
        #expect(next == 5)
        #expect(frame.text() == "\n  abc")
        #expect(frame[column: 2, row: 1] == Cell(text: "a", role: .title, overlay: nil))
    }

    @Test func longTextEndsWithAnEllipsisAtTheEdge() {
        var frame = frame(5, 1)
        #expect(frame.put("abcdef", column: 1, row: 0, role: .text) == 5)
        #expect(frame.text() == " abc…")
    }

    @Test func longTextEndsWithAnEllipsisAtItsWidth() {
        var frame = frame(9, 1)
        #expect(frame.put("abcdef", column: 1, row: 0, width: 4, role: .text) == 5)
        #expect(frame.text() == " abc…")
    }

    @Test func wideCharactersNeverStraddleTheEdge() {
        var frame = frame(4, 1)
        frame.put("xxxx", column: 0, row: 0, role: .text)
        #expect(frame.put("田中太", column: 0, row: 0, role: .title) == 4)
        #expect(frame.text() == "田…")
        #expect(frame[column: 3, row: 0] == .blank(.title))
        #expect(frame.put("田", column: 3, row: 0, role: .text) == 4)
        #expect(frame.text() == "田……")
    }

    @Test func overwritingHalfOfAWideCharacterBlanksTheOther() {
        var frame = frame(6, 1)
        frame.put("田中太", column: 0, row: 0, role: .text)
        frame.put("x", column: 1, row: 0, role: .text)
        #expect(frame.text() == " x中太")
        frame.put("y", column: 2, row: 0, role: .text)
        #expect(frame.text() == " xy 太")
        frame.put("郎", column: 3, row: 0, role: .text)
        #expect(frame.text() == " xy郎")
        #expect((0..<6).map { frame[column: $0, row: 0].text } == [" ", "x", "y", "郎", "", " "])
    }

    @Test func whatLiesOutsideIsClipped() {
        var frame = frame(4, 1)
        frame.put("abc", column: 0, row: 1, role: .text)
        frame.put("abc", column: 0, row: -1, role: .text)
        #expect(frame.put("abc", column: 9, row: 0, role: .text) == 9)
        frame.fill(row: 5, columns: 0..<4, role: .title)
        frame.overlay(row: 0, columns: -3..<0, role: .selection)
        #expect(frame == self.frame(4, 1))
    }

    @Test func textLeftOfTheFrameIsCutOff() {
        var frame = frame(4, 1)
        #expect(frame.put("abcdef", column: -3, row: 0, role: .text) == 3)
        #expect(frame.text() == "def")
        #expect(frame.put("田中", column: -1, row: 0, role: .text) == 3)
        #expect(frame.text() == " 中")
        #expect(frame.put("ab", column: -3, row: 0, role: .text) == -1)
    }

    @Test func overlaysCoverWideCharactersWhole() {
        var frame = frame(6, 1)
        frame.put("a田b", column: 0, row: 0, role: .text)
        frame.overlay(row: 0, columns: 2..<3, role: .selection)
        #expect((0..<6).map { frame[column: $0, row: 0].overlay } == [nil, .selection, .selection, nil, nil, nil])
    }

    @Test func framesWithoutRoomAreEmpty() {
        var frame = frame(0, 0)
        frame.put("abc", column: 0, row: 0, role: .text)
        frame.fill(row: 0, columns: 0..<9, role: .text)
        #expect(frame.text().isEmpty)
        #expect(Size(columns: -1, rows: 2) == Size(columns: 0, rows: 2))
    }

    @Test func rolesAreDumpedWithALegend() {
        var frame = frame(6, 2)
        frame.put("ab", column: 0, row: 0, role: .title)
        frame.put("cd", column: 3, row: 0, role: .text)
        frame.overlay(row: 0, columns: 1..<4, role: .selection)
        frame.put("田", column: 1, row: 1, role: .diffAdd)
        let expected = """
            c011
            .CC
            c = ui.title
            0 = ui.title under ui.selection
            1 = ui.text under ui.selection
            C = diff.add
            """
        #expect(frame.roles() == expected)
    }
}

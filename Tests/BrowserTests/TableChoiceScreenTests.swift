import AuditTrail
import Screen
import Testing

@testable import InstallPicker

/// The picker on terminals of every size.
@Suite struct TableChoiceScreenTests {
    @Test(arguments: SizeTests.sizes) func theListsAreDrawn(_ size: Size) throws {
        let picker = TableChoice.shop(size).after(.character(" "))
        try checkScreen(view(picker), "install-picker")
        let columns = picker.after(.up, .character("c"), .down, .down, .character(" "), .up, .character(" "))
        try checkScreen(view(columns), "install-picker-columns")
    }

    @Test(arguments: SizeTests.sizes) func searchingIsDrawn(_ size: Size) {
        let picker = TableChoice.shop(size).after(.character("/"), .character("z"))
        let frame = view(picker)
        #expect(frame.text().contains("/z  not found"))
        #expect(frame.cursor?.column == 2)
    }

    /// Names of tables and columns may be anything.
    @Test func hostileNamesAreShownAsText() {
        let name = "a\u{1B}[2J\u{202E}\n\"\u{754C}"
        var picker = TableChoice.shop().after(.character(" "), .up)
        picker.items[0].table.name = name
        picker.items[0].keyColumns = [name]
        picker.items[0].columns[0].name = name
        picker.items[0].columns[1].name = name + "2"
        picker.items[0].columns[1].type = name
        picker.items[0].columns[1].sample = .text(name)
        picker.items[0].columns[1].isExcluded = true
        for size in SizeTests.sizes {
            picker.size = size
            for frame in [view(picker), view(picker.after(.character("c")))] {
                let text = frame.text()
                #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
                #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= size.rows)
            }
        }
    }

    /// Of every size, with the cursor at both ends; too small says so.
    @Test func theCursorIsOnEveryScreen() {
        for columns in [24, 31, 40, 48, 59, 60, 70, 100, 160] {
            for rows in [6, 9, 10, 12, 19, 20, 24, 30, 50] {
                let picker = TableChoice.shop(Size(columns: columns, rows: rows))
                for start in [picker, picker.after(.character("c"))] {
                    for end in [Key.home, .end] { #expect(isMarked(view(start.after(end))), "\(columns)x\(rows)") }
                }
            }
        }
        #expect(view(TableChoice.shop(Size(columns: 23, rows: 5))).text().contains("too small"))
        #expect(view(TableChoice.shop(Size(columns: 3, rows: 1))).size == Size(columns: 3, rows: 1))
    }

    private func isMarked(_ frame: Frame) -> Bool {
        (0..<frame.size.rows).contains { frame[column: 0, row: $0].overlay == .cursor }
    }
}

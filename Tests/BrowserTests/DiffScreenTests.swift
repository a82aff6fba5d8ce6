import AuditTrail
import JSON
import Screen
import Testing

@testable import Browser

/// Differences in their layouts, and the keys that choose them.
@Suite struct DiffScreenTests {
    private static let sizes = [(120, 35), (80, 24)]

    /// The changes of a transaction that has one change with something of everything.
    private func fixture(columns: Int = 80, rows: Int = 24) -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: rows)
        fixture.press(.enter)
        fixture.answer()
        fixture.model.detail.activities = .loaded([Self.activity])
        return fixture
    }

    private static let activity = Activity(
        id: 1,
        transactionID: 99987,
        nativeTransactionID: 999_870,
        issuedAt: Fixture.now,
        table: Fixture.orders,
        verb: .update,
        key: [JSON.Member("id", .number("42"))],
        oldData: Fixture.json(
            #"""
            {"id":42,"note":"Leave the parcel with the neighbour at number 12, second floor, and ring twice before noon","total":129.90,
             "status":"pending","customer_id":1933,"coupon":null,"tags":[],
             "items":[{"id":7,"sku":"A-100","qty":1},{"id":8,"sku":"B-7","qty":1},{"id":9,"sku":"C-1","qty":4}],
             "prefs":{"lang":"fi","theme":"dark","notify":{"mail":true,"push":"no"},"size":"L"},
             "updated_at":"2026-10-09T17:20:58.331+00:00","name":"田中"}
            """#
        ),
        changedData: Fixture.json(
            #"""
            {"note":"Leave the parcel with the neighbour at number 14, second floor, and ring twice before noon","total":139.9,
             "status":"paid","coupon":"AB\u202eC","tags":["new"],
             "items":[{"id":9,"sku":"C-1","qty":4},{"id":7,"sku":"A-100","qty":3},{"id":8,"sku":"B-7","qty":1}],
             "prefs":{"theme":"light","notify":{"mail":true,"push":false},"lang":"fi","size":"L"},
             "updated_at":"2026-10-09T17:31:02.114+00:00"}
            """#
        )
    )

    @Test(arguments: sizes) func unified(_ columns: Int, _ rows: Int) throws {
        try checkScreen(view(fixture(columns: columns, rows: rows).model), "diff-unified")
    }

    @Test(arguments: sizes) func sideBySide(_ columns: Int, _ rows: Int) throws {
        var fixture = fixture(columns: columns, rows: rows)
        fixture.press(.character("O"), .character("s"))
        try checkScreen(view(fixture.model), "diff-side-by-side")
    }

    @Test(arguments: sizes) func theRowAsADocument(_ columns: Int, _ rows: Int) throws {
        var fixture = fixture(columns: columns, rows: rows)
        fixture.press(.character("O"), .character("s"), .character("s"))
        try checkScreen(view(fixture.model), "diff-json")
    }

    @Test(arguments: sizes) func longValuesWrapped(_ columns: Int, _ rows: Int) throws {
        var fixture = fixture(columns: columns, rows: rows)
        fixture.press(.character("O"), .character("s"), .character("W"), .down, .down)
        try checkScreen(view(fixture.model), "diff-wrap")
    }

    @Test(arguments: sizes) func noiseHidden(_ columns: Int, _ rows: Int) throws {
        var fixture = fixture(columns: columns, rows: rows)
        fixture.press(.character("O"), .character("N"))
        try checkScreen(view(fixture.model), "diff-noise-hidden")
    }

    @Test(arguments: sizes) func folded(_ columns: Int, _ rows: Int) throws {
        var fixture = fixture(columns: columns, rows: rows)
        fixture.press(.character("O"), .character("/"))
        fixture.type("items[1].qty")
        fixture.press(.enter, .character("h"))
        #expect(fixture.model.detail.lineUnderCursor?.path == "items")
        try checkScreen(view(fixture.model), "diff-folded")
    }

    @Test func foldingHidesThePartsOfTheValueUnderTheCursorAndBringsThemBack() {
        var fixture = fixture()
        let rows = fixture.model.detail.rowCount
        fixture.press(.left)
        #expect(fixture.model.notice?.text == "there is nothing to fold here")
        fixture.press(.character("/"))
        fixture.type("prefs.theme")
        fixture.press(.enter, .left)
        #expect(fixture.model.detail.folded == [[.member("prefs")]])
        #expect(fixture.model.detail.rowCount < rows)
        #expect(fixture.model.detail.lineUnderCursor?.marker == "▸")
        fixture.press(.right)
        #expect(fixture.model.detail.folded.isEmpty)
        #expect(fixture.model.detail.rowCount == rows)
        fixture.press(.right)
        #expect(fixture.model.notice?.text == "nothing is folded here; W shows long values in full")
    }

    @Test func partsOfTheDocumentAreFoldedToo() {
        var fixture = fixture()
        fixture.press(.character("s"), .character("s"), .character("/"))
        fixture.type("\"sku\": \"A-100")
        fixture.press(.enter)
        let rows = fixture.model.detail.rowCount
        fixture.press(.left)
        #expect(fixture.model.detail.rowCount == rows - 4)
        fixture.press(.left)
        #expect(fixture.model.detail.folded.count == 2)
        #expect(fixture.model.detail.folded.contains([.member("items")]))
    }

    @Test func theCursorStaysAtItsValueInEveryLayout() {
        var fixture = fixture()
        fixture.press(.character("/"))
        fixture.type("prefs.theme")
        fixture.press(.enter)
        for layout in ["side-by-side", "JSON", "unified"] {
            fixture.press(.character("s"))
            #expect(fixture.model.detail.settings.layout.rawValue == layout)
            #expect(fixture.model.detail.lineUnderCursor?.path == "prefs.theme")
        }
        fixture.press(.character("]"), .character("]"))
        #expect(fixture.model.detail.lineUnderCursor?.path == "prefs.theme")
    }

    @Test func theKeyOfNoiseGoesToTheMatchBeforeWhileThereIsASearch() {
        var fixture = fixture()
        fixture.press(.character("N"))
        #expect(fixture.model.detail.settings.hidesNoise)
        fixture.press(.character("N"), .character("/"))
        fixture.type("prefs")
        fixture.press(.enter)
        let first = fixture.model.detail.line
        fixture.press(.character("n"), .character("N"))
        #expect(fixture.model.detail.line == first)
        #expect(!fixture.model.detail.settings.hidesNoise)
    }

    @Test func theSettingsStayForTheNextTransaction() {
        var fixture = fixture(columns: 120, rows: 35)
        fixture.press(.character("s"), .character("W"), .character("]"), .character("J"))
        fixture.answer()
        #expect(fixture.model.detail.settings.words == "side-by-side · context 2 · wrapped")
        #expect(fixture.model.detail.folded.isEmpty)
    }

    @Test func sideBySideNeedsRoom() {
        var fixture = fixture(columns: 40, rows: 12)
        fixture.press(.character("s"))
        #expect(fixture.model.notice?.text == "side by side needs 60 columns; shown unified")
        #expect(fixture.model.detail.sheet?.layout == .unified)
    }

    @Test func everyRowOfAWrappedDifferenceIsDrawn() {
        var fixture = fixture(columns: 80, rows: 24)
        fixture.press(.character("W"))
        for columns in [24, 33, 61, 80] {
            guard let diff = fixture.model.detail.diff else { return }
            for layout in DiffLayout.allCases {
                let sheet = DiffSheet(diff, layout: layout, wraps: true, columns: columns)
                var frame = Frame(size: Size(columns: columns, rows: sheet.rowCount))
                frame.draw(sheet, rows: 0..<sheet.rowCount, column: 0, top: 0, cursor: nil)
                let text = frame.text().split(separator: "\n", omittingEmptySubsequences: false)
                #expect(text.allSatisfy { !$0.isEmpty }, "\(layout) \(columns)")
                #expect(!frame.text().contains("characters)"))
            }
        }
    }
}

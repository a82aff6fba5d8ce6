import Screen
import Testing

@testable import Browser

/// Every view on terminals of every size.
@Suite struct SizeTests {
    /// The screens that are kept as files.
    static let sizes = [(120, 35), (80, 24), (60, 12), (24, 6)].map { Size(columns: $0.0, rows: $0.1) }

    /// How a view is reached from the list.
    struct Way: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: @Sendable (inout Fixture) -> Void
        var testDescription: String { name }

        init(_ name: String, _ keys: Key...) {
            self.name = name
            steps = { fixture in
                for key in keys {
                    fixture.press(key)
                    fixture.answer()
                }
            }
        }

        init(_ name: String, steps: @escaping @Sendable (inout Fixture) -> Void) {
            self.name = name
            self.steps = steps
        }

        func frame(_ size: Size) -> Frame { view(fixture(size).model) }

        func fixture(_ size: Size) -> Fixture {
            var fixture = Fixture.loaded(columns: size.columns, rows: size.rows)
            steps(&fixture)
            return fixture
        }
    }

    static let ways = [
        Way("list"), Way("changes", .enter, .character("j")),
        Way("oldest-first", .character("I"), .character("k")),
        Way("history", .enter, .character("H"), .down), Way("history-lower", .enter, .character("H"), .down, .tab),
        Way("blame", .enter, .character("b"), .tab),
        Way("row", .enter, .character("H"), .down, .down, .down, .character("A")),
        Way("revert", .enter, .character("r")), Way("view-tables", .character("2")),
        Way("revert-partial", .enter, .character("r"), .character("c")),
        Way("view-actors", .character("3")), Way("view-timeline", .character("4")), Way("view-health", .character("5")),
        Way("view-summary", .character("S")), Way("tables", .character("t"), .character(" ")),
        Way("actors", .character("a")), Way("pivots", .enter, .down, .down, .character(".")),
        Way("exports", .character("x")),
        Way("yanks", .enter, .down, .down, .character("y")),
        Way("command") { fixture in
            fixture.press(.character(":"))
            fixture.type("t")
        },
        Way("statements") { fixture in
            let text = (1...40).map { "select \($0)" }.joined(separator: "\n")
            let record = StatementRecord(name: "transactions", text: text, parameters: ["true", nil, "it's\u{1B}[31m"])
            fixture.send(.statements([record]))
            fixture.press(.character("G"))
        },
        Way("search") { fixture in
            fixture.press(.character("/"))
            fixture.type("bob")
        },
        Way("go-to") { fixture in
            fixture.press(.character("@"))
            fixture.type("yesterday 9")
        },
        Way("filter-prompt") { fixture in
            fixture.press(.character("f"))
            fixture.answer()
            fixture.type("status:pending->paid old.total>500 table:or")
        },
        Way("help", .character("?")),
    ]

    @Test(arguments: ways) func aViewIsDrawnInEverySize(_ way: Way) throws {
        for size in Self.sizes { try checkScreen(way.frame(size), way.name) }
    }

    @Test(arguments: [(160, 50), (100, 24)]) func theListAndTheChangesAreBesideOrAboveEachOther(
        _ columns: Int,
        _ rows: Int
    ) throws {
        let size = Size(columns: columns, rows: rows)
        for way in Self.ways.prefix(2) { try checkScreen(way.frame(size), way.name) }
    }

    /// Those that leave the line of the cursor in sight, which menus on a small screen do not.
    private static let marked = ways.filter { !["pivots", "yanks", "exports", "help"].contains($0.name) }

    /// After a resize too.
    @Test(arguments: marked) func theCursorIsOnEveryScreen(_ way: Way) {
        for columns in [24, 40, 60, 100, 160] {
            for rows in [6, 9, 12, 24] {
                let size = Size(columns: columns, rows: rows)
                var fixture = way.fixture(size)
                #expect(isMarked(view(fixture.model)) == isMarked(way.frame(Self.sizes[1])), "\(size)")
                fixture.press(.character("G"))
                fixture.send(.resized(Self.sizes[3]))
                #expect(isMarked(view(fixture.model)) || !isMarked(way.frame(Self.sizes[3])), "\(size) to 24x6")
                fixture.send(.resized(Size(columns: 5, rows: 2)))
                #expect(view(fixture.model).size == Size(columns: 5, rows: 2))
            }
        }
    }

    /// Whether a line is that of the cursor, or the terminal's own is shown.
    private func isMarked(_ frame: Frame) -> Bool {
        if let cursor = frame.cursor {
            return cursor.column < frame.size.columns && cursor.row < frame.size.rows
        }
        return (0..<frame.size.rows).contains { row in
            (0..<frame.size.columns).contains { column in frame[column: column, row: row].overlay == .cursor }
        }
    }
}

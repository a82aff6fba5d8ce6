import AuditTrail
import Screen
import Testing

@testable import Browser

/// The command line and what it shows.
@Suite struct CommandTests {
    private func run(_ command: String, _ fixture: inout Fixture) {
        fixture.press(.character(":"))
        fixture.type(command)
        fixture.press(.enter)
    }

    private func error(_ fixture: Fixture) -> String? {
        if case .command(let prompt) = fixture.model.overlay { prompt.error } else { nil }
    }

    @Test func commandsDoWhatTheirKeysDo() {
        var fixture = Fixture.loaded()
        run("filter table:orders verb:u", &fixture)
        fixture.answer()
        #expect(fixture.model.filter.description == "table:orders verb:update")
        run("filter", &fixture)
        fixture.answer()
        #expect(fixture.model.filter.isEmpty)
        run("health", &fixture)
        #expect(fixture.model.overview?.subject == .health)
        run("goto tx:99978", &fixture)
        fixture.answer()
        #expect(fixture.model.list.selected?.id == 99978)
        #expect(fixture.model.overview == nil)
        run("fo", &fixture)
        #expect(fixture.model.follow != nil)
        run("help", &fixture)
        #expect(fixture.model.overlay == .help(Help(of: Fixture.loaded().model)))
        fixture.press(.escape)
        run("q", &fixture)
        #expect(fixture.effects.last == .quit)
    }

    @Test(arguments: [
        ("paint", "there is no command paint; Tab completes"), ("f", "f may be filter or follow"),
        ("quit now", "quit takes nothing behind it"), ("goto nowhere", "cannot go to"), ("filter table:", ""),
        ("set colour", "there is no setting colour; set alone lists them"),
        ("set colour red", "there is no setting colour; set alone lists them"),
        ("set wrap on off", "set takes one setting and one value"), ("set wrap maybe", "wrap is on or off, not maybe"),
        ("set layout wide", "layout is unified or side-by-side or json, not wide"),
        ("set context 101", "context is a number from 0 to 100, not 101"),
        ("set order up", "order is newest or oldest, not up"),
        ("set context many", "context is a number from 0 to 100, not many"),
        ("set context!", "context is a number and has no other side; give it one"),
        (
            "keys lists",
            "there is no view lists; there are list, changes, history, row, revert, overview, help, pager"
        ),
    ])
    func whatCannotBeRunIsSaidAndStays(_ command: String, _ words: String) {
        var fixture = Fixture.loaded()
        run(command, &fixture)
        #expect(error(fixture)?.hasPrefix(words) == true, "\(command)")
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
    }

    @Test func tabCompletesAndBackspaceOnNothingLeaves() {
        var fixture = Fixture.loaded()
        fixture.press(.character(":"))
        fixture.type("fi")
        fixture.press(.tab)
        guard case .command(let prompt) = fixture.model.overlay else {
            Issue.record("the command line has closed")
            return
        }
        #expect(prompt.line.text == "filter ")
        fixture.press(.control("u"), .backspace)
        #expect(fixture.model.overlay == nil)
    }

    @Test func tabGoesThroughTheCommandsAndBackTabBack() {
        var fixture = Fixture.loaded()
        fixture.press(.character(":"))
        fixture.type("s")
        var seen: [String] = []
        for key in [Key.tab, .tab, .tab, .tab, .backTab, .backTab] {
            fixture.press(key)
            seen.append(text(fixture))
        }
        #expect(seen == ["sql", "set ", "summary", "sql", "summary", "set "])
    }

    private func text(_ fixture: Fixture) -> String {
        if case .command(let prompt) = fixture.model.overlay { prompt.line.text } else { "" }
    }

    private func candidates(_ fixture: Fixture) -> [String] {
        if case .command(let prompt) = fixture.model.overlay { prompt.completion.candidates.map(\.text) } else { [] }
    }

    @Test(arguments: [
        ("filter ta", ["table:"]), ("filter verb:u table:c", ["customers"]), ("filter actor:al", ["alice"]),
        ("goto y", ["yesterday"]), ("goto ord", ["orders:"]), ("set w", ["wrap"]), ("set wrap ", ["on", "off"]),
        ("set layout=s", ["side-by-side"]), ("set context ", []), ("set l", ["layout "]),
        ("keys h", ["history", "help"]), ("nothing x", []), ("quit ", []),
    ])
    func argumentsAreCompletedByTheirKind(_ typed: String, _ expected: [String]) {
        var fixture = Fixture.loaded()
        fixture.press(.character(":"))
        fixture.type(typed)
        #expect(candidates(fixture) == expected)
        guard let first = expected.first else { return }
        fixture.press(.tab)
        #expect(text(fixture).hasSuffix(first))
        #expect(text(fixture).hasPrefix(typed.prefix { !" =".contains($0) }))
    }

    @Test func commandsThatWereRunAreGoneBackTo() {
        var fixture = Fixture.loaded()
        for command in ["set wrap", "nonsense", "set wrap"] {
            run(command, &fixture)
            fixture.press(.escape)
        }
        fixture.press(.character(":"))
        fixture.type("tab")
        var seen: [String] = []
        for key in [Key.up, .up, .up, .control("n"), .down, .down] {
            fixture.press(key)
            seen.append(text(fixture))
        }
        #expect(seen == ["set wrap", "nonsense", "nonsense", "set wrap", "tab", "tab"])
        #expect(candidates(fixture) == ["tables"])
    }

    @Test func settingsAreChangedInTheWaysOfVim() {
        var fixture = Fixture.loaded()
        let commands: [(String, Setting, String)] = [
            ("wrap", .wrap, "on"), ("wrap!", .wrap, "off"), ("WRAP=on", .wrap, "on"), ("nowrap", .wrap, "off"),
            ("noise off", .noise, "off"), ("noise", .noise, "on"), ("nonoise", .noise, "off"),
            ("layout side-by-side", .layout, "side-by-side"), ("layout!", .layout, "json"),
            ("layout json", .layout, "json"), ("context 7", .context, "7"), ("follow on", .follow, "on"),
            ("follow on", .follow, "on"), ("nofollow", .follow, "off"), ("nohistogram", .histogram, "off"),
            ("histogram", .histogram, "on"), ("mouse", .mouse, "on"), ("mouse off", .mouse, "off"),
            ("order oldest", .order, "oldest"), ("order=oldest", .order, "oldest"), ("order!", .order, "newest"),
        ]
        for (command, setting, value) in commands {
            run("set \(command)", &fixture)
            #expect(fixture.model.overlay == nil, "\(command)")
            #expect(fixture.model.value(of: setting) == value, "\(command)")
        }
        #expect(fixture.effects.suffix(2) == [.mouse(true), .mouse(false)])
        run("set wrap?", &fixture)
        #expect(fixture.model.notice?.text == "wrap is off")
        run("set context", &fixture)
        #expect(fixture.model.notice?.text == "context is 7")
    }

    @Test func settingsOfAnOpenHistoryAreItsOwn() {
        var fixture = Fixture.loaded()
        fixture.press(.character("H"))
        fixture.answer()
        run("set context 9", &fixture)
        #expect(fixture.model.value(of: .context) == "9")
        fixture.press(.character("]"))
        #expect(fixture.model.value(of: .context) == "10")
    }

    @Test func settingsAndKeysAreListed() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        run("set", &fixture)
        try checkScreen(view(fixture.model), "settings")
        fixture.press(.character("q"))
        run("keys revert", &fixture)
        try checkScreen(view(fixture.model), "keys-revert")
        fixture.press(.character("q"))
        run("keys", &fixture)
        guard case .statements(let pager) = fixture.model.overlay else {
            Issue.record("the keys are not shown")
            return
        }
        let headings = pager.lines.filter { $0.hasPrefix("--") }
        #expect(
            headings == ["changes of a transaction", "life of a row", "preview of a revert"].map { "-- in the \($0)" }
                + ["-- everywhere"]
        )
        let standard = Keymap.standard.entries
        #expect(Set(standard.map(\.action)) == Set(Action.allCases))
        #expect(pager.lines.filter { !$0.isEmpty }.count == standard.count + headings.count)
    }

    @Test func aLongCommandAndItsErrorStayInSight() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        run("goto " + String(repeating: "nowhere ", count: 15), &fixture)
        try checkScreen(view(fixture.model), "command-error")
    }

    @Test func theCommandLineAndTheStatementsAreDrawn() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.character(":"))
        fixture.type("t")
        try checkScreen(view(fixture.model), "command")
        fixture.press(.control("u"))
        fixture.type("sql")
        fixture.press(.enter)
        #expect(fixture.effects.last == .showStatements)
        let record = StatementRecord(
            name: "transactions",
            text: (1...40).map { "select \($0)" }.joined(separator: "\n"),
            parameters: ["true", nil, "it's\u{1B}[31m"]
        )
        fixture.send(.statements([record]))
        fixture.press(.character("G"))
        try checkScreen(view(fixture.model), "statements")
        fixture.press(.character("q"))
        #expect(fixture.model.overlay == nil)
    }
}

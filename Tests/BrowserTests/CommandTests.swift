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
        ("theme", "there is no command theme; Tab completes"), ("f", "f may be filter or follow"),
        ("quit now", "quit takes nothing behind it"), ("goto nowhere", "cannot go to"), ("filter table:", ""),
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

import ArgumentParser
import Testing

@testable import audit_tui

@Suite struct HelpTests {
    static let commands: [any ParsableCommand.Type] = [AuditTUI.self] + AuditTUI.configuration.subcommands

    @Test(arguments: commands.indices) func helpFitsTheWidthOfATerminal(index: Int) {
        let lines = help(of: Self.commands[index])
        #expect(lines.filter { $0.count > 80 } == [])
    }

    /// What has the filter's options, or all the choices of an installation, is longer than a screen of 80x30.
    @Test func helpFitsAScreenWhereItCan() {
        let long = Self.commands.filter { help(of: $0).count > 30 }.map { $0.configuration.commandName }
        #expect(long == ["browse", "log", "init", "revert"])
    }

    /// The help in the lines that the program prints.
    private func help(of command: any ParsableCommand.Type) -> [Substring] {
        let help = AuditTUI.helpMessage(for: command, columns: 80)
        return help.split(separator: "\n", omittingEmptySubsequences: false)
    }
}

import ArgumentParser
import Settings

/// `audit-tui --check-config [FILE]`: says what is wrong with the configuration.
struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the configuration: exit 2 and a line for each problem (also: --check-config)."
    )

    @Argument(help: "The file; without it, the one that would be used.")
    var file: String?

    @OptionGroup
    var personal: SettingsOptions

    func run() throws {
        var options = personal
        options.config = file ?? options.config
        let settings = try options.read()
        for problem in settings.problems { printLine("\(problem)") }
        guard settings.problems.isEmpty else { throw ExitStatus.usage }
        guard let file = settings.configuration.file else { return printLine("there is no configuration") }
        printLine("\(file) is in order")
    }
}

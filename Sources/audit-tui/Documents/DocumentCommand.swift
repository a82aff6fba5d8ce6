import ArgumentParser

/// `audit-tui document`: the manual page and the completions, for `scripts/install` and for packages.
struct DocumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "Print the manual page or the completions of a shell.",
        shouldDisplay: false
    )

    /// What can be printed.
    enum Document: String, ExpressibleByArgument, CaseIterable {
        case man, bash, zsh, fish
    }

    @Argument(help: "What to print.")
    var document: Document

    func run() throws { print(text, terminator: "") }

    private var text: String {
        switch document {
        case .man: CommandDescription(dump: AuditTUI._dumpHelp()).map(ManualPage.source) ?? ""
        case .bash: CompletedCommand.completionScript(for: .bash)
        case .zsh: CompletedCommand.completionScript(for: .zsh)
        case .fish: CompletedCommand.completionScript(for: .fish)
        }
    }
}

/// The command line as shells complete it: `AuditTUI`, with the options of the browser where they may be typed.
///
/// The parser's completions know nothing of a default subcommand, nor of `--init`.
struct CompletedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit-tui",
        version: AuditTUI.configuration.version,
        subcommands: AuditTUI.configuration.subcommands,
        // The script for fish takes the question mark for a pattern.
        helpNames: [.long]
    )

    @Flag(name: .customLong("init"), help: "The same as the command init.")
    var initializes = false

    @OptionGroup
    var options: BrowseOptions
}

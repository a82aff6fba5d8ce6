import ArgumentParser

/// The browser, which is what the program does when nothing else is asked for.
struct BrowseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "browse",
        abstract: "Browse the audit trail (the default)."
    )

    @Argument(help: "A database name, a URI, or a string of keyword=value pairs.")
    var database: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run() throws {
        throw Failure.other("the browser is not part of this build")
    }
}

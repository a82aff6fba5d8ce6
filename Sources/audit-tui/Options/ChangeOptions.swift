import ArgumentParser

/// What every command that changes the database shares.
struct ChangeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long to wait for a lock.", valueName: "time"))
    var lockTimeout = TimeSpan(milliseconds: 3000)

    @Flag(help: "Print the SQL that would run, change nothing.")
    var dryRun = false

    @Flag(help: "Do not ask before changing the database.")
    var yes = false
}

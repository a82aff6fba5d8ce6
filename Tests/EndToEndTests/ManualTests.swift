import TestProgram
import Testing

/// The documents that `scripts/install` installs, in the programs that read them.
@Suite struct ManualTests {
    @Test func theManualPageIsReadWithoutWarnings() throws {
        let page = try shell("\(program) document man | MANWIDTH=80 LC_ALL=C.UTF-8 man --warnings -l - | col -bx")
        let headings = page.output.split(separator: "\n").filter { $0.first != " " }.dropFirst().dropLast()
        #expect(
            headings == [
                "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "FILTER OPTIONS", "MASKS OPTIONS", "CONNECTION OPTIONS",
                "OTHER OPTIONS",
                "FILTER", "KEYS", "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SEE ALSO",
            ]
        )
        let lint = try shell("\(program) document man | groff -man -Tascii -ww -z")
        #expect(lint == Outcome(status: 0, output: ""))
    }

    @Test(arguments: [
        ("audit-tui sta", ["status"]),
        ("audit-tui --ini", ["--init"]),
        ("audit-tui --filt", ["--filter"]),
        ("audit-tui log --for", ["--format"]),
        ("audit-tui --color tr", ["truecolor"]),
        ("audit-tui -d shop rev", ["revert"]),
        ("audit-tui log --format js", ["jsonl"]),
        ("audit-tui show --format s", ["sql"]),
        ("audit-tui init --prof", ["--profile"]),
    ])
    func shellsCompleteCommandsAndOptions(line: String, completions: [String]) throws {
        let words = line.split(separator: " ").map { quoted(String($0)) }
        let bash = """
            source <(\(program) document bash); COMP_WORDS=(\(words.joined(separator: " "))); COMP_LINE=\(quoted(line))
            COMP_CWORD=\(words.count - 1); COMP_POINT=${#COMP_LINE}; _audit-tui audit-tui \(words[words.count - 1]) \(words[words.count - 2]); printf '%s\\n' "${COMPREPLY[@]}"
            """
        let fish = "\(program) document fish | source; complete -C \(quoted(line))"
        for script in ["bash -c \(quoted(bash))", "fish -N -c \(quoted(fish))"] {
            let outcome = try shell("env -u XDG_CONFIG_HOME HOME=/tmp \(script)")
            let offered = outcome.output.split(whereSeparator: \.isNewline).map {
                $0.prefix { $0 != "\t" && $0 != " " }
            }
            #expect(offered.map(String.init) == completions, "\(script.prefix(4)): \(outcome.output)")
        }
    }

    /// Z shell completes on a terminal only: Tab is pressed in one.
    @Test func theZShellCompletesCommandsAndOptions() throws {
        let window = try TerminalWindow()
        let folder = try shell("mktemp -d").output.split(separator: "\n")[0]
        defer { _ = try? shell("rm -r \(folder)") }
        _ = try shell("\(program) document zsh >\(folder)/_audit-tui")
        let path = program.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        try window.enter("PATH=\(path):$PATH PS1='z%Bsh%b> ' zsh -f")
        try window.wait(for: "zsh>")
        try window.enter("fpath=(\(folder) $fpath); autoload -U compinit; compinit -D -u; PS1='r%Beady%b> '")
        try window.wait(for: "ready> ")
        for (typed, completed) in [("stat", "audit-tui status"), ("log --form", "audit-tui log --format")] {
            try window.tmux("send-keys -l 'audit-tui \(typed)'")
            try window.press("Tab")
            try window.wait(for: completed)
            try window.press("C-u")
        }
    }
}

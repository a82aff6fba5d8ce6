import Glibc

/// A shell in a real terminal, tmux's, of a size; gone with this value.
public final class TerminalWindow {
    private let socket = "audit-tui-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    /// Opens a window with an interactive shell in it.
    public init(columns: Int = 120, rows: Int = 35, environment: String = "TERM=tmux-256color") throws {
        let shell = "env -u TMUX -u NO_COLOR -u COLORTERM \(environment) PS1='ready> ' bash --norc --noprofile -i"
        try tmux("new-session -d -x \(columns) -y \(rows) \(quoted(shell))")
        try wait(for: "ready>")
    }

    deinit { _ = try? shell("tmux -L \(socket) kill-server") }

    /// Runs a command of tmux and returns what it printed.
    @discardableResult
    public func tmux(_ command: String) throws -> String {
        let outcome = try shell("SHELL=/bin/sh tmux -L \(socket) -f /dev/null \(command)")
        guard outcome.status == 0 else { throw TestError("tmux \(command): \(outcome.output)") }
        return outcome.output
    }

    /// Types a line and Enter.
    public func enter(_ line: String) throws {
        try tmux("send-keys -l \(quoted(line))")
        try press("Enter")
    }

    /// Runs a command on an emptied screen, so that what a wait finds is the command's.
    ///
    /// The shell's own `clear` comes too late: until it has run, the screen is the last command's.
    public func run(_ command: String) throws {
        try tmux("send-keys -R \\; clear-history")
        try enter(command)
    }

    /// Presses keys by tmux's names for them.
    public func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys \(quoted(key))") }
    }

    /// Sends a signal to the program that runs in the window.
    public func end(by signal: String) throws {
        let terminal = try tmux("display-message -p '#{pane_tty}'").filter { $0 != "\n" }
        let outcome = try shell("pkill -\(signal) -x -t \(terminal.dropFirst(5)) audit-tui")
        guard outcome.status == 0 else { throw TestError("no audit-tui runs in the window") }
    }

    /// Presses keys and waits for what the screen shows after them, in turn.
    public func walk(_ steps: [(keys: [String], text: String)]) throws {
        var last = ""
        for (keys, text) in steps {
            if keys.first == "Escape" {
                // With a key right behind it, it would be Alt.
                try press("Escape")
                try wait("to close \(last)") { !$0.contains(last) }
            }
            let rest = keys.filter { $0 != "Escape" }
            try tmux("send-keys \(rest.map(quoted).joined(separator: " "))")
            try wait(for: text)
            last = text
        }
    }

    /// Types text without Enter.
    public func type(_ text: String) throws {
        try tmux("send-keys -l \(quoted(text))")
    }

    /// Pastes text as a terminal does: marked, where the program has asked for marks.
    public func paste(_ text: String) throws {
        try tmux("set-buffer \(quoted(text)) \\; paste-buffer -p -r")
    }

    /// Whether the program has asked for reports of the mouse, and for those with numbers of any size.
    public func mouseModes() throws -> String {
        try tmux("display-message -p '#{mouse_any_flag} #{mouse_sgr_flag}'")
    }

    /// What the window shows.
    public func screen() throws -> String { try tmux("capture-pane -p") }

    /// Waits until the window shows the text; throws with what it shows instead after a minute.
    @discardableResult
    public func wait(for text: String) throws -> String {
        try wait("to show \(text)") { $0.contains(text) }
    }

    /// Waits until what the window shows is as it should be; throws with what it shows instead after a minute.
    @discardableResult
    public func wait(_ purpose: String, until condition: (String) throws -> Bool) throws -> String {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let screen = try screen()
            if try condition(screen) { return screen }
            if ContinuousClock.now > limit { throw TestError("waited in vain \(purpose):\n\(screen)") }
            usleep(20_000)
        }
    }

    /// The settings of the terminal, to compare before and after; the shell must be waiting.
    public func terminalSettings() throws -> String {
        let mark = "settings-\(UInt32.random(in: 0 ... .max))"
        try run("echo \"<$(stty -g)>\" \(mark)")
        let screen = try wait(for: "> \(mark)")
        let line = screen.split(separator: "\n").first { $0.hasPrefix("<") } ?? ""
        return String(line.prefix { $0 != ">" })
    }

    /// Whether the terminal's second screen is up and its cursor hidden.
    public func modes() throws -> String {
        try tmux("display-message -p '#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}'")
    }
}

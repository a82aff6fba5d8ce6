import Glibc
import Postgres
import TestDatabase
import Testing

/// The program that was built together with these tests, or that of `AUDIT_TUI_TEST_PROGRAM`.
let program: String = {
    if let path = getenv("AUDIT_TUI_TEST_PROGRAM") { return String(cString: path) }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/audit-tui"
}()

/// Runs a command without environment, but for what tells it where its coverage goes and how a sanitizer behaves.
let emptyEnvironment = "env -i $(env | grep -E '^(LLVM_PROFILE_FILE|ASAN_OPTIONS|TSAN_OPTIONS)=')"

/// What a shell command printed and how it ended.
struct Outcome: Equatable {
    var status: Int32
    var output: String
}

/// Runs a command of the shell and waits for it; both output streams come back unless the command says otherwise.
func shell(_ command: String) throws -> Outcome {
    guard let stream = popen("{ \(command)\n} 2>&1", "r") else { throw EndToEndError("cannot run \(command)") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    let status = pclose(stream)
    return Outcome(status: status >> 8, output: String(decoding: bytes, as: UTF8.self))
}

/// The text as one word of the shell.
func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

struct EndToEndError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension TestDatabase {
    /// The options that lead the program to this database.
    func options(as role: String? = nil) throws -> String {
        let settings = try settings(as: role)
        let options = [("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database)]
        return options.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(separator: " ")
    }
}

/// A shell in a real terminal, tmux's, of a size; gone with this value.
final class TerminalWindow {
    private let socket = "audit-tui-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    /// Opens a window with an interactive shell in it.
    init(columns: Int = 120, rows: Int = 35, environment: String = "TERM=tmux-256color") throws {
        let shell = "env -u TMUX -u NO_COLOR -u COLORTERM \(environment) PS1='ready> ' bash --norc --noprofile -i"
        try tmux("new-session -d -x \(columns) -y \(rows) \(quoted(shell))")
        try wait(for: "ready>")
    }

    deinit { _ = try? shell("tmux -L \(socket) kill-server") }

    @discardableResult
    func tmux(_ command: String) throws -> String {
        let outcome = try shell("SHELL=/bin/sh tmux -L \(socket) -f /dev/null \(command)")
        guard outcome.status == 0 else { throw EndToEndError("tmux \(command): \(outcome.output)") }
        return outcome.output
    }

    /// Types a line and Enter.
    func enter(_ line: String) throws {
        try tmux("send-keys -l \(quoted(line))")
        try press("Enter")
    }

    /// Runs a command on an emptied screen, so that what a wait finds is the command's.
    ///
    /// The shell's own `clear` comes too late: until it has run, the screen is the last command's.
    func run(_ command: String) throws {
        try tmux("send-keys -R \\; clear-history")
        try enter(command)
    }

    /// Presses keys by tmux's names for them.
    func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys \(quoted(key))") }
    }

    /// Sends a signal to the program that runs in the window.
    func end(by signal: String) throws {
        let terminal = try tmux("display-message -p '#{pane_tty}'").filter { $0 != "\n" }
        #expect(try shell("pkill -\(signal) -x -t \(terminal.dropFirst(5)) audit-tui").status == 0)
    }

    /// Presses keys and waits for what the screen shows after them, in turn.
    func walk(_ steps: [(keys: [String], text: String)]) throws {
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

    func type(_ text: String) throws {
        try tmux("send-keys -l \(quoted(text))")
    }

    /// Pastes text as a terminal does: marked, where the program has asked for marks.
    func paste(_ text: String) throws {
        try tmux("set-buffer \(quoted(text)) \\; paste-buffer -p -r")
    }

    /// Whether the program has asked for reports of the mouse, and for those with numbers of any size.
    func mouseModes() throws -> String {
        try tmux("display-message -p '#{mouse_any_flag} #{mouse_sgr_flag}'")
    }

    /// What the window shows.
    func screen() throws -> String { try tmux("capture-pane -p") }

    /// Waits until the window shows the text; throws with what it shows instead after a minute.
    @discardableResult
    func wait(for text: String) throws -> String {
        try wait("to show \(text)") { $0.contains(text) }
    }

    @discardableResult
    func wait(_ purpose: String, until condition: (String) throws -> Bool) throws -> String {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let screen = try screen()
            if try condition(screen) { return screen }
            if ContinuousClock.now > limit { throw EndToEndError("waited in vain \(purpose):\n\(screen)") }
            usleep(20_000)
        }
    }

    /// The settings of the terminal, to compare before and after; the shell must be waiting.
    func terminalSettings() throws -> String {
        let mark = "settings-\(UInt32.random(in: 0 ... .max))"
        try run("echo \"<$(stty -g)>\" \(mark)")
        let screen = try wait(for: "> \(mark)")
        let line = screen.split(separator: "\n").first { $0.hasPrefix("<") } ?? ""
        return String(line.prefix { $0 != ">" })
    }

    /// Whether the terminal's second screen is up and its cursor hidden.
    func modes() throws -> String {
        try tmux("display-message -p '#{alternate_on} #{cursor_flag} #{keypad_cursor_flag}'")
    }
}

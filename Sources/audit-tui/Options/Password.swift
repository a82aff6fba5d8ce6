import Glibc
import Screen

/// Asks for a password on the terminal, whatever standard input and output are, without showing it.
///
/// The terminal is as it was before on every way out. Signals that end or stop the program are held back while the
/// echo is off; one that arrives ends the reading, and acts once the terminal is restored. `^C` is read as a key.
/// Throws `CommandError.noTerminal` and `.interrupted`.
func readPassword(prompt: SafeText = "Password: ") throws -> String {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw CommandError.noTerminal }
    defer { close(terminal) }
    var previous = sigset_t()
    var held = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] { sigaddset(&held, signal) }
    sigprocmask(SIG_BLOCK, &held, &previous)
    defer { sigprocmask(SIG_SETMASK, &previous, nil) }

    var before = termios()
    // unreached: what has just been opened is a terminal
    guard tcgetattr(terminal, &before) == 0 else { throw CommandError.noTerminal }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ISIG)
    // Without its signal, ^C is a character like others, which the terminal keeps back until the line ends: make it an
    // end of line too (VEOL is element 11, VINTR element 0).
    silent.c_cc.11 = before.c_cc.0
    // unreached: what has just been opened is a terminal
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { throw CommandError.noTerminal }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }

    writeAll(prompt.string, to: terminal)
    defer { writeAll("\n", to: terminal) }
    return try readLine(from: terminal, unlessSignalled: held, interrupt: before.c_cc.0)
}

/// Reads up to the end of the line, which the terminal delivers whole.
///
/// Held signals are looked for ten times a second: Glibc's module lacks `signalfd`, and a handler would need a global.
private func readLine(from terminal: Int32, unlessSignalled held: sigset_t, interrupt: UInt8) throws -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
        var source = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        let count = poll(&source, 1, 100)
        if isPending(anyOf: held) { throw CommandError.interrupted }
        guard count > 0 else { continue }
        // A line that ends without a newline is one that ^D or the loss of the terminal has ended.
        guard read(terminal, &byte, 1) == 1 else {
            if line.isEmpty { throw CommandError.interrupted }
            break
        }
        if byte == interrupt { throw CommandError.interrupted }
        if byte == UInt8(ascii: "\n") { break }
        line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
}

private func isPending(anyOf signals: sigset_t) -> Bool {
    var signals = signals
    var pending = sigset_t()
    sigpending(&pending)
    return (1..<32).contains { sigismember(&signals, $0) == 1 && sigismember(&pending, $0) == 1 }
}

import Glibc

/// Asks for a password on the terminal, whatever standard input and output are, without showing it.
///
/// The terminal is as it was before on every way out, the signals that end or stop a program included: they are held
/// back while the echo is off, and `^C` is read as a key. Throws `CommandError.noTerminal` and `.interrupted`.
func readPassword(prompt: String = "Password: ") throws -> String {
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw CommandError.noTerminal }
    defer { close(terminal) }
    var previousSignals = sigset_t()
    var heldSignals = sigset_t()
    sigemptyset(&heldSignals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] { sigaddset(&heldSignals, signal) }
    sigprocmask(SIG_BLOCK, &heldSignals, &previousSignals)
    defer { sigprocmask(SIG_SETMASK, &previousSignals, nil) }

    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { throw CommandError.noTerminal }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ISIG)
    // Background processes are stopped here unless the signal is held back; the terminal refuses them then.
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { throw CommandError.noTerminal }
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }

    writeAll(prompt, to: terminal)
    defer { writeAll("\n", to: terminal) }
    return try readLine(from: terminal)
}

private func readLine(from terminal: Int32) throws -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
        let count = read(terminal, &byte, 1)
        if count < 0 && errno == EINTR { continue }
        // A line that ends without a newline is one that the terminal's end or ^D has ended.
        guard count == 1 else {
            if line.isEmpty { throw CommandError.interrupted }
            break
        }
        if byte == 3 { throw CommandError.interrupted }
        if byte == UInt8(ascii: "\n") { break }
        line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
}

private func writeAll(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
}

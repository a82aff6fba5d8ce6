/// What a signal asks of the program.
public enum Signal: Hashable, Sendable {
    /// The terminal has another size (SIGWINCH): call `TerminalSession.resize` and draw.
    case resized
    /// The program is to end (SIGTERM, SIGHUP); the payload is the number of the signal.
    case terminate(Int32)
    /// The program is to stop (SIGTSTP): call `TerminalSession.suspend`.
    case suspendRequested
    /// The program was stopped from outside and goes on (SIGCONT).
    ///
    /// The screen has been taken over again; its size may be another one.
    case continued
    /// The program is interrupted (SIGINT), which `^C` does not do: that is a key.
    case interrupted
}

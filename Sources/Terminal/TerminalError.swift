/// Why there is no session with the terminal.
public enum TerminalError: Error, Equatable, Sendable {
    /// The process has no controlling terminal.
    case noTerminal
    /// `TERM` is unset or `dumb`.
    case dumb
    /// `TERM` names a terminal that nobody knows here.
    case unknown
}

extension TerminalError: CustomStringConvertible {
    /// What is the matter and what to do, for the person at the keyboard.
    public var description: String {
        switch self {
        case .noTerminal: "no terminal to draw on; use audit-tui log for plain text"
        case .dumb: "the terminal cannot place a cursor (TERM is unset or dumb); use audit-tui log for plain text"
        case .unknown: "unknown terminal type in TERM; set TERM to xterm-256color, or use audit-tui log for plain text"
        }
    }
}

import Glibc
import Screen

/// Why no session can be had on this terminal.
public enum TerminalError: Error, Equatable {
    /// The process has no controlling terminal, or it cannot be opened.
    case noTerminal
    /// `TERM` says that the terminal cannot place text; the payload is what it says.
    case dumbTerminal(String)
    /// Neither the type in `TERM`, the payload, nor xterm-256color is described in terminfo.
    case unknownTerminal(String)
    /// The system refused something else; the payload is `errno`.
    case systemFailure(Int32)
}

extension TerminalError: CustomStringConvertible {
    /// One line for the person at the keyboard.
    public var description: String {
        let message: SafeText =
            switch self {
            case .noTerminal:
                "no terminal to draw on; run it in a terminal, or use `audit-tui log` for plain output"
            case .dumbTerminal(let name):
                "terminal type \"\(name)\" cannot place text; set TERM to the real type, or use `audit-tui log`"
            case .unknownTerminal(let name):
                "terminal type \"\(name)\" is not known here; install its terminfo entry, or set TERM=xterm-256color"
            case .systemFailure(let code):
                "cannot set up the terminal: \(String(cString: strerror(code)))"
            }
        return message.string
    }
}

import CTerminal
import Glibc
import Screen

extension TerminalSession {
    /// The keys pressed since the last call, all of them; waits at most for the rest of an escape sequence.
    ///
    /// Pasted text and the mouse count as nothing.
    public mutating func readKeys() -> [Key] {
        readInput().compactMap { if case .key(let key) = $0 { key } else { nil } }
    }

    /// What came from the terminal since the last call, all of it; waits at most for the rest of an escape sequence.
    public mutating func readInput() -> [Screen.Input] {
        var value: UInt32 = 0
        while true {
            let kind = Int(ct_read_key(&value))
            switch kind {
            case CT_NO_KEY: return decoder.finish()
            case CT_BYTE: decoder.take(UInt8(truncatingIfNeeded: value))
            case CT_FUNCTION: decoder.take(.function(Int(value)))
            default: decoder.take(Self.keys[kind] ?? .unknown)
            }
        }
    }

    /// The signals that arrived since the last call, in their order.
    public mutating func readSignals() -> [Signal] {
        var signals: [Signal] = []
        while true {
            switch Int(ct_read_signal()) {
            case CT_NO_SIGNAL: return signals
            case CT_RESIZED: signals.append(.resized)
            case CT_TERMINATE: signals.append(.terminate(SIGTERM))
            case CT_HANGUP: signals.append(.terminate(SIGHUP))
            case CT_INTERRUPT: signals.append(.interrupted)
            case CT_SUSPEND: signals.append(.suspendRequested)
            case CT_CONTINUED:
                retake()
                signals.append(.continued)
            default: break
            }
        }
    }

    /// Whoever stopped the program has left the terminal in modes of their own.
    private mutating func retake() {
        release()
        resume()
    }

    private static let keys: [Int: Key] = [
        CT_UP: .up, CT_DOWN: .down, CT_LEFT: .left, CT_RIGHT: .right, CT_HOME: .home, CT_END_KEY: .end,
        CT_PAGE_UP: .pageUp, CT_PAGE_DOWN: .pageDown, CT_INSERT: .insert, CT_DELETE: .delete,
        CT_BACKSPACE: .backspace, CT_BACK_TAB: .backTab, CT_ENTER_KEY: .enter,
    ]
}

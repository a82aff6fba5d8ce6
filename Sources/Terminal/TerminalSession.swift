import CTerminal
import Glibc
import Screen

/// What the system reports besides keys.
public enum Signal: Equatable, Sendable {
    /// The terminal has another size (`SIGWINCH`).
    case resized
    /// The process is to end; the number of the signal (`SIGTERM`, `SIGHUP`, `SIGQUIT`).
    case terminate(Int32)
    /// The process is to end as by `^C` (`SIGINT`); the key itself arrives as a key.
    case interrupted
    /// The process is to stop as by `^Z` (`SIGTSTP`); the key itself arrives as a key.
    case suspendRequested
    /// The process goes on after a stop (`SIGCONT`).
    case continued
}

/// The terminal while it is ours; it is given back as it was when this value ends.
public struct TerminalSession: ~Copyable {
    /// The descriptor that is readable when a signal has come.
    public let signalDescriptor: Int32
    /// The descriptor that is readable when a key has been pressed.
    public let inputDescriptor: Int32
    private let theme: Theme
    private var styles: [StyleKey: DrawnStyle] = [:]

    private struct StyleKey: Hashable {
        var role: Role
        var overlay: Role?
    }

    private struct DrawnStyle {
        var pair: Int32
        var attributes: UInt32
    }

    /// Takes the controlling terminal over: alternate screen, no echo, every key as it comes.
    ///
    /// Without colours, or where the terminal has none, roles are told apart by the theme `mono`. Throws
    /// `TerminalError`.
    public init(theme: Theme, wantsColor: Bool) throws(TerminalError) {
        signalDescriptor = ct_signal_pipe()
        switch ct_start(wantsColor ? 1 : 0) {
        case CT_STARTED, CT_STARTED_FALLBACK: break
        case CT_NO_TERMINAL: throw .noTerminal
        case CT_DUMB_TERMINAL: throw .dumb
        default: throw .unknown
        }
        inputDescriptor = ct_descriptor()
        self.theme = ct_colors() == 0 ? .mono : theme
    }

    deinit { ct_end() }

    /// The size that the terminal has now.
    public func size() -> Size {
        var columns: Int32 = 0
        var rows: Int32 = 0
        ct_size(&columns, &rows)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    /// Takes the terminal's present size over.
    public func resize() {
        let size = size()
        ct_resize(Int32(size.columns), Int32(size.rows))
    }

    /// Has everything drawn again the next time.
    public func redraw() { ct_redraw() }

    /// Gives the terminal back and stops the process; returns when it has been continued.
    public func suspend() { ct_suspend() }

    /// Shows a frame; only what differs from the last one is sent.
    public mutating func present(_ frame: Frame) {
        for row in 0..<frame.size.rows {
            for column in 0..<frame.size.columns {
                let cell = frame[row: row, column: column]
                // The right half of a wide character is drawn with its left half.
                guard !cell.text.isEmpty else { continue }
                let style = drawnStyle(StyleKey(role: cell.role, overlay: cell.overlay))
                ct_put(Int32(column), Int32(row), cell.text, style.pair, style.attributes)
            }
        }
        ct_present(Int32(frame.cursor?.column ?? -1), Int32(frame.cursor?.row ?? 0))
    }

    private mutating func drawnStyle(_ key: StyleKey) -> DrawnStyle {
        if let style = styles[key] { return style }
        let style =
            key.overlay.map { theme.style(for: key.role).overlaid(by: theme.style(for: $0)) }
            ?? theme.style(for: key.role)
        let (foreground, isBright) = number(of: style.foreground)
        var attributes = UInt32(style.attributes.rawValue)
        if isBright { attributes |= CT_BOLD.rawValue }
        let drawn = DrawnStyle(pair: ct_pair(foreground, number(of: style.background).number), attributes: attributes)
        styles[key] = drawn
        return drawn
    }

    /// The terminal's number of a colour, -1 for its own, and whether a bright one has to be made by bold.
    private func number(of color: Color) -> (number: Int32, isBright: Bool) {
        switch color {
        case .standard: (-1, false)
        case .ansi(let number) where number >= 8 && ct_colors() < 16: (Int32(number) - 8, true)
        case .ansi(let number): (Int32(number), false)
        case .rgb(let red, let green, let blue):
            ct_colors() >= 256 ? (nearestOf256(red, green, blue), false) : (nearestOf8(red, green, blue), false)
        }
    }

    /// Takes the signals that have come, in their order.
    public func readSignals() -> [Signal] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(signalDescriptor, &bytes, bytes.count)
        guard count > 0 else { return [] }
        return bytes[..<count].map { byte in
            switch Int32(byte) {
            case SIGWINCH: .resized
            case SIGINT: .interrupted
            case SIGTSTP: .suspendRequested
            case SIGCONT: .continued
            default: .terminate(Int32(byte))
            }
        }
    }

    /// Gives the terminal back.
    public consuming func end() {}
}

/// The colour of the 6×6×6 cube of xterm nearest to the given one.
private func nearestOf256(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    func step(_ value: UInt8) -> Int32 { value < 48 ? 0 : value < 115 ? 1 : (Int32(value) - 35) / 40 }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
}

/// The basic colour nearest to the given one.
private func nearestOf8(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    (red > 127 ? 1 : 0) + (green > 127 ? 2 : 0) + (blue > 127 ? 4 : 0)
}

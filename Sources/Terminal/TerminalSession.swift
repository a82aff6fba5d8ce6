import CTerminal
import Glibc
import Screen

/// The controlling terminal while it is ours: drawing, keys and signals.
///
/// It is taken over by `init` and given back exactly as it was by `end`, by `deinit`, when the process exits and
/// when it crashes. There can be one at a time, on one thread. Standard input and output are not touched;
/// what is written to a standard error that is a terminal appears when the session has ended.
public struct TerminalSession: ~Copyable {
    /// What `TERM` says; empty when it is not set.
    public let terminalName: String
    /// The type that was taken because terminfo does not know `terminalName`; nil when it does.
    public let substituteName: String?

    private var painter: Painter
    private var presented: Frame?
    var decoder = KeyDecoder()

    /// Takes the controlling terminal over.
    ///
    /// Without a colour mode the environment decides: no colour when `NO_COLOR` is set and not empty or `TERM` is
    /// not set, else what terminfo says, where `COLORTERM` may lead to a description with 24-bit colours. A mode beyond what the terminal can do is lowered to that.
    ///
    /// Throws `TerminalError`; then the terminal is as it was before.
    public init(colorMode: ColorMode? = nil, theme: Theme) throws(TerminalError) {
        let name = Self.environment("TERM") ?? ""
        let isColorless = name.isEmpty || Self.environment("NO_COLOR")?.isEmpty == false
        let mode = colorMode ?? (isColorless ? .never : nil)
        let saysTruecolor = ["truecolor", "24bit"].contains(Self.environment("COLORTERM"))
        let isDirect = (mode == .truecolor || mode == nil && saysTruecolor) && Self.startDirect(name)
        let substitute = isDirect ? nil : try Self.start(name)
        // All at the end: Swift 6.3 with optimisation may destroy what is not there yet where some of it is.
        terminalName = name
        substituteName = substitute
        painter = Painter(theme: theme, mode: mode)
    }

    deinit {
        ct_end()
    }

    /// Gives the terminal back for good; everything else does nothing from then on.
    public mutating func end() {
        ct_end()
    }

    /// The terminal, to be polled for reading; hang-up means that it has gone and the program must end.
    public var inputDescriptor: Int32 { ct_input_descriptor() }

    /// The pipe of signals, to be polled for reading.
    public var signalDescriptor: Int32 { ct_signal_descriptor() }

    /// The colours in use: what was wished, as far as the terminal can.
    public var colorMode: ColorMode { painter.mode }

    /// The theme; a new one shows with the next frame.
    public var theme: Theme {
        get { painter.theme }
        set {
            painter.theme = newValue
            presented = nil
        }
    }

    /// The size to make frames of; it changes in `resize`, `suspend`, `resume` and with `Signal.continued`.
    public func size() -> Size {
        var columns: Int32 = 0
        var rows: Int32 = 0
        ct_size(&columns, &rows)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Starts with the description of the terminal that has direct colours; false where terminfo has none.
    ///
    /// `xterm-256color` has 256 colours whatever the terminal can do; what terminfo calls `xterm-direct` is the same
    /// terminal with colours of 24 bits (`terminfo.src` of ncurses 6.1 and later).
    private static func startDirect(_ name: String) -> Bool {
        let suffix = "-256color"
        let base = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
        guard !base.isEmpty, !base.hasSuffix("-direct"), base != "dumb" else { return false }
        return Int(ct_start("\(base)-direct")) == CT_STARTED
    }

    private static func start(_ name: String) throws(TerminalError) -> String? {
        let substitute = "xterm-256color"
        if name == "dumb" { throw .dumbTerminal(name) }
        switch Int(ct_start(name)) {
        case CT_STARTED: return nil
        case CT_NO_TERMINAL: throw .noTerminal
        case CT_UNKNOWN_TERMINAL where Int(ct_start(substitute)) == CT_STARTED: return substitute
        // unreached: xterm-256color is described wherever ncurses is installed
        case CT_UNKNOWN_TERMINAL: throw .unknownTerminal(name)
        // unreached: only a system without memory or descriptors refuses
        default: throw .systemFailure(errno)
        }
    }
}

extension TerminalSession {
    /// Shows a frame: what differs from the one before is sent to the terminal.
    ///
    /// A larger frame is cut off, around a smaller one the screen is blank. Blocks while the terminal does not
    /// take output.
    public mutating func present(_ frame: borrowing Frame) {
        if let presented, presented == frame { return }
        let size = size()
        for row in 0..<size.rows { draw(frame, row: row, columns: size.columns) }
        presented = copy frame
        showPresented()
    }

    /// Sends the whole screen again, for when something else has written on it.
    public mutating func redraw() {
        ct_invalidate()
        showPresented()
    }

    /// Lets the terminal report the mouse, or leaves the mouse to it.
    public func setMouse(_ isOn: Bool) {
        ct_mouse(isOn)
    }

    /// Adopts the size that the terminal has now; the next frame is sent as a whole.
    public mutating func resize() {
        ct_resize()
        presented = nil
    }

    /// Stops the program as `^Z` does elsewhere, and returns when it goes on, the screen taken over again.
    public mutating func suspend() {
        ct_suspend()
        presented = nil
    }

    /// Gives the terminal back until `resume`, so that an editor or a pager can have it.
    public mutating func release() {
        ct_leave()
    }

    /// Takes the terminal over again after `release`.
    public mutating func resume() {
        ct_enter()
        presented = nil
    }

    private func showPresented() {
        let cursor = presented?.cursor ?? Cursor(column: -1, row: -1)
        ct_present(Int32(clamping: cursor.column), Int32(clamping: cursor.row))
    }

    /// Draws a row unless it is on the screen.
    ///
    /// All of it, so that its looks follow from the row alone: a list that scrolls finds them where they were.
    /// A blank between texts looks like what stands before it where nobody can see that: the terminal is told another
    /// colour once for each column of a table and not twice, which is a fifth of all that a moved cursor costs.
    private mutating func draw(_ frame: borrowing Frame, row: Int, columns: Int) {
        guard differs(frame, row: row) else { return }
        let inside = row < frame.size.rows ? min(columns, frame.size.columns) : 0
        let end = (0..<inside).last { frame[column: $0, row: row].text != " " } ?? 0
        var before: Painter.Look?
        for column in 0..<columns {
            let cell = column < inside ? frame[column: column, row: row] : nil
            let text = cell?.text ?? " "
            if text.isEmpty { continue }
            var look = painter.look(of: cell?.role ?? .text, under: cell?.overlay)
            if text == " ", column < end, look.isPlainWhenBlank, let before, before.isPlainWhenBlank,
                before.background == look.background
            {
                look = before
            }
            before = look
            draw(text, column: column, row: row, look: look)
        }
    }

    /// Whether a row is not what is on the screen.
    private func differs(_ frame: borrowing Frame, row: Int) -> Bool {
        guard let presented, presented.size == frame.size else { return true }
        guard row < frame.size.rows else { return false }
        for column in 0..<frame.size.columns
        where presented[column: column, row: row] != frame[column: column, row: row] {
            return true
        }
        return false
    }

    private func draw(_ text: String, column: Int, row: Int, look: Painter.Look) {
        if text.utf8.count == 1, var value = text.utf8.first.map(UInt32.init) {
            ct_draw(Int32(column), Int32(row), &value, 1, 1, look.attributes, look.pair)
            return
        }
        let scalars = text.unicodeScalars
        let width = scalars.first?.displayWidth ?? 1
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 5) { values in
            var count = 0
            for scalar in scalars.prefix(values.count) {
                values[count] = scalar.value
                count += 1
            }
            ct_draw(
                Int32(column),
                Int32(row),
                values.baseAddress,
                Int32(count),
                Int32(width),
                look.attributes,
                look.pair
            )
        }
    }
}

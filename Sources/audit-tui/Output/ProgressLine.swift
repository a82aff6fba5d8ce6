import AuditSetup
import AuditTrail
import Glibc
import Screen

/// One line on standard error that says which step runs, written anew for each.
///
/// Nothing is written where standard error is no terminal, as with other programs: a log wants the outcome, which is
/// told in any case.
struct ProgressLine {
    private let columns: Int
    private var shownWidth = 0

    /// A line as wide as the terminal on standard error.
    init() {
        var size = winsize()
        let isTerminal = isatty(STDERR_FILENO) == 1 && ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0
        // A terminal that does not know its size says 0.
        columns = isTerminal ? (size.ws_col > 0 ? Int(size.ws_col) : 80) : 0
    }

    /// Shows the step in place of the one before.
    mutating func show(_ progress: SetupProgress) {
        // The last column stays free: a terminal may move on to the next line when it is written.
        show(Self.text(progress, columns: columns - 1))
    }

    /// Shows how many changes have been written to where there is no terminal, and at which moment of the trail that is.
    mutating func show(changes: Int, at moment: Timestamp?) {
        guard columns > 1, isatty(STDOUT_FILENO) == 0 else { return }
        let time = moment.map { ", at \($0.calendar.text)" } ?? ""
        show(SafeText("\(grouped(changes)) changes\(time)").truncated(to: columns - 1))
    }

    private mutating func show(_ text: SafeText) {
        guard columns > 1 else { return }
        put("\r" + text.padded(to: max(text.width, shownWidth)).string)
        shownWidth = text.width
    }

    /// Takes the line away, so that what is told next has it for itself.
    mutating func clear() {
        guard shownWidth > 0 else { return }
        // Blanks, not an escape sequence: they work on every terminal.
        put("\r" + String(repeating: " ", count: shownWidth) + "\r")
        shownWidth = 0
    }

    /// `audit public.orders (37/512)`, or `(2/7, 43 %)` where the step is counted, the step cut so that the whole fits into `columns` columns.
    static func text(_ progress: SetupProgress, columns: Int) -> SafeText {
        let percent = progress.percent.map { ", \($0) %" } ?? ""
        let place = SafeText(" (\(progress.position)/\(progress.count)\(percent))")
        let step = SafeText(progress.step).truncated(to: columns - place.width)
        return (step + place).truncated(to: columns)
    }

    private func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

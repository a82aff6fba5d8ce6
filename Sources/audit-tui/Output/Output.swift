import Glibc
import Report
import Screen
import Terminal

/// Text from outside, made safe for a terminal.
func safe(_ text: String) -> String { SafeText(text).string }

/// Writes data, a line, to standard output, which is buffered.
///
/// Where that fails the program ends: who reads a part must not take it for the whole.
func printLine(_ line: OutputLine, isEnded: Bool = true) {
    print(line.string, terminator: isEnded ? "\n" : "")
    if hasOutputFailed() { endAfterFailedOutput() }
}

/// The same for text that has been made safe.
func printLine(_ line: SafeText) { printLine(OutputLine(line)) }

/// Writes text of several lines, such as a script, each made safe.
func printLines(_ text: String) { for line in OutputLine.lines(text) { printLine(line) } }

/// Writes what is buffered of standard output; ends the program where that fails.
func flushOutput() {
    if fflush(nil) != 0 || hasOutputFailed() { endAfterFailedOutput() }
}

private func endAfterFailedOutput() -> Never {
    let reason = String(cString: strerror(errno))
    let bytes = Array("audit-tui: cannot write to standard output: \(reason)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
    // Not exit, which would try to write the rest.
    _exit(ExitStatus.failure.rawValue)
}

/// Makes sure that the three standard descriptors are open.
///
/// Were standard output closed, the connection would get its number, and what is printed would go to the server. Writing to
/// what is opened for reading fails, as writing to what is closed does.
func openStandardDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
        // The lowest free number is the one that is missing.
        _ = open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
}

/// Writes what is no data, a line, to standard error.
func tell(_ line: SafeText) {
    fflush(nil)
    let bytes = Array((line.string + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// The same for text of several lines.
func tellLines(_ text: String) { for line in SafeText.lines(text) { tell(line) } }

/// Whether a person is on both ends.
var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

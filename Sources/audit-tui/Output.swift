import Glibc
import Screen
import Terminal

/// Text from outside, made safe for a terminal.
func safe(_ text: String) -> String { SafeText(text).string }

/// The text with its line breaks kept and everything else made safe.
func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }.joined(separator: "\n")
}

/// Writes data, a line, to standard output, which is buffered.
///
/// Where that fails the program ends: who reads a part must not take it for the whole.
func printLine(_ line: String, terminator: String = "\n") {
    print(line, terminator: terminator)
    if hasOutputFailed() { endAfterFailedOutput() }
}

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
func tell(_ line: String) {
    fflush(nil)
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether a person is on both ends.
var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

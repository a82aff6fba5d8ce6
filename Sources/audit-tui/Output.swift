import Glibc
import Screen

/// Text from outside, made safe for a terminal.
func safe(_ text: String) -> String { SafeText(text).string }

/// The text with its line breaks kept and everything else made safe.
func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }.joined(separator: "\n")
}

/// Writes data, a line, to standard output, which is buffered.
func printLine(_ line: String) {
    print(line)
}

/// Writes what is no data, a line, to standard error.
func tell(_ line: String) {
    fflush(nil)
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

/// Whether a person is on both ends.
var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

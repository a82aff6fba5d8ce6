import Glibc

/// Text from outside, made safe for a terminal: control characters become visible, bidirectional ones are spelled out.
func safe(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x00..<0x20:
            if let glyph = Unicode.Scalar(0x2400 + scalar.value) { result.append(glyph) }
        case 0x7F: result.append("\u{2421}")
        case 0x80..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F, 0x061C:
            result.append(contentsOf: "<U+\(String(scalar.value, radix: 16, uppercase: true))>".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}

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

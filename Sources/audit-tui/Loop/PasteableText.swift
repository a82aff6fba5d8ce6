/// The text as it may be pasted into a terminal: its lines and tabs stay, other control characters become their pictures.
///
/// Those that end what is marked as pasted (`ESC [201~`), or act as keys, would let a value type commands into a shell.
func pasteable(_ text: String) -> String {
    String(
        String.UnicodeScalarView(
            text.unicodeScalars.map { scalar in
                switch scalar.value {
                case 0x09, 0x0A: scalar
                case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
                case 0x7F: "\u{2421}"
                case 0x80...0x9F: "\u{FFFD}"
                default: scalar
                }
            }
        )
    )
}

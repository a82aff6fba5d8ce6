import CTerminal

extension TerminalSession {
    /// Terminals drop longer sequences: xterm's limit is a little above this.
    private static let clipboardLimit = 74_000

    /// Puts the text on the clipboard of the terminal, also through ssh (OSC 52); false when it is too long.
    ///
    /// Whether the terminal takes it cannot be known.
    public func copy(_ text: String) -> Bool {
        guard text.utf8.count <= Self.clipboardLimit else { return false }
        ct_copy(base64(Array(text.utf8)))
        return true
    }
}

/// The bytes in the alphabet of RFC 4648, padded.
func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = Array(bytes[start..<min(start + 3, bytes.count)])
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
            let isPadding = place > group.count
            result.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (6 * (3 - place)) & 63])
        }
    }
    return String(decoding: result, as: UTF8.self)
}

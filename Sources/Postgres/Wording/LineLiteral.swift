extension SQL {
    /// The SQL as the literal of a statement that is run later, line for line: literals that follow each other on lines of
    /// their own are one.
    ///
    /// A line feed within a quoted name is none between lines.
    public static func literal(lines sql: SQL) -> SQL {
        var lines: [[UInt8]] = [[]]
        var isInName = false
        for byte in sql.text.utf8 {
            if byte == UInt8(ascii: "\"") { isInName.toggle() }
            if byte == UInt8(ascii: "\n"), !isInName {
                lines.append(Array(" ".utf8))
            } else {
                lines[lines.count - 1].append(byte)
            }
        }
        let literals = lines.map { quotedLiteral(String(decoding: $0, as: UTF8.self)) }
        // The first says for all of them whether there are escapes.
        let marked = literals.contains { $0.hasPrefix(" E") }
        let plain = literals.map { $0.hasPrefix(" E") ? String($0.dropFirst(2)) : $0 }
        return SQL(verbatim: (marked ? "\n  E" : "\n  ") + plain.joined(separator: "\n  "))
    }
}

import Foundation
import Screen
import TestDatabase
import TestProgram
import Testing

/// Texts of all scripts keep what stands behind them in its column, in a real terminal.
@Suite struct WidthTests {
    @Test func whateverTheScriptTheNextColumnStaysInPlace() throws {
        let texts = try Self.texts(5000)
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "audit-tui-widths-\(UInt32.random(in: 0 ... .max))"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "texts")
        try Data(texts.flatMap { Array($0.utf8) + [0] }).write(to: file)

        let (columns, rows) = (241, 61)
        let window = try TerminalWindow(columns: columns, rows: rows)
        let host = program.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/terminal-host"
        try window.run("\(quoted(host)) \(quoted(file.path))")
        var rest = texts[...]
        var number = 0
        while !rest.isEmpty {
            number += 1
            let screen = try window.wait(for: "screen \(number);")
            // By scalars: a mark with a column of its own would be one character with the rule before it.
            let isWhole = !screen.unicodeScalars.contains { $0 == "│" || $0 == "┃" }
            #expect(isWhole, "a rule is not in its column on screen \(number)")
            for line in screen.unicodeScalars.split(separator: "\n").prefix(rows - 1) {
                let expected = (0..<6).map { _ in SafeText(rest.popFirst() ?? "").truncated(to: 39).string }
                let shown = line.split(separator: "#", omittingEmptySubsequences: false).dropFirst().dropLast()
                #expect(shown.count == expected.count, "screen \(number)")
                for (shown, expected) in zip(shown, expected) {
                    #expect(trimmed(shown) == trimmed(expected.unicodeScalars), "screen \(number)")
                }
            }
            try window.press("n")
        }
        try window.wait(for: "ready>")
    }

    /// Without the blanks at the end, which a cell is filled with.
    ///
    /// As a string, because what looks the same is not sent again: `ñ` where `n` with a tilde was before.
    private func trimmed(_ text: some BidirectionalCollection<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(text.reversed().drop { $0 == " " }.reversed()))
    }

    /// Texts of pieces that terminals are known to disagree on, the same in every run.
    private static func texts(_ count: Int) throws -> [String] {
        var generator = SeededGenerator(state: 20_261_009)
        return (0..<count).map { _ in
            var text = ""
            for _ in 0..<Int.random(in: 1...14, using: &generator) {
                text += pieces.randomElement(using: &generator)?(&generator) ?? ""
            }
            return text
        }
    }

    private typealias Piece = @Sendable (inout SeededGenerator) -> String

    private static func range(_ range: ClosedRange<UInt32>) -> Piece {
        { generator in
            (0..<3).compactMap { _ in Unicode.Scalar(UInt32.random(in: range, using: &generator)) }
                .map { String(Character($0)) }.joined()
        }
    }

    private static func anyOf(_ texts: String...) -> Piece {
        { generator in texts.randomElement(using: &generator) ?? "" }
    }

    private static let pieces: [Piece] = [
        range(0x61...0x7A), range(0xA1...0x17F), range(0x4E00...0x9FFF), range(0x3041...0x30FF), range(0xAC00...0xD7A3),
        range(0xFF01...0xFF9F), range(0x5D0...0x5EA), range(0x621...0x64A), range(0x905...0x94D), range(0xE01...0xE4E),
        range(0x1100...0x11FF), range(0x300...0x36F), range(0x20000...0x2A6D0), range(0x1F300...0x1F64F),
        range(0x2550...0x25FF), range(0x2600...0x27BF), range(1...0x1F), range(0x80...0x9F), range(0x1E800...0x1E8D6),
        range(0xFE00...0xFE0F), range(0xE0020...0xE007F), range(0x200B...0x200F), range(0x202A...0x202E),
        range(0x2066...0x2069),
        anyOf(
            "e\u{301}",
            "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}",
            "\u{301}x",
            "n\u{303}",
            "\u{1100}\u{1161}\u{11A8}"
        ),
        anyOf("👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "❤️", "☎︎", "🇫🇮", "🇺🇳", "1️⃣", "🧑🏿‍🚀", "🏴\u{E0067}\u{E0062}\u{E007F}"),
        anyOf("\u{202E}cba\u{202C}", "\u{2067}שלום\u{2069}", "مرحبا", "नमस्ते", "สวัสดี", "ภาษาไทย", "ᠮᠣᠩᠭᠣᠯ", "ꦗꦮ"),
        anyOf("\u{FEFF}", "\u{200D}", "\u{AD}", "\u{2028}", "\u{FFFD}", "\u{3000}", "\t", "\u{1B}[31m", "﷽", "ｶﾞ"),
    ]
}

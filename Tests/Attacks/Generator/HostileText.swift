import TestDatabase

/// Texts of what has ever been taken for something else than data: by a template, by SQL, by PL/pgSQL, by psql, by a shell, by
/// a spreadsheet or by a terminal.
struct HostileText {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(state: seed) }

    /// Scalars that Swift merges with what stands beside them into one `Character`.
    private static let merging = [
        "\u{0D4E}", "\u{0301}", "\u{200D}", "\u{0600}", "\u{1F3FD}", "\u{FE0F}", "\u{111C2}", "\u{034F}",
    ]
    private static let delimiters = [
        "\"", "'", "$", "\\", ":", ";", "`", "%", "$$", "$body$", "$revert$", "$trap$", "$body", "--", "/*", "*/",
        "\"\"", "''",
        "E'", "U&'", "(", ")", "{", "}", "[", "]", ",", ".", "=", "\n", "\r\n", "\t", " ", "@", "+", "-", "|", "#", "&",
    ]
    private static let words = [
        ":schema", ":\"schema\"", ":'schema'", ":match", ":filter", ":keys", ":record", ":row", ":\"row_table\"", ":a",
        "::text",
        "$1", "$2::text", "%I", "%s", "%L", "%1$s", "null", "NULL", "\\gexec", "\\! id", "\\copy", "\\q", "\\.",
        "select", "public.spring()",
        "'; select public.spring(); --", "\"; select public.spring(); --", "); select public.spring(); --",
        "$body$; select public.spring(); --", "$revert$; select public.spring(); --", "$$; select public.spring(); --",
        "\\'; select public.spring(); --", "' || public.spring() || '", "\" || public.spring() || \"",
        "*/ select public.spring(); /*",
        "\n; select public.spring();\n", "=cmd|' /C calc'!A0", "@SUM(1)", "{\"a\": 1}", "{a,\"b\"}", "audit-tui{x}",
        "\u{1B}[2J", "\u{1B}]52;c;?\u{7}", "\u{9B}6n", "\u{202E}", "\u{2066}", "\u{2028}", "\u{85}", "\u{7F}", "\u{8}",
        "\u{FEFF}", "\u{E0001}",
        "old", "new", "r", "t", "x", "a", "id", "tg_relid", "excluded", "row_before", "ä", "田", "𝔘",
    ]

    /// A text of a few pieces, in which merging scalars stand before and behind delimiters.
    mutating func text() -> String {
        var text = ""
        for _ in 0...Int.random(in: 0..<5, using: &random) {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: text += pick(Self.merging) + pick(Self.delimiters)
            case 1: text += pick(Self.delimiters) + pick(Self.merging)
            case 2: text += pick(Self.merging) + pick(Self.words)
            case 3: text += pick(Self.delimiters)
            default: text += pick(Self.words)
            }
        }
        return text
    }

    /// A text that can be a name: 63 bytes at most, and often just these.
    mutating func name() -> String {
        var name = text()
        if Int.random(in: 0..<4, using: &random) == 0 { name += String(repeating: "n", count: 63) }
        while name.utf8.count > 63 { name.unicodeScalars.removeLast() }
        return name
    }

    /// So many different names.
    mutating func names(_ count: Int) -> [String] {
        var names: [String] = []
        while names.count < count {
            let name = name()
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        return names
    }

    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
}

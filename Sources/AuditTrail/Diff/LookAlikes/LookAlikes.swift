/// Scalars that a screen shows alike: each with the one that stands for all of them.
///
/// Put together from the code charts for what audited texts mix: Latin, Greek, Cyrillic and Armenian letters of one shape, forms
/// for typesetting, letters of Arabic and Persian, kana and ideographs, signs, spaces. It is no complete list of confusables
/// (UTS #39), and leaves out what differs in a terminal's fonts: `0` and `O`, `1` and `l`, upper and lower case.
enum LookAlikes {
    /// The scalar that stands for those that look like it; nil for one that is not seen at all.
    static func representative(of scalar: Unicode.Scalar) -> String? {
        if 0x20...0x7E ~= scalar.value { return String(scalar) }
        if let other = table[scalar] { return other }
        if scalar.properties.isWhitespace { return scalar.isLineEnd ? "\n" : " " }
        if scalar.isUnseen { return nil }
        return scalar.typeset.map { String($0) } ?? String(scalar)
    }

    /// What stands for others, and those that look like it.
    private static let groups: [(String, String)] = [
        ("a", "аαɑ"), ("b", "Ьƅ"), ("c", "сϲⅽ"), ("d", "ԁⅾ"), ("e", "еҽ"), ("g", "ɡց"), ("h", "һհ"), ("i", "іιıⅰ"),
        ("j", "јϳ"),
        ("k", "кκĸ"), ("l", "ӏⅼ"), ("m", "ⅿ"), ("n", "ո"), ("o", "оοօ"), ("p", "рρ"), ("q", "ԛզ"), ("r", "ᴦ"),
        ("s", "ѕꜱ"),
        ("u", "υսᴜ"), ("v", "νѵⅴ"), ("w", "ԝѡ"), ("x", "хχⅹ×"), ("y", "уγү"), ("z", "ᴢ"), ("A", "АΑ"), ("B", "ВΒ"),
        ("C", "СϹⅭ"), ("D", "Ⅾ"), ("E", "ЕΕ"), ("F", "Ϝ"), ("G", "Ԍ"), ("H", "НΗ"), ("I", "ІΙӀⅠ"), ("J", "ЈͿ"),
        ("K", "КΚ"),
        ("L", "Ⅼ"), ("M", "МΜⅯ"), ("N", "Ν"), ("O", "ОΟՕ"), ("P", "РΡ"), ("Q", "Ԛ"), ("S", "ЅՏ"), ("T", "ТΤ"),
        ("U", "Ս"),
        ("V", "ѴⅤ"), ("W", "Ԝ"), ("X", "ХΧⅩ"), ("Y", "УΥҮ"), ("Z", "Ζ"), ("Γ", "Г"), ("Π", "П∏"), ("Φ", "Ф"),
        ("Λ", "Л"),
        ("μ", "µ"), ("ß", "β"), ("ə", "ә"), ("Ə", "Ә"), ("è", "ѐ"), ("È", "Ѐ"), ("ë", "ё"), ("Ë", "Ё"), ("ï", "їϊ"),
        ("Ï", "ЇΪ"),
        ("ă", "ӑ"), ("Ă", "Ӑ"), ("ä", "ӓ"), ("Ä", "Ӓ"), ("ĕ", "ӗ"), ("Ĕ", "Ӗ"), ("ö", "ӧ"), ("Ö", "Ӧ"), ("ÿ", "ӱ"),
        ("æ", "ӕ"),
        ("Æ", "Ӕ"), ("ó", "ό"), ("ç", "ҫ"), ("ş", "ș"), ("ţ", "ț"), ("Ş", "Ș"), ("Ţ", "Ț"), ("Đ", "ÐƉ"), ("ff", "ﬀ"),
        ("fi", "ﬁ"), ("fl", "ﬂ"), ("ffi", "ﬃ"), ("ffl", "ﬄ"), ("st", "ﬆ"),
        ("ي", "ی"), ("ك", "ک"), ("ه", "ە"), ("٠", "۰"), ("١", "۱"), ("٢", "۲"), ("٣", "۳"), ("٧", "۷"), ("٨", "۸"),
        ("٩", "۹"),
        ("ニ", "二"), ("口", "ロ"), ("力", "カ"), ("工", "エ"), ("夕", "タ"), ("八", "ハ"), ("卜", "ト"), ("一", "ー"), ("へ", "ヘ"),
        ("べ", "ベ"), ("ぺ", "ペ"), ("り", "リ"),
        ("-", "‐‑‒–—―−﹣⁃"), ("'", "’‘‛′´ʼʹʻʽˈ"), ("\"", "“”‟″ˮ"), (",", "‚"), (".", "․"), (":", "∶ː꞉"), ("/", "⁄∕"),
        ("*", "∗⁎"), ("|", "∣ǀ"), ("!", "ǃ"), ("~", "∼˜"), ("<", "‹"), (">", "›"), ("·", "•∙⋅・"), ("°", "º˚"),
        ("^", "ˆ"),
        ("⊕", "⨁"), ("Σ", "∑"), ("Δ", "∆"), ("Ø", "∅⌀"),
    ]

    private static let table: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        for (shown, others) in groups { for other in others.unicodeScalars { table[other] = shown } }
        return table
    }()
}

extension Unicode.Scalar {
    /// Whether a line ends with it.
    fileprivate var isLineEnd: Bool { ["\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(self) }

    /// Whether nothing is seen of it by itself: joiners, marks of direction, soft hyphens, controls.
    fileprivate var isUnseen: Bool {
        if properties.isDefaultIgnorableCodePoint { return true }
        return [.format, .control].contains(properties.generalCategory)
    }

    /// The letter, digit or sign of ASCII that it is a form of: full-width, bold, italic and the like; nil for all others.
    fileprivate var typeset: Unicode.Scalar? {
        switch value {
        case 0xFF01...0xFF5E: return Unicode.Scalar(value - 0xFEE0)
        case 0x1D400...0x1D6A3:
            let letter = (value - 0x1D400) % 52
            return Unicode.Scalar(letter < 26 ? 0x41 + letter : 0x61 + letter - 26)
        case 0x1D7CE...0x1D7FF: return Unicode.Scalar(0x30 + (value - 0x1D7CE) % 10)
        default: return nil
        }
    }
}

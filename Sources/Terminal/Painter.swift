import CTerminal
import Screen

/// Turns roles into the attributes and colour pairs of ncurses, and remembers them.
struct Painter {
    var theme: Theme {
        didSet {
            looks = [:]
            last = nil
            // Numbers are few on some terminals; a theme would not leave enough to the next.
            pairs = [:]
        }
    }
    let mode: ColorMode

    private var looks: [Meaning: Look] = [:]
    /// Most cells mean what the one before means.
    private var last: (meaning: Meaning, look: Look)?
    private var pairs: [Pair: Int32] = [:]

    /// How many colours the terminal can show at most, whatever is wished.
    private let colors = ct_colors()

    /// What a cell looks like in ncurses' terms.
    struct Look {
        var attributes: Int32
        var pair: Int32
        /// The number of the background colour; -1 for the terminal's own.
        var background: Int32
        /// Whether a blank shows nothing but the background: neither a line nor the colour of the text.
        var isPlainWhenBlank: Bool
    }

    private struct Meaning: Hashable {
        var role: Role
        var overlay: Role?
    }

    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    init(theme: Theme, mode: ColorMode?) {
        self.theme = theme
        let best = Self.bestMode(colors: colors)
        self.mode = mode.map { Self.lesser($0, best) } ?? best
    }

    mutating func look(of role: Role, under overlay: Role?) -> Look {
        let meaning = Meaning(role: role, overlay: overlay)
        if let last, last.meaning == meaning { return last.look }
        let look = looks[meaning] ?? look(of: theme.style(for: role, overlay: overlay, in: mode))
        looks[meaning] = look
        last = (meaning, look)
        return look
    }

    private mutating func look(of style: Style) -> Look {
        var attributes = style.attributes
        // Eight colours: bold is how such terminals show the bright ones.
        if case .ansi(8...15) = style.foreground, colors < 16 { attributes.insert(.bold) }
        let pair = Pair(foreground: number(of: style.foreground), background: number(of: style.background))
        return Look(
            attributes: Int32(attributes.rawValue),
            pair: number(of: pair),
            background: pair.background,
            isPlainWhenBlank: attributes.isDisjoint(with: [.reverse, .underline])
        )
    }

    /// The number of a pair; 0, the terminal's own colours, when the terminal has no more to give.
    private mutating func number(of pair: Pair) -> Int32 {
        if pair == Pair(foreground: -1, background: -1) { return 0 }
        if let number = pairs[pair] { return number }
        let next = Int32(pairs.count + 1)
        guard ct_set_pair(next, pair.foreground, pair.background) else { return 0 }
        pairs[pair] = next
        return next
    }

    private func number(of color: Color?) -> Int32 {
        guard let color, mode != .never, let components = color.components else { return -1 }
        if case .ansi(let index) = color {
            if index < 8 || colors <= 256 && index < colors { return Int32(index) }
            if colors <= 256 { return Int32(index % 8) }
        }
        let value = Int32(components.red) << 16 | Int32(components.green) << 8 | Int32(components.blue)
        // The first eight numbers would be colours of the palette.
        return max(value, 8)
    }

    private static func bestMode(colors: Int32) -> ColorMode {
        switch colors {
        case 8..<256: .ansi16
        case 256..<(1 << 24): .ansi256
        case (1 << 24)...: .truecolor
        default: .never
        }
    }

    private static func lesser(_ one: ColorMode, _ other: ColorMode) -> ColorMode {
        ColorMode.allCases.first { $0 == one || $0 == other } ?? one
    }
}

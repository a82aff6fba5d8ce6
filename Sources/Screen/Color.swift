/// A colour as a theme names it.
public enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// An entry of the terminal's palette: 0–15 are the person's own colours, 16–255 the fixed cube and greys.
    case ansi(UInt8)
    /// Red, green and blue, 0–255 each.
    case rgb(UInt8, UInt8, UInt8)
}

/// How many colours the terminal is given.
public enum ColorMode: String, CaseIterable, Hashable, Sendable {
    /// No colour: bold, dim, underline and reverse only.
    case never
    /// The 16 colours of the person's palette.
    case ansi16 = "16"
    /// The palette of 256 colours.
    case ansi256 = "256"
    /// 24-bit colours.
    case truecolor

    /// The mode that `--color` calls so; nil for anything else, `auto` included.
    public init?(parse name: String) {
        self.init(rawValue: name)
    }

    /// The nearest colour that this mode can show; nil when the mode shows none.
    public func nearest(to color: Color) -> Color? {
        switch (self, color) {
        case (.never, _): nil
        case (_, .standard), (.truecolor, _), (.ansi256, .ansi), (.ansi16, .ansi(0...15)): color
        case (.ansi256, .rgb(let red, let green, let blue)): .ansi(Palette.nearest256(to: (red, green, blue)))
        case (.ansi16, .rgb(let red, let green, let blue)): .ansi(Palette.nearest16(to: (red, green, blue)))
        case (.ansi16, .ansi(let index)): .ansi(Palette.nearest16(to: Palette.components(of: index)))
        }
    }
}

extension Color {
    /// The colour as red, green and blue, with xterm's values for 0–15; nil for the terminal's own.
    public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .standard: nil
        case .ansi(let index): Palette.components(of: index)
        case .rgb(let red, let green, let blue): (red, green, blue)
        }
    }
}

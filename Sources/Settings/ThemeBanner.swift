import Screen

extension Theme {
    /// The theme with the first row of the screen in that colour, and its text in black or white, whichever stands out more.
    public func banner(in color: Color?) -> Theme {
        guard let color else { return self }
        var theme = self
        theme.styles[.banner] = Style(
            foreground: color.isLight ? .rgb(0, 0, 0) : .rgb(255, 255, 255),
            background: color,
            attributes: .bold,
            foreground16: color.isLight ? .ansi(0) : .ansi(15),
            mono: [.reverse, .bold]
        )
        return theme
    }
}

extension Color {
    /// Whether black stands out from the colour more than white does.
    ///
    /// By the sums of ITU-R BT.601 on the values as they are, which is what terminals and editors do as well.
    public var isLight: Bool {
        guard let (red, green, blue) = components else { return false }
        return 299 * Int(red) + 587 * Int(green) + 114 * Int(blue) > 128 * 1000
    }
}

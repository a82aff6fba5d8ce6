/// Which style each role has.
public struct Theme: Equatable, Sendable {
    /// The name by which a person chooses it.
    public var name: String
    /// The styles that the theme gives; a role without one looks like its parent.
    public var styles: [Role: Style]

    /// Makes a theme.
    public init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = styles
    }

    /// The style of the role, or of the nearest more general one that has a style, `ui.text` at last.
    public func style(for role: Role) -> Style {
        var candidate: Role? = role
        while let current = candidate {
            if let style = styles[current] { return style }
            candidate = current.parent
        }
        return styles[.text] ?? Style()
    }

    /// What a cell of that role and overlay looks like in a mode, every alternative decided.
    ///
    /// Colours that the role leaves open are those of `ui.text`; those still open are the terminal's own (nil).
    public func style(for role: Role, overlay: Role?, in mode: ColorMode) -> Style {
        let text = style(for: .text).reduced(to: mode)
        var result = style(for: role).reduced(to: mode)
        result.foreground = result.foreground ?? text.foreground
        result.background = result.background ?? text.background
        guard let overlay else { return result }
        return result.under(style(for: overlay).reduced(to: mode))
    }
}

/// What a cell's text looks like besides its colours.
public struct Attributes: OptionSet, Hashable, Sendable {
    /// The set as bits.
    public let rawValue: UInt8

    /// Makes a set from its bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Heavier strokes.
    public static let bold = Attributes(rawValue: 1)
    /// Fainter strokes.
    public static let dim = Attributes(rawValue: 2)
    /// Slanted; many terminals show it in another way or not at all.
    public static let italic = Attributes(rawValue: 4)
    /// A line below.
    public static let underline = Attributes(rawValue: 8)
    /// Foreground and background exchanged.
    public static let reverse = Attributes(rawValue: 16)
}

/// How a role looks.
public struct Style: Hashable, Sendable {
    /// The colour of the text; nil is that of what lies below: `ui.text`, or the role under an overlay.
    public var foreground: Color?
    /// The colour behind the text; nil as for the foreground.
    public var background: Color?
    /// Bold, dim and the like.
    public var attributes: Attributes
    /// The foreground where there are 16 colours; nil takes the nearest of them.
    public var foreground16: Color?
    /// The background where there are 16 colours; nil takes the nearest of them.
    public var background16: Color?
    /// The attributes where there are no colours; nil takes `attributes`.
    public var mono: Attributes?

    /// Makes a style; what is left out is nil or empty.
    public init(
        foreground: Color? = nil,
        background: Color? = nil,
        attributes: Attributes = [],
        foreground16: Color? = nil,
        background16: Color? = nil,
        mono: Attributes? = nil
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.foreground16 = foreground16
        self.background16 = background16
        self.mono = mono
    }

    /// The style as a terminal of that mode can show it: its colours in reach, its alternatives chosen.
    public func reduced(to mode: ColorMode) -> Style {
        switch mode {
        case .never:
            Style(attributes: mono ?? attributes)
        case .ansi16:
            Style(
                foreground: (foreground16 ?? foreground).flatMap(mode.nearest),
                background: (background16 ?? background).flatMap(mode.nearest),
                attributes: attributes
            )
        case .ansi256, .truecolor:
            Style(
                foreground: foreground.flatMap(mode.nearest),
                background: background.flatMap(mode.nearest),
                attributes: attributes
            )
        }
    }

    /// This style with another laid over it: the other's colours where it has any, the attributes of both.
    ///
    /// What is dim is not under an overlay in bold, as a cursor is: the two together look different everywhere, and
    /// where a terminal takes dim first, the line of the cursor would be the hardest to read.
    func under(_ overlay: Style) -> Style {
        Style(
            foreground: overlay.foreground ?? foreground,
            background: overlay.background ?? background,
            attributes: (overlay.attributes.contains(.bold) ? attributes.subtracting(.dim) : attributes)
                .union(overlay.attributes)
        )
    }
}

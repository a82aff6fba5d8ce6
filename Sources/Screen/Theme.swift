/// A colour: the terminal's own, one of its sixteen, or an exact one.
public enum Color: Hashable, Sendable {
    /// Whatever the terminal uses for text or background.
    case standard
    /// One of the sixteen colours that people choose for their terminal, 0 to 15.
    case ansi(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)
}

/// How a role looks.
public struct Style: Hashable, Sendable {
    /// What may be done to text besides colour.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// One bit for each attribute.
        public let rawValue: UInt8
        /// Attributes by their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Heavy.
        public static let bold = Attributes(rawValue: 1)
        /// Faint.
        public static let dim = Attributes(rawValue: 2)
        /// With a line below.
        public static let underline = Attributes(rawValue: 4)
        /// Text and background exchanged.
        public static let reverse = Attributes(rawValue: 8)
    }

    /// The colour of the text.
    public var foreground: Color
    /// The colour behind it.
    public var background: Color
    /// What else is done to it.
    public var attributes: Attributes

    /// A style; without arguments the terminal's own.
    public init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// This style with another laid over it: its colours where it has any, and the attributes of both.
    public func overlaid(by other: Style) -> Style {
        Style(
            other.foreground == .standard ? foreground : other.foreground,
            on: other.background == .standard ? background : other.background,
            attributes.union(other.attributes)
        )
    }
}

/// How every role looks.
public struct Theme: Equatable, Sendable {
    /// The name by which it is chosen.
    public var name: String
    /// The styles by the names of the roles, or of their families.
    public var styles: [String: Style]

    /// A theme from its styles.
    public init(name: String, styles: [String: Style]) {
        self.name = name
        self.styles = styles
    }

    /// The style of a role, or of the nearest family that has one.
    public func style(for role: Role) -> Style {
        var name = role.name[...]
        while true {
            if let style = styles[String(name)] { return style }
            guard let dot = name.lastIndex(of: ".") else { break }
            name = name[..<dot]
        }
        return styles[Role.text.name] ?? Style()
    }

    /// The sixteen colours of the terminal on its own background, readable on dark and light ones.
    public static let standard = Theme(
        name: "default",
        styles: [
            "ui.muted": Style(.standard, .dim), "ui.title": Style(.standard, .bold),
            "ui.border": Style(.standard, .dim),
            "ui.selection": Style(.standard, .underline), "ui.cursor": Style(.standard, .reverse),
            "ui.header": Style(.standard, .bold), "ui.key": Style(.ansi(6), .bold),
            "ui.prompt": Style(.standard, .bold),
            "filter.value": Style(.ansi(5), .bold), "msg.warn": Style(.ansi(3)), "msg.error": Style(.ansi(1), .bold),
            "time": Style(.ansi(4)), "actor.name": Style(.ansi(6)), "actor.unknown": Style(.standard, .dim),
            "table.name": Style(.ansi(5)), "verb.insert": Style(.ansi(2)), "verb.update": Style(.ansi(3)),
            "verb.delete": Style(.ansi(1)), "verb.truncate": Style(.ansi(1), .bold), "diff.add": Style(.ansi(2)),
            "diff.del": Style(.ansi(1)), "diff.key": Style(.standard), "diff.meta": Style(.standard, .dim),
            "match.hit": Style(.standard, .underline), "follow.on": Style(.ansi(2), .bold),
        ]
    )

    /// No colours: weight, lines and reversal only.
    public static let mono = Theme(
        name: "mono",
        styles: [
            "ui.muted": Style(.standard, .dim), "ui.title": Style(.standard, .bold),
            "ui.border": Style(.standard, .dim),
            "ui.selection": Style(.standard, .underline), "ui.cursor": Style(.standard, .reverse),
            "ui.header": Style(.standard, .bold), "ui.key": Style(.standard, .bold),
            "ui.prompt": Style(.standard, .bold),
            "filter.value": Style(.standard, .bold), "msg.warn": Style(.standard, .bold),
            "msg.error": Style(.standard, [.bold, .underline]), "actor.unknown": Style(.standard, .dim),
            "verb.delete": Style(.standard, .bold), "verb.truncate": Style(.standard, .bold),
            "diff.add": Style(.standard, .bold), "diff.del": Style(.standard, .underline),
            "diff.meta": Style(.standard, .dim), "match.hit": Style(.standard, .underline),
            "follow.on": Style(.standard, .bold),
        ]
    )
}

extension Style {
    /// A style of the terminal's own background.
    fileprivate init(_ foreground: Color, _ attributes: Attributes) {
        self.init(foreground, on: .standard, attributes)
    }
}

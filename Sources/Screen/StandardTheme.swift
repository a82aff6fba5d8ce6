extension Theme {
    /// The theme called default: the person's own 16 colours on the terminal's own background.
    ///
    /// It must be readable on dark and light backgrounds alike, so that text is never white, black, yellow or
    /// bright, which vanish on one of them; what may be overlooked is dim instead of grey, because some
    /// palettes put the background colour where grey belongs.
    public static let standard = Theme(
        name: "default",
        styles: Dictionary(
            uniqueKeysWithValues: Role.all.map { role in
                var style = colors[role] ?? Style()
                style.mono = monoAttributes[role]
                return (role, style)
            }
        )
    )

    private static let colors: [Role: Style] = [
        .text: Style(foreground: .standard, background: .standard),
        .muted: Style(attributes: .dim),
        .title: Style(attributes: [.reverse, .bold]),
        .border: Style(attributes: .dim),
        .selection: Style(attributes: .reverse),
        .cursor: Style(attributes: [.reverse, .bold]),
        .header: Style(attributes: .bold),
        .status: Style(attributes: .reverse),
        .key: Style(foreground: cyan, attributes: .bold),
        .prompt: Style(attributes: .bold),
        .popup: Style(),
        .scrollbar: Style(attributes: .dim),
        .filterField: Style(foreground: cyan),
        .filterOperator: Style(attributes: .dim),
        .filterValue: Style(foreground: green),
        .filterError: Style(foreground: red, attributes: [.bold, .underline]),
        .filterCost: Style(foreground: magenta),
        .info: Style(foreground: green),
        .warning: Style(foreground: magenta, attributes: .bold),
        .error: Style(foreground: red, attributes: .bold),
        .time: Style(foreground: cyan),
        .actorName: Style(foreground: magenta),
        .actorUnknown: Style(foreground: red, attributes: .dim),
        .tableName: Style(foreground: blue),
        .insert: Style(foreground: green),
        .update: Style(foreground: cyan),
        .delete: Style(foreground: red),
        .truncate: Style(foreground: red, attributes: [.bold, .underline]),
        .diffAdd: Style(foreground: green),
        .diffDelete: Style(foreground: red),
        .diffAddEmphasis: Style(foreground: green, attributes: [.bold, .reverse]),
        .diffDeleteEmphasis: Style(foreground: red, attributes: [.bold, .reverse]),
        .diffMeta: Style(foreground: cyan, attributes: .dim),
        .diffNoise: Style(attributes: .dim),
        .jsonKey: Style(foreground: blue),
        .jsonString: Style(foreground: green),
        .jsonNumber: Style(foreground: cyan),
        .jsonBool: Style(foreground: magenta),
        .jsonNull: Style(foreground: magenta, attributes: .dim),
        .jsonFold: Style(attributes: .dim),
        .matchHit: Style(foreground: black, background: yellow),
        .matchCurrent: Style(foreground: black, background: magenta, attributes: .bold),
        .histogramBar: Style(foreground: blue),
        .histogramCursor: Style(foreground: magenta, attributes: .bold),
        .histogramAxis: Style(attributes: .dim),
        .mark: Style(foreground: magenta, attributes: .bold),
        .followOn: Style(foreground: green, attributes: .bold),
        .secretMasked: Style(foreground: magenta, attributes: .dim),
        .hostile: Style(foreground: red, attributes: .reverse),
    ]

    private static let black = Color.ansi(0)
    private static let red = Color.ansi(1)
    private static let green = Color.ansi(2)
    private static let yellow = Color.ansi(3)
    private static let blue = Color.ansi(4)
    private static let magenta = Color.ansi(5)
    private static let cyan = Color.ansi(6)
}

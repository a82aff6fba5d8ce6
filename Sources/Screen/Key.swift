/// A key, or keys pressed together, as the terminal reports them.
public enum Key: Hashable, Sendable {
    /// A character that can be typed; the space bar is the character space.
    case character(Character)
    /// A character with the control key held: a small letter or one of `[\]^_@`.
    case control(Character)
    /// A character with the alt key held.
    case alt(Character)
    /// F1 and so on.
    case function(Int)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case insert, delete, backspace, tab, backTab, enter, escape
    /// A key that this program does not know.
    case unknown

    /// The name of the key in the help.
    public var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "^" + String(character).uppercased()
        case .alt(let character): "M-" + String(character)
        case .function(let number): "F\(number)"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .insert: "Ins"
        case .delete: "Del"
        case .backspace: "Backspace"
        case .tab: "Tab"
        case .backTab: "⇧Tab"
        case .enter: "Enter"
        case .escape: "Esc"
        case .unknown: "this key"
        }
    }
}

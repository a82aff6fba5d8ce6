/// A key that a person pressed.
public enum Key: Hashable, Sendable {
    /// A key that writes a character, such as `j` or `ä` or a space.
    case character(Character)
    /// A key together with Control: a lower-case letter or one of `@ \ ] ^ _`.
    case control(Character)
    /// A key together with Alt, which terminals send as Escape and the key.
    case alt(Character)
    /// A function key, from 1.
    case function(Int)
    /// The arrow up.
    case up
    /// The arrow down.
    case down
    /// The arrow to the left.
    case left
    /// The arrow to the right.
    case right
    /// The key Home.
    case home
    /// The key End.
    case end
    /// The key Page Up.
    case pageUp
    /// The key Page Down.
    case pageDown
    /// The key Insert.
    case insert
    /// The key Delete.
    case delete
    /// The key Backspace, whichever of its two codes the terminal sends.
    case backspace
    /// The key Tab.
    case tab
    /// The key Tab together with Shift.
    case backTab
    /// The key Enter.
    case enter
    /// The key Escape by itself.
    case escape
    /// A key or a report of the terminal that has no meaning here.
    case unknown
}

extension Key {
    /// The name that the help shows and the configuration takes: `j`, `^F`, `M-x`, `F1`, `PgDn`, `Space`.
    public var name: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let character): "^" + character.uppercased()
        case .alt(" "): "M-Space"
        case .alt(let character): "M-" + String(character)
        case .function(let number): "F\(number)"
        default: Self.names.first { $0.key == self }?.name ?? "Unknown"
        }
    }

    /// The key of that name; nil when there is none.
    ///
    /// Besides what `name` gives, other usual spellings are understood, with or without `<…>` around them and words in any
    /// case: `<PageDown>`, `<Up>`, `<C-d>` or `Ctrl-d` for `^D`, `<A-x>` or `Alt-x` for `M-x`, `S-Tab`. Names of what a
    /// terminal cannot tell from another key give that one: `^I` is Tab, `^M` is Enter.
    public init?(name: String) {
        let isBracketed = name.count > 2 && name.first == "<" && name.last == ">"
        let inner = isBracketed ? String(name.dropFirst().dropLast()) : name
        guard let key = Self.named(inner) else { return nil }
        self = key
    }

    private static func named(_ name: String) -> Key? {
        let lowercase = name.lowercased()
        if let key = Self.words[lowercase] { return key }
        if let character = name.only { return .character(character) }
        for beginning in ["^", "C-", "Ctrl-"] {
            guard let rest = name.after(beginning) else { continue }
            if let key = Self.plainer["^" + rest.uppercased()] { return key }
            return rest.only?.asControl.map(Key.control)
        }
        for beginning in ["M-", "A-", "Alt-"] {
            guard let rest = name.after(beginning) else { continue }
            return (rest.lowercased() == "space" ? " " : rest.only).map(Key.alt)
        }
        guard let number = lowercase.after("f").flatMap({ Int($0) }), 1...63 ~= number else { return nil }
        return .function(number)
    }

    private typealias Named = (name: String, key: Key)

    private static let names: [Named] = [
        ("↑", .up), ("↓", .down), ("←", .left), ("→", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp),
        ("PgDn", .pageDown), ("Ins", .insert), ("Del", .delete), ("Backspace", .backspace), ("Tab", .tab),
        ("⇧Tab", .backTab), ("Enter", .enter), ("Esc", .escape),
    ]

    private static let otherNames: [Named] = [
        ("Space", .character(" ")), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
        ("S-Tab", .backTab), ("Shift-Tab", .backTab), ("BackTab", .backTab), ("PageUp", .pageUp),
        ("PageDown", .pageDown), ("Insert", .insert), ("Delete", .delete), ("BS", .backspace), ("Return", .enter),
        ("CR", .enter), ("Escape", .escape),
    ]

    private static let words = Dictionary(
        (names + otherNames).map { ($0.name.lowercased(), $0.key) },
        uniquingKeysWith: { first, _ in first }
    )

    /// What the terminal sends for another key too.
    private static let plainer: [String: Key] = [
        "^I": .tab, "^M": .enter, "^J": .enter, "^[": .escape, "^H": .backspace, "^?": .backspace,
    ]
}

extension String {
    /// The only character; nil when there is none or more than one.
    fileprivate var only: Character? {
        count == 1 ? first : nil
    }

    /// What follows a beginning; nil when the text does not begin so.
    ///
    /// By scalars: as Characters, the hyphen of `M-` and a combining mark behind it are one.
    fileprivate func after(_ beginning: String) -> String? {
        let start = beginning.unicodeScalars
        guard unicodeScalars.starts(with: start) else { return nil }
        return String(unicodeScalars.dropFirst(start.count))
    }
}

extension Character {
    /// The character as a control key names it; nil when Control makes no key of it.
    fileprivate var asControl: Character? {
        guard let value = asciiValue else { return nil }
        switch value {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return Character(Unicode.Scalar(value + 32))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return self
        default: return "@\\]^_".contains(self) ? self : nil
        }
    }
}

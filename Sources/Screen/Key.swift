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
    /// Besides what `name` gives, the words `Up`, `Down`, `Left`, `Right` and `S-Tab` are understood. Names of
    /// what a terminal cannot tell from another key give that one: `^I` is Tab, `^M` is Enter.
    public init?(name: String) {
        if let named = Self.names.first(where: { $0.name == name }) ?? Self.otherNames.first(where: { $0.name == name })
        {
            self = named.key
        } else if let character = name.only {
            self = .character(character)
        } else if let character = name.after("^").flatMap(\.only).flatMap(\.asControl) {
            self = .control(character)
        } else if let rest = name.after("M-"), let character = rest == "Space" ? " " : rest.only {
            self = .alt(character)
        } else if let number = name.after("F").flatMap({ Int($0) }), 1...63 ~= number {
            self = .function(number)
        } else {
            return nil
        }
    }

    private typealias Named = (name: String, key: Key)

    private static let names: [Named] = [
        ("↑", .up), ("↓", .down), ("←", .left), ("→", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp),
        ("PgDn", .pageDown), ("Ins", .insert), ("Del", .delete), ("Backspace", .backspace), ("Tab", .tab),
        ("⇧Tab", .backTab), ("Enter", .enter), ("Esc", .escape), ("Unknown", .unknown),
    ]

    private static let otherNames: [Named] = [
        ("Space", .character(" ")), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right),
        ("S-Tab", .backTab), ("^I", .tab), ("^M", .enter), ("^J", .enter), ("^[", .escape), ("^H", .backspace),
        ("^?", .backspace),
    ]
}

extension String {
    /// The only character; nil when there is none or more than one.
    fileprivate var only: Character? {
        count == 1 ? first : nil
    }

    /// What follows a beginning; nil when the text does not begin so.
    fileprivate func after(_ beginning: String) -> String? {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
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

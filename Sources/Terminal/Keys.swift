import CTerminal
import Screen

extension TerminalSession {
    /// Takes all keys that have been pressed, without waiting.
    public func readKeys() -> [Key] {
        var keys: [Key] = []
        while let key = nextKey() {
            guard let key else { continue }
            // Alt with a character arrives as Escape and the character.
            if keys.last == .escape, case .character(let character) = key {
                keys[keys.count - 1] = .alt(character)
            } else {
                keys.append(key)
            }
        }
        return keys
    }

    /// The next key; nil when there is none, and nil within for one that says nothing.
    private func nextKey() -> Key?? {
        var value: UInt32 = 0
        let kind = ct_read_key(&value)
        switch kind {
        case CT_KEY_NONE: return nil
        case CT_KEY_IGNORED: return .some(nil)
        case CT_KEY_CHARACTER: return character(value)
        case CT_KEY_FUNCTION: return .function(Int(value))
        default: return namedKeys[kind.rawValue] ?? .unknown
        }
    }

    private func character(_ value: UInt32) -> Key {
        switch value {
        case 0: .control("@")
        case 9: .tab
        case 10, 13: .enter
        case 8, 127: .backspace
        case 27: .escape
        case 1...26: .control(Character(Unicode.Scalar(UInt8(value) + 96)))
        case 28...31: .control(Character(Unicode.Scalar(UInt8(value) + 64)))
        default: Unicode.Scalar(value).map { .character(Character($0)) } ?? .unknown
        }
    }
}

private let namedKeys: [UInt32: Key] = [
    CT_KEY_UP.rawValue: .up, CT_KEY_DOWN.rawValue: .down, CT_KEY_LEFT.rawValue: .left, CT_KEY_RIGHT.rawValue: .right,
    CT_KEY_HOME.rawValue: .home, CT_KEY_END.rawValue: .end, CT_KEY_PAGE_UP.rawValue: .pageUp,
    CT_KEY_PAGE_DOWN.rawValue: .pageDown, CT_KEY_INSERT.rawValue: .insert, CT_KEY_DELETE.rawValue: .delete,
    CT_KEY_BACKSPACE.rawValue: .backspace, CT_KEY_BACK_TAB.rawValue: .backTab, CT_KEY_ENTER.rawValue: .enter,
]

import Screen

/// Makes keys of what ncurses reads: bytes, and keys that it has recognised.
///
/// Alt and a key arrive as Escape and the key. An escape sequence that ncurses does not know would arrive as
/// Escape and text, and that text would act as keys: it is swallowed up to its final byte instead (ECMA-48, 5.4).
struct KeyDecoder {
    private var keys: [Key] = []
    private var state = State.ground
    private var characters = UTF8Assembler()

    private enum State {
        case ground
        case escape
        case controlSequence(isEmpty: Bool)
        case singleShift
        /// What a terminal answers late when it was asked for its background; nobody types that.
        case answer(isEmpty: Bool, endsWithEscape: Bool)
    }

    mutating func take(_ byte: UInt8) {
        for scalar in characters.take(byte) {
            if let scalar { take(scalar) } else { take(.unknown) }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch state {
        case .ground: takeInGround(scalar)
        case .escape: takeAfterEscape(scalar)
        case .controlSequence: takeInControlSequence(scalar)
        case .answer(let isEmpty, let hasEscape): takeInAnswer(scalar, isEmpty: isEmpty, after: hasEscape)
        case .singleShift:
            keys.append(.unknown)
            state = .ground
        }
    }

    mutating func take(_ key: Key) {
        endSequence()
        keys.append(key)
    }

    /// The keys so far; no more bytes are pending, so that an Escape was the key itself.
    mutating func finish() -> [Key] {
        endSequence()
        defer { keys = [] }
        return keys
    }

    private mutating func takeInGround(_ scalar: Unicode.Scalar) {
        if scalar == "\u{1B}" { state = .escape } else { keys.append(Key(typed: scalar)) }
    }

    private mutating func takeAfterEscape(_ scalar: Unicode.Scalar) {
        state = .ground
        switch scalar {
        case "\u{1B}":
            keys.append(.escape)
            state = .escape
        case "[": state = .controlSequence(isEmpty: true)
        case "O": state = .singleShift
        case "]": state = .answer(isEmpty: true, endsWithEscape: false)
        case "\u{0}"..." " where scalar != " ", "\u{7F}"..."\u{9F}": keys.append(.unknown)
        default: keys.append(.alt(Character(scalar)))
        }
    }

    private mutating func takeInControlSequence(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{20}"..."\u{3F}":
            state = .controlSequence(isEmpty: false)
        case "\u{40}"..."\u{7E}":
            keys.append(.unknown)
            state = .ground
        default:
            endSequence()
            takeInGround(scalar)
        }
    }

    /// A command of the operating system, `ESC ] 11 ; …`, ends with BEL or `ESC \` (ECMA-48, 8.3.89, and xterm).
    private mutating func takeInAnswer(_ scalar: Unicode.Scalar, isEmpty: Bool, after hasEscape: Bool) {
        switch scalar {
        case "0"..."9" where isEmpty: state = .answer(isEmpty: false, endsWithEscape: false)
        case _ where isEmpty:
            endSequence()
            takeInGround(scalar)
        case "\u{7}",
            "\\" where hasEscape:
            state = .ground
        default: state = .answer(isEmpty: false, endsWithEscape: scalar == "\u{1B}")
        }
    }

    private mutating func endSequence() {
        switch state {
        case .ground: break
        case .escape: keys.append(.escape)
        case .controlSequence(let isEmpty): keys.append(isEmpty ? .alt("[") : .unknown)
        case .singleShift: keys.append(.alt("O"))
        case .answer(let isEmpty, _): keys.append(isEmpty ? .alt("]") : .unknown)
        }
        state = .ground
    }
}

extension Key {
    /// The key that sends this character; several send the same, and the plainest of them is meant.
    fileprivate init(typed scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x08, 0x7F: self = .backspace
        case 0x09: self = .tab
        case 0x0A, 0x0D: self = .enter
        case 0x1B: self = .escape
        case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
        case 0x00...0x1F: self = .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
        case 0x80...0x9F: self = .unknown
        default: self = .character(Character(scalar))
        }
    }
}

import Screen

/// Makes keys, pasted text and acts of the mouse of what ncurses reads: bytes, and keys that it has recognised.
///
/// Alt and a key arrive as Escape and the key. An escape sequence that ncurses does not know would arrive as
/// Escape and text, and that text would act as keys: it is swallowed up to its final byte instead (ECMA-48, 5.4).
struct KeyDecoder {
    private var inputs: [Input] = []
    private var state = State.ground
    private var characters = UTF8Assembler()

    private enum State {
        case ground
        case escape
        /// Behind `ESC [`, with the parameters so far.
        case controlSequence(String)
        case singleShift
        /// What a terminal answers late when it was asked for its background; nobody types that.
        case answer(isEmpty: Bool, endsWithEscape: Bool)
        /// The bytes of a report of the mouse in its oldest form, of which there are three.
        case oldMouse([UInt8])
        case paste(Paste)
    }

    mutating func take(_ byte: UInt8) {
        if case .oldMouse(let bytes) = state { return takeMouse(bytes + [byte]) }
        for scalar in characters.take(byte) {
            if let scalar { take(scalar) } else { takeUnreadable() }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch state {
        case .ground: takeInGround(scalar)
        case .escape: takeAfterEscape(scalar)
        case .controlSequence(let parameters): takeInControlSequence(scalar, parameters)
        case .answer(let isEmpty, let hasEscape): takeInAnswer(scalar, isEmpty: isEmpty, after: hasEscape)
        case .singleShift:
            append(.unknown)
            state = .ground
        case .paste(var paste):
            let isOver = paste.take(scalar)
            state = isOver ? .ground : .paste(paste)
            if isOver { inputs.append(.pasted(paste.text)) }
        case .oldMouse: break
        }
    }

    /// A byte that is no text; in what is pasted, it is marked.
    private mutating func takeUnreadable() {
        if case .paste = state { take("\u{FFFD}") } else { take(.unknown) }
    }

    /// Takes a key that ncurses has recognised; in what is pasted, it was no key.
    mutating func take(_ key: Key) {
        if case .paste = state { return }
        endSequence()
        append(key)
    }

    /// What came so far; no more bytes are pending, so that an Escape was the key itself.
    ///
    /// A sequence that has parameters already, and a paste, go on with the next bytes: they come in parts over slow
    /// links, and the rest of them must not act as keys.
    mutating func finish() -> [Input] {
        switch state {
        case .escape, .controlSequence(""), .answer(isEmpty: true, _), .singleShift: endSequence()
        default: break
        }
        defer { inputs = [] }
        return inputs
    }

    private mutating func append(_ key: Key) {
        inputs.append(.key(key))
    }

    private mutating func takeInGround(_ scalar: Unicode.Scalar) {
        if scalar == "\u{1B}" { state = .escape } else { append(Key(typed: scalar)) }
    }

    private mutating func takeAfterEscape(_ scalar: Unicode.Scalar) {
        state = .ground
        switch scalar {
        case "\u{1B}":
            append(.escape)
            state = .escape
        case "[": state = .controlSequence("")
        case "O": state = .singleShift
        case "]": state = .answer(isEmpty: true, endsWithEscape: false)
        case "\u{0}"..." " where scalar != " ", "\u{7F}"..."\u{9F}": append(.unknown)
        default: append(.alt(Character(scalar)))
        }
    }

    private mutating func takeInControlSequence(_ scalar: Unicode.Scalar, _ parameters: String) {
        switch scalar {
        case "\u{20}"..."\u{3F}":
            // Longer ones than any terminal sends are not kept.
            state = .controlSequence(parameters.utf8.count < 32 ? parameters + String(scalar) : parameters)
        case "\u{40}"..."\u{7E}":
            state = .ground
            takeControlSequence(parameters, final: scalar)
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

    private mutating func takeControlSequence(_ parameters: String, final: Unicode.Scalar) {
        switch (parameters, final) {
        case ("200", "~"): state = .paste(Paste())
        // The end of a paste whose beginning was not seen, and reports that the window has the focus or lost it.
        case ("201", "~"), ("", "I"), ("", "O"): break
        case ("", "M"): state = .oldMouse([])
        case (_, "M") where parameters.hasPrefix("<"):
            if let mouse = Mouse(report: parameters.dropFirst()) { inputs.append(.mouse(mouse)) }
        // A button was released.
        case (_, "m") where parameters.hasPrefix("<"): break
        default: append(.unknown)
        }
    }

    private mutating func takeMouse(_ bytes: [UInt8]) {
        guard bytes.count == 3 else {
            state = .oldMouse(bytes)
            return
        }
        state = .ground
        let numbers = bytes.map { Int($0) - 32 }
        if let mouse = Mouse(button: numbers[0], column: numbers[1], row: numbers[2]) { inputs.append(.mouse(mouse)) }
    }

    private mutating func endSequence() {
        switch state {
        case .ground, .oldMouse, .paste: break
        case .escape: append(.escape)
        case .controlSequence(let parameters): append(parameters.isEmpty ? .alt("[") : .unknown)
        case .singleShift: append(.alt("O"))
        case .answer(let isEmpty, _): append(isEmpty ? .alt("]") : .unknown)
        }
        state = .ground
    }
}

/// Text that is being pasted, up to `ESC [ 201 ~` (xterm's ctlseqs, "Bracketed Paste Mode").
private struct Paste {
    /// More than anyone types; what goes beyond is dropped.
    static let limit = 100_000
    private static let end = Array("\u{1B}[201~".unicodeScalars)

    private(set) var text = ""
    private var count = 0
    private var matched = 0

    /// Takes a character; true when it was the last one of the mark at the end.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == Self.end[matched] {
            matched += 1
            return matched == Self.end.count
        }
        for skipped in Self.end[..<matched] { append(skipped) }
        matched = scalar == Self.end[0] ? 1 : 0
        if matched == 0 { append(scalar) }
        return false
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard count < Self.limit else { return }
        text.unicodeScalars.append(scalar)
        count += 1
    }
}

extension Mouse {
    /// Reads `button;column;row`, as mode 1006 reports them behind `<`; nil for what has no meaning here.
    fileprivate init?(report: Substring) {
        let numbers = report.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let button = numbers[0], let column = numbers[1], let row = numbers[2] else {
            return nil
        }
        self.init(button: button, column: column, row: row)
    }

    /// Shift, Alt and Control count 4, 8 and 16, a movement 32, the wheel 64.
    fileprivate init?(button: Int, column: Int, row: Int) {
        let act: Act? =
            switch button & ~28 {
            case 0: .click(count: 1)
            case 64: .wheelUp
            case 65: .wheelDown
            default: nil
            }
        guard let act, column > 0, row > 0 else { return nil }
        self.init(act, column: column - 1, row: row - 1)
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

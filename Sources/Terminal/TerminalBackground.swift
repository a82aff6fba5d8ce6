import Glibc
import Screen

/// Whether the terminal has a dark or a light background.
public enum TerminalBackground: Equatable, Sendable {
    /// Light text is readable on it.
    case dark
    /// Dark text is readable on it.
    case light

    /// Whether it is light.
    public var isLight: Bool { self == .light }

    /// Asks the terminal; where it does not answer, believes `COLORFGBG`; without that, takes it to be dark.
    ///
    /// To be called before a session starts. Blocks for at most a tenth of a second. The question is xterm's OSC 11; a
    /// terminal that does not know it answers the request for its attributes that follows, which ends the waiting early.
    /// What is typed meanwhile is lost.
    public static func ask(environment: (String) -> String?) -> TerminalBackground {
        let type = environment("TERM") ?? ""
        let knowsQuestion = !type.isEmpty && !["dumb", "linux"].contains(type) && !type.hasPrefix("vt")
        if knowsQuestion, let answer = TerminalQuestion.ask(), let background = TerminalBackground(reply: answer) {
            return background
        }
        return environment("COLORFGBG").flatMap(TerminalBackground.init(colorVariable:)) ?? .dark
    }

    /// What `ESC ] 11 ; rgb:RRRR/GGGG/BBBB` says, wherever in the bytes; nil when it is not there.
    ///
    /// Each part has one to four hexadecimal digits, as XParseColor(3) reads them.
    init?(reply: [UInt8]) {
        let text = String(decoding: reply, as: UTF8.self)
        let parts = text.split(separator: "\u{1B}]11;rgb:", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let values = parts[1].prefix { $0.isHexDigit || $0 == "/" }.split(separator: "/").compactMap { digits in
            Int(digits, radix: 16).map { $0 * 255 / ((1 << (4 * min(4, digits.count))) - 1) }
        }
        guard values.count == 3, values.allSatisfy({ $0 <= 255 }) else { return nil }
        self = 299 * values[0] + 587 * values[1] + 114 * values[2] > 128 * 1000 ? .light : .dark
    }

    /// What rxvt and its kin set: `15;0`, the number of the background last.
    init?(colorVariable: String) {
        guard let number = colorVariable.split(separator: ";").last.flatMap({ Int($0) }) else { return nil }
        guard (0...15).contains(number) else { return nil }
        self = number == 7 || number > 8 ? .light : .dark
    }
}

/// A question to the terminal, outside of a session.
private enum TerminalQuestion {
    /// The bytes that come until the terminal has told its attributes; nil when there is no terminal.
    static func ask() -> [UInt8]? {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        // A job in the background would be stopped by this.
        guard tcgetpgrp(terminal) == getpgrp(), tcgetattr(terminal, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(terminal, TCSANOW, &silent) == 0 else { return nil }
        defer { tcsetattr(terminal, TCSANOW, &before) }
        let question = Array("\u{1B}]11;?\u{1B}\\\u{1B}[c".utf8)
        guard write(terminal, question, question.count) == question.count else { return nil }
        return answer(on: terminal)
    }

    private static func answer(on terminal: Int32) -> [UInt8] {
        let limit = ContinuousClock.now + .milliseconds(100)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while !isComplete(bytes) {
            let left = (limit - ContinuousClock.now) / .milliseconds(1)
            guard left > 0, bytes.count < 4096 else { break }
            var polled = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, Int32(left.rounded(.up))) > 0 else { continue }
            let count = read(terminal, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    /// Whether the attributes, `ESC [ ? … c`, are there.
    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        guard let start = bytes.lastIndex(of: UInt8(ascii: "?")), bytes[..<start].last == UInt8(ascii: "[") else {
            return false
        }
        return bytes[start...].contains(UInt8(ascii: "c"))
    }
}

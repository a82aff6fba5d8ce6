import Glibc
import Screen
import Terminal

// Draws texts into the cells of tables, a screen at a time, and goes on with every key: terminal-host FILE, where zero
// bytes end the texts. When a screen has been drawn, a `#` is written over every place where a rule has to be, so that a
// rule which is still seen was not in its column; a line below tells the number of the screen.

/// The columns between two rules.
let width = 39

func read(_ path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
        String(decoding: $0, as: UTF8.self)
    }
}

func write(_ text: String, to terminal: Int32) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
        if count > 0 { sent += count }
        // Whoever has lost the terminal has nobody to draw for.
        guard count >= 0 || errno == EAGAIN || errno == EINTR else { exit(1) }
        // The terminal is read without waiting, and so it is written to without waiting.
        var descriptor = pollfd(fd: terminal, events: Int16(POLLOUT), revents: 0)
        poll(&descriptor, 1, 1000)
    }
}

func run() throws {
    var terminal = try TerminalSession(
        theme: Theme(name: "plain", styles: [.text: Style(foreground: .standard, background: .standard)])
    )
    let size = terminal.size()
    let across = (size.columns - 1) / (width + 1)
    let places = (0..<size.rows - 1).flatMap { row in (0..<across).map { (row: row, column: $0 * (width + 1)) } }
    var rest = read(CommandLine.arguments[1])[...]
    var number = 0
    while !rest.isEmpty {
        number += 1
        var frame = Frame(size: size)
        // Another rule on every second screen, so that all are sent again.
        let rule: SafeText = number % 2 == 0 ? "│" : "┃"
        var marks = "\u{1B}7"
        for place in places {
            frame.put(rule, column: place.column, row: place.row, role: .border)
            if let text = rest.popFirst() {
                frame.put(SafeText(text), column: place.column + 1, row: place.row, width: width, role: .text)
            }
            frame.put(rule, column: place.column + width + 1, row: place.row, role: .border)
            for column in [place.column, place.column + width + 1] {
                marks += "\u{1B}[\(place.row + 1);\(column + 1)H#"
            }
        }
        terminal.present(frame)
        write(marks + "\u{1B}[\(size.rows);1Hscreen \(number);\u{1B}8", to: terminal.inputDescriptor)
        var descriptor = pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0)
        poll(&descriptor, 1, -1)
        guard descriptor.revents & Int16(POLLHUP | POLLERR) == 0 else { exit(1) }
        _ = terminal.readKeys()
    }
}

do {
    try run()
} catch {
    print(error)
    exit(1)
}

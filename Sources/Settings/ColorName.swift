import Screen

extension Color {
    /// The colour that a theme file calls so: `default`, one of the 16 names, or `#rrggbb`; nil for anything else.
    ///
    /// Names that the palette of a theme defines are looked up before.
    init?(named name: String) {
        if name == "default" {
            self = .standard
        } else if let index = Color.ansiNames.firstIndex(of: name) {
            self = .ansi(UInt8(index))
        } else if let color = Color(hexadecimal: name) {
            self = color
        } else {
            return nil
        }
    }

    /// `#fb4934`.
    private init?(hexadecimal text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6 else { return nil }
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
        guard let value = UInt32(text.dropFirst(), radix: 16) else { return nil }
        self = .rgb(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
    }

    /// The 16 colours that every terminal lets the person choose, in their order.
    static let ansiNames = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black", "bright-red",
        "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white",
    ]

    /// What a colour may be, for messages.
    static let description = "default, red to bright-white, #rrggbb, or 0 to 255"
}

extension Setting {
    /// The colour that the setting is; nil when it is none.
    var color: Color? {
        switch value {
        case .string(let name): Color(named: name)
        case .integer(let index): UInt8(exactly: index).map(Color.ansi)
        default: nil
        }
    }

    /// The setting as it is repeated in a message.
    var text: String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        default: kind
        }
    }
}

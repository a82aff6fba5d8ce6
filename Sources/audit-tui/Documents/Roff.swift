/// A page for `man` while it is written, in the macros of man(7).
struct Roff {
    private(set) var text = ""

    /// A line of a macro, whose arguments are text.
    mutating func macro(_ name: String, _ arguments: String...) {
        text += "." + name + arguments.map { $0.count == 1 ? " \($0)" : " \"\(Self.escaped($0))\"" }.joined() + "\n"
    }

    /// A paragraph of text.
    mutating func paragraph(_ words: String) {
        text += ".PP\n" + Self.line(words)
    }

    /// A line of the synopsis.
    mutating func synopsis(_ parts: Part...) {
        text += ".PP\n" + parts.map(\.roff).joined() + "\n"
    }

    /// A paragraph with what it is about in bold before it.
    mutating func item(_ label: [Part], _ words: String) {
        text += ".TP\n" + label.map(\.roff).joined() + "\n" + Self.line(words)
    }

    /// A paragraph in which nothing is filled, such as an example.
    mutating func example(_ line: String) {
        text += ".PP\n.nf\n.RS\n" + Self.line(line) + ".RE\n.fi\n"
    }

    /// A piece of a label.
    enum Part {
        case plain(String)
        case bold(String)
        case italic(String)

        fileprivate var roff: String {
            switch self {
            case .plain(let text): Roff.escaped(text)
            case .bold(let text): "\\fB" + Roff.escaped(text) + "\\fR"
            case .italic(let text): "\\fI" + Roff.escaped(text) + "\\fR"
            }
        }
    }

    private static func line(_ words: String) -> String {
        let escaped = escaped(words)
        // A line that begins with one of these would be a request.
        return (escaped.first == "." ? "\\&" : "") + escaped + "\n"
    }

    /// The text as it is, none of it a request, and typographic signs kept plain so that they can be copied.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "-": "\\-"
            case "'": "\\(aq"
            case "\"": "\\(dq"
            case "^": "\\(ha"
            case "~": "\\(ti"
            case "`": "\\(ga"
            case "\n": " "
            case _ where scalar.isASCII: String(scalar)
            default:
                "\\[u" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
                    + String(scalar.value, radix: 16, uppercase: true) + "]"
            }
        }.joined()
    }
}

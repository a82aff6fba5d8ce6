/// The characters of a text that a terminal would act on or not show; line feeds are not among them.
public func actingCharacters(in text: String) -> Set<String> {
    let acting = text.unicodeScalars.filter { scalar in
        if scalar == "\n" { return false }
        if scalar.properties.isDefaultIgnorableCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
    return Set(acting.map { "U+" + String($0.value, radix: 16, uppercase: true) })
}

/// What is written that acts or hides, other than what the program and ncurses write to move, colour and switch.
public func foreignCharacters(in bytes: String) -> Set<String> {
    var text = bytes
    // The colour of the background is asked for once, before the screen.
    text.replace("\u{1B}]11;?\u{1B}\\", with: "")
    text.replace(#/\u{1B}\[[0-9;?>]*[A-HJKLMPSTX@chlmdrtgn]|\u{1B}[()][0AB]|\u{1B}[=>78M]/#) { match in
        // The reports that the data asks for, of the cursor and of all that is drawn.
        match.output.hasSuffix("6n") ? String(match.output) : ""
    }
    text.unicodeScalars.removeAll { "\r\n\u{8}\u{E}\u{F}".unicodeScalars.contains($0) }
    return actingCharacters(in: text)
}

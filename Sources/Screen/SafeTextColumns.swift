/// Where text stands within the columns it is given.
public enum Alignment: Hashable, Sendable {
    /// At the left, blanks after it.
    case left
    /// At the right, blanks before it.
    case right
    /// In the middle; an odd blank goes to the right.
    case center
}

extension SafeText {
    /// How many columns the text takes.
    public var width: Int {
        if isASCII { return string.utf8.count }
        return string.unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    }

    /// The text when it fits into that many columns, else its beginning and `…`.
    ///
    /// A wide character that would straddle the cut is left out, so that the result may be a column short.
    public func truncated(to columns: Int) -> SafeText {
        // No scalar takes more columns than its UTF-8 has bytes.
        if string.utf8.count <= columns { return self }
        guard columns > 0 else { return "" }
        if end(ofColumns: columns).index == string.endIndex { return self }
        return SafeText(trusted: string[..<end(ofColumns: columns - 1).index] + "…")
    }

    /// The text with blanks up to that many columns, or cut to them.
    public func padded(to columns: Int, alignment: Alignment = .left) -> SafeText {
        let text = truncated(to: columns)
        let blanks = max(columns - text.width, 0)
        let before =
            switch alignment {
            case .left: 0
            case .right: blanks
            case .center: blanks / 2
            }
        return SafeText(repeating: " ", count: before) + text + SafeText(repeating: " ", count: blanks - before)
    }

    /// The text without its first columns; the right half of a wide character that is cut leaves a blank.
    public func dropping(columns: Int) -> SafeText {
        guard columns > 0 else { return self }
        let cut = end(ofColumns: columns)
        if cut.columns == columns || cut.index == string.endIndex {
            return SafeText(trusted: String(string[cut.index...]))
        }
        let after = end(ofColumns: columns + 1)
        return SafeText(trusted: " " + string[after.index...])
    }

    /// The text cut into pieces of at most that many columns, the first one of at most `first`; one piece at least.
    ///
    /// Pieces are cut between glyphs, so that one may be a column short where the next glyph is wide.
    public func pieces(ofColumns columns: Int, first: Int? = nil) -> [SafeText] {
        var room = first ?? columns
        if string.utf8.count <= room { return [self] }
        guard columns > 1 else { return [self] }
        var pieces: [SafeText] = []
        var start = string.startIndex
        var used = 0
        for index in string.unicodeScalars.indices {
            let width = string.unicodeScalars[index].displayWidth
            if used + width > room {
                pieces.append(SafeText(trusted: String(string[start..<index])))
                (start, used, room) = (index, 0, columns)
            }
            used += width
        }
        return pieces + [SafeText(trusted: String(string[start...]))]
    }

    /// Where the glyphs end that fit into that many columns, and how many columns those take.
    private func end(ofColumns columns: Int) -> (index: String.Index, columns: Int) {
        var used = 0
        let scalars = string.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let width = scalars[index].displayWidth
            if used + width > columns { break }
            used += width
            index = scalars.index(after: index)
        }
        return (index, used)
    }

    private var isASCII: Bool {
        string.utf8.allSatisfy { $0 < 0x80 }
    }
}

/// What one cell or two hold: a spacing scalar and the zero-width ones that belong to it.
///
/// Not a `Character`: that would join what terminals and ncurses keep apart, such as Indic syllables.
struct Glyph: Equatable {
    var text: String
    var width: Int
}

extension SafeText {
    /// The text cut into what goes into cells.
    var glyphs: [Glyph] {
        var glyphs: [Glyph] = []
        glyphs.reserveCapacity(string.utf8.count)
        for scalar in string.unicodeScalars {
            let width = scalar.displayWidth
            if width == 0, !glyphs.isEmpty {
                glyphs[glyphs.count - 1].text.unicodeScalars.append(scalar)
            } else {
                glyphs.append(Glyph(text: String(scalar), width: width))
            }
        }
        return glyphs
    }
}

import JSON

extension Diff.Line {
    /// What a screen does not show of the value: how large it is where only a part is here, by which code points it differs
    /// from one that looks alike, and whether its meaning is uncertain.
    public var marks: [String] { [extent, lookAlike, ambiguity].compactMap(\.self) }

    private var extent: String? {
        if case .excerpt(let excerpt)? = document { "(\(excerpt.extent))" } else { nil }
    }

    private var lookAlike: String? {
        guard kind == .added, let new = document?.partText, let old = counterpart?.partText,
            max(old.utf8.count, new.utf8.count) <= Diff.Line.emphasisLimit
        else { return nil }
        return lookAlikeDifferences(from: old, to: new).map { "(looks alike: \($0))" }
    }

    /// The marks behind a value in a report, each behind two spaces; mostly empty.
    public var markText: String { marks.map { "  " + $0 }.joined() }
}

extension [Diff.Line] {
    /// More members that came, or went, are not compared with each other.
    private static let comparedNames = 200

    /// The lines with a note at members that came where others went whose names look alike.
    func markingNames() -> [Diff.Line] {
        let gone = indices.filter { self[$0].kind == .removed && self[$0].member != nil }
        let came = indices.filter { self[$0].kind == .added && self[$0].member != nil }
        guard !gone.isEmpty, !came.isEmpty, gone.count + came.count <= Self.comparedNames else { return self }
        var lines = self
        for index in came {
            for other in gone where self[other].location.dropLast() == self[index].location.dropLast() {
                guard let old = self[other].member, let new = self[index].member, looksAlike(old, new),
                    let differences = lookAlikeDifferences(from: old, to: new)
                else { continue }
                lines[index].note = "(its name looks alike: \(differences))"
            }
        }
        return lines
    }
}

extension [Diff.Line] {
    /// The lines with a mark at values that nobody can read for certain.
    func markingAmbiguities(by shape: TableShape?) -> [Diff.Line] {
        guard let shape else { return self }
        return map { line in
            guard let value = line.document, case .member(let name)? = line.location.first,
                let mark = shape.column(name)?.mark(of: value)
            else { return line }
            var line = line
            line.ambiguity = mark
            return line
        }
    }
}

extension Diff.Line {
    /// The name of the member, where it came or went as a whole.
    fileprivate var member: String? {
        guard !isPaired, document != nil, case .member(let name)? = location.last else { return nil }
        return name
    }
}

extension JSON {
    /// The text of a string, or the part of it in which it differs from another; nil for what is no text.
    fileprivate var partText: String? {
        switch self {
        case .string(let text): text
        case .excerpt(let excerpt) where excerpt.isWindow && excerpt.kind == .string: excerpt.text
        default: nil
        }
    }
}

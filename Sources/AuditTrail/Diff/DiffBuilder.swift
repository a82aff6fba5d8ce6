import JSON

/// Puts the lines of a difference together.
struct DiffBuilder {
    let keyColumns: Set<Spelling>
    let options: DiffOptions
    /// Columns that the trail says were changed, whether their values differ or not.
    var recordedColumns: Set<Spelling> = []
    var lines: [Diff.Line] = []

    /// Whether the row came or went, so that all of its columns did.
    private var isOneSided = false
    /// Where the part is that lines are being made of.
    private var path: JSONPath = []
    /// Whether the column of the path always changes.
    private var isInNoise = false
    /// Whether the table does not have the column of the path any more.
    private var isInGone = false
    private let noise: Set<Spelling>
    private let live: Set<Spelling>?

    init(keyColumns: Set<String>, options: DiffOptions) {
        self.keyColumns = Set(keyColumns.map(Spelling.init))
        self.options = options
        noise = Set(options.noiseColumns.map(Spelling.init))
        live = options.liveColumns.map { Set($0.map(Spelling.init)) }
    }

    /// All of a row that came or went.
    mutating func append(_ row: JSON, as kind: Diff.Line.Kind) {
        isOneSided = true
        for column in effective(row.members ?? []) {
            enter(.member(column.name))
            append(line(kind, column.value))
            leave()
        }
    }

    /// What differs between two rows: first the columns in their order, then those that always change.
    mutating func append(from old: JSON, to new: JSON) {
        let columns = JSONComparison(ofRows: old, new).parts
        let noisy = columns.filter { isChanged($0) && isNoise($0) }
        var footnotes: [String] = []
        let hidden = appendParts(columns.filter { !isChanged($0) || !isNoise($0) }, hasContext: true)
        if hidden > 0 { footnotes.append(counted(hidden, "unchanged column")) }
        if options.hidesNoise {
            if !noisy.isEmpty { footnotes.append(counted(noisy.count, "noise column")) }
        } else {
            for column in noisy {
                enter(column.step)
                _ = appendChange(column)
                leave()
            }
        }
        if !columns.contains(where: { isChanged($0) }) { lines.append(.words("no column differs")) }
        if !footnotes.isEmpty { lines.append(.words(footnotes.joined(separator: " and ") + " not shown")) }
    }

    private func isChanged(_ part: JSONComparison.Part) -> Bool {
        part.isChanged || isRecorded(part)
    }

    private func isRecorded(_ part: JSONComparison.Part) -> Bool {
        if case .member(let name) = part.step { recordedColumns.contains(Spelling(name)) } else { false }
    }

    private func isNoise(_ part: JSONComparison.Part) -> Bool {
        if case .member(let name) = part.step { noise.contains(Spelling(name)) } else { false }
    }

    private mutating func append(_ line: Diff.Line) {
        lines.append(line)
        lines[lines.count - 1].isNoise = isInNoise && line.kind != .context
        lines[lines.count - 1].isGone = isInGone
    }

    /// Makes a part the one that lines are made of.
    private mutating func enter(_ step: PathStep) {
        if path.isEmpty, case .member(let name) = step {
            let column = Spelling(name)
            isInNoise = !isOneSided && noise.contains(column)
            isInGone = live.map { !$0.contains(column) } ?? false
        }
        path.append(step)
    }

    /// Goes back to what the part is a part of.
    private mutating func leave() {
        path.removeLast()
    }

    private func line(_ kind: Diff.Line.Kind, _ value: JSON) -> Diff.Line { .value(kind, path, value) }
}

/// The parts of a value: columns of a row, members of an object, elements of an array.
extension DiffBuilder {
    /// Appends the changed parts of what the path leads to, and as many unchanged ones around them as are wanted; how
    /// many are not shown.
    private mutating func appendParts(_ parts: [JSONComparison.Part], hasContext: Bool) -> Int {
        let isTop = path.isEmpty
        let isNear = hasContext ? nearness(parts.map { isTop ? isChanged($0) : $0.isChanged }) : []
        var hidden = 0
        // By index, because a loop over the parts would copy each of them, most of which are only counted.
        for index in parts.indices {
            let isShown = parts[index].isChanged || isTop && isRecorded(parts[index])
            guard isShown || hasContext && isNear[index] || isTop && isKey(parts[index]) else {
                hidden += 1
                continue
            }
            enter(parts[index].step)
            if isShown {
                hidden += appendChange(parts[index])
            } else if let value = parts[index].comparison.new {
                append(line(.context, value))
            }
            leave()
        }
        return hidden
    }

    private func isKey(_ part: JSONComparison.Part) -> Bool {
        if case .member(let name) = part.step { keyColumns.contains(Spelling(name)) } else { false }
    }

    /// For each place, whether something changed no further away than the context reaches.
    private func nearness(_ isChanged: [Bool]) -> [Bool] {
        var isNear = isChanged
        var reach = 0
        for index in isChanged.indices {
            if reach > 0 { isNear[index] = true }
            reach = isChanged[index] ? options.context : reach - 1
        }
        reach = 0
        for index in isChanged.indices.reversed() {
            if reach > 0 { isNear[index] = true }
            reach = isChanged[index] ? options.context : reach - 1
        }
        return isNear
    }

    /// Appends what became of the part that the path leads to; how many unchanged parts inside it are not shown and not
    /// counted in a heading.
    private mutating func appendChange(_ part: JSONComparison.Part) -> Int {
        let comparison = part.comparison
        if part.isMoved, case .element(let index) = part.oldStep {
            append(Diff.Line(kind: .moved, location: path, value: "was [\(index)]"))
        }
        guard !comparison.parts.isEmpty, comparison.changeCount > 0 else {
            if comparison.changeCount > 0 || !part.isMoved { appendValues(comparison) }
            return 0
        }
        // A heading for a single change deep inside would say less than its path does. On the way there no context is
        // shown: in a document of a thousand levels it would be a thousand lines with long paths.
        guard path.count == 1 || comparison.changeCount > 1 else {
            let isAroundChange = comparison.parts.contains { $0.isChanged && $0.comparison.parts.isEmpty }
            return appendParts(comparison.parts, hasContext: isAroundChange)
        }
        let heading = lines.count
        append(self.heading(of: comparison))
        guard !lines[heading].isFolded else { return 0 }
        let hidden = appendParts(comparison.parts, hasContext: true)
        if hidden > 0 { lines[heading].note = "· \(grouped(hidden)) unchanged not shown" }
        return 0
    }

    /// The line or two of a value that changed as a whole, or was recorded as changed though it reads the same.
    private mutating func appendValues(_ comparison: JSONComparison) {
        let isPaired = comparison.old != nil && comparison.new != nil
        if let old = comparison.old {
            var line = line(.removed, old)
            (line.isPaired, line.counterpart) = (isPaired, comparison.new)
            append(line)
        }
        if let new = comparison.new {
            var line = line(.added, new)
            (line.isPaired, line.counterpart) = (isPaired, comparison.old)
            if comparison.changeCount == 0 {
                line.note = new.isMasked ? "(masked)" : "(recorded as changed, reads the same)"
            }
            append(line)
        }
    }

    private func heading(of comparison: JSONComparison) -> Diff.Line {
        let changed = comparison.parts.count { $0.isChanged }
        let isArray = comparison.new?.elements != nil
        let size = comparison.new?.elements?.count ?? comparison.new?.members?.count ?? 0
        let words = "\(counted(size, isArray ? "item" : "key")), \(grouped(changed)) changed"
        return Diff.Line(
            kind: .heading,
            location: path,
            value: isArray ? "[ \(words) ]" : "{ \(words) }",
            isFolded: options.folded.contains(path)
        )
    }
}

/// Changes of which a side is not known.
extension DiffBuilder {
    /// The lines of the key, which is known even where the row is not.
    static func key(of activity: Activity) -> [Diff.Line] {
        (activity.key ?? []).map { .value(.context, [.member($0.name)], $0.value) }
    }

    /// The lines of an update of which the row before, or what it changed, is not known.
    static func partlyUnknown(_ activity: Activity, options: DiffOptions) -> [Diff.Line] {
        var builder = DiffBuilder(keyColumns: [], options: options)
        builder.lines = key(of: activity)
        let columns = effective(activity.changedData?.members ?? [])
        let telling = columns.filter { !builder.noise.contains(Spelling($0.name)) }
        let noisy = options.hidesNoise ? [] : columns.filter { builder.noise.contains(Spelling($0.name)) }
        for column in telling + noisy {
            builder.enter(.member(column.name))
            for var line in [Diff.Line.unknown(.removed, builder.path), builder.line(.added, column.value)] {
                line.isPaired = true
                builder.append(line)
            }
            builder.leave()
        }
        let side = activity.changedData == nil ? "what changed" : "the row before"
        builder.lines.append(.flag("\(side) is too large to be fetched with the others"))
        return builder.lines
    }
}

/// A number of things in words: `1 key`, `1,200 keys`.
func counted(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

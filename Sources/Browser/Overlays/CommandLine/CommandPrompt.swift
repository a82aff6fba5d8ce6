import AuditTrail
import Screen

/// A command, while it is typed.
public struct CommandPrompt: Equatable, Sendable {
    /// What has been typed.
    public var line = LineEditor()
    /// What is wrong with it; nil before Enter.
    public var error: String?
    /// What can complete it.
    var completion = Completion.none
    /// Which completion was taken last; nil before the first.
    var taken: Int?
    /// How far back in the recent commands it is; 0 is what was typed.
    var recall = 0
    /// What was typed before the first recall.
    var typed = ""

    /// The commands: their names, what they take, and what they do.
    static let commands = [
        Command("sql", nil, "the statements behind what is on screen"),
        Command("filter", .filter, "filter by an expression; without one, by nothing"),
        Command("goto", .destination, "go to a time, a transaction or a row"),
        Command("set", .setting, "change a setting; without one, list them"),
        Command("keys", .view, "all keys, or those of a view"),
        Command("tables", nil, "the tables"), Command("actors", nil, "the actors of late"),
        Command("timeline", nil, "the timeline"), Command("health", nil, "the health of the trail"),
        Command("summary", nil, "what the filtered changes have in common"),
        Command("follow", nil, "follow the newest end, or stop"), Command("refresh", nil, "read again"),
        Command("export", .export, "write the changes to a file; its name may follow"),
        Command("theme", .theme, "look like another theme; without a name, the next one"),
        Command("help", nil, "the keys of this view"), Command("quit", nil, "quit"),
    ]

    /// The command that has been typed so far, its name being behind the cursor.
    private static func completion(of text: String, in model: Model) -> Completion {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isWhitespace)
        if parts.count == 2 {
            let command = try? command(named: parts[0].lowercased())
            return command?.argument?.completion(of: String(parts[1]), in: model) ?? .none
        }
        let name = text.lowercased()
        return Completion(
            length: text.count,
            candidates: commands.filter { $0.name.hasPrefix(name) }.map { command in
                guard let argument = command.argument else {
                    return Completion.Candidate(command.name, command.purpose)
                }
                let label = "\(command.name) \(argument.rawValue)"
                return Completion.Candidate(command.name + " ", label: label, command.purpose)
            }
        )
    }

    /// The command of a name, or of its beginning when that is the beginning of no other.
    static func command(named name: String) throws(CommandError) -> Command {
        let matches = commands.filter { $0.name.hasPrefix(name) }
        guard let command = matches.first(where: { $0.name == name }) ?? (matches.count == 1 ? matches[0] : nil) else {
            throw matches.isEmpty ? .unknown(name) : .ambiguous(name, matches.map(\.name))
        }
        return command
    }

    /// Finds anew what can complete the line.
    mutating func reread(in model: Model) {
        error = nil
        taken = nil
        completion = Self.completion(of: line.before, in: model)
    }

    /// Takes the next completion in the place of the last; the list stays while Tab walks through it.
    mutating func complete(forward: Bool, in model: Model) {
        let candidates = completion.candidates
        guard !candidates.isEmpty else { return }
        let count = candidates.count
        let next = taken.map { ($0 + (forward ? 1 : count - 1)) % count } ?? (forward ? 0 : count - 1)
        line.replace(last: taken.map { candidates[$0].text.count } ?? completion.length, with: candidates[next].text)
        taken = next
        error = nil
        if count == 1 { reread(in: model) }
    }

    /// Goes through the commands that were run before, the newest first.
    mutating func recall(by distance: Int, in model: Model) {
        if recall == 0 { typed = line.text }
        recall = min(max(0, recall + distance), model.recentCommands.count)
        line = LineEditor(recall == 0 ? typed : model.recentCommands[recall - 1])
        reread(in: model)
    }
}

/// The command line.
extension Model {
    /// How many commands are remembered.
    private static let recentCommandLimit = 100

    mutating func openCommandLine() -> [Effect] {
        var prompt = CommandPrompt()
        prompt.reread(in: self)
        overlay = .command(prompt)
        return []
    }

    mutating func handle(_ key: Key, in prompt: CommandPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
            return []
        case .enter: return run(prompt)
        case .tab: prompt.complete(forward: true, in: self)
        case .backTab: prompt.complete(forward: false, in: self)
        case .up, .control("p"): prompt.recall(by: 1, in: self)
        case .down, .control("n"): prompt.recall(by: -1, in: self)
        case .control("z"): return [.suspend]
        case .backspace where prompt.line.text.isEmpty:
            overlay = nil
            return []
        default:
            guard prompt.line.handle(key) else { return [] }
            prompt.reread(in: self)
        }
        overlay = .command(prompt)
        return []
    }

    /// Runs what has been typed; what cannot be run stays, with the reason.
    private mutating func run(_ prompt: CommandPrompt) -> [Effect] {
        remember(command: prompt.line.text)
        do throws(CommandError) {
            let effects = try run(prompt.line.text)
            if case .command = overlay { overlay = nil }
            return effects
        } catch {
            var prompt = prompt
            prompt.error = error.description
            overlay = .command(prompt)
            return []
        }
    }

    private mutating func remember(command text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        recentCommands.removeAll { $0 == text }
        recentCommands = [text] + recentCommands.prefix(Self.recentCommandLimit - 1)
    }

    private mutating func run(_ text: String) throws(CommandError) -> [Effect] {
        let words = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map { String($0) }
        guard let name = words.first?.lowercased() else { return [] }
        let command = try CommandPrompt.command(named: name)
        let argument = words.count > 1 ? words[1] : ""
        guard command.argument != nil || argument.isEmpty else { throw .takesNothing(command.name) }
        return try run(command.name, argument)
    }

    private mutating func run(_ name: String, _ argument: String) throws(CommandError) -> [Effect] {
        switch name {
        case "sql": return [.showStatements]
        case "filter":
            do {
                return apply(try Filter(parsing: argument, now: now))
            } catch {
                throw .other("\(error)")
            }
        case "goto":
            do {
                return go(to: try Destination(parsing: argument, now: now))
            } catch {
                throw .other("\(error)")
            }
        case "theme": return try useTheme(argument)
        case "export": return try runExport(argument)
        case "set": return try set(argument)
        case "keys": return try showKeys(of: argument)
        case "follow": return toggleFollow()
        case "refresh": return refresh()
        case "help":
            overlay = .help(Help(of: self))
            return []
        case "quit": return [.quit]
        default: return Overview.Subject(rawValue: name).map { open($0) } ?? []
        }
    }
}

/// Why a command was not run.
enum CommandError: Error, Equatable {
    case unknown(String)
    case ambiguous(String, [String])
    case takesNothing(String)
    case other(String)

    var description: String {
        switch self {
        case .unknown(let name): "there is no command \(name); Tab completes"
        case .ambiguous(let name, let names): "\(name) may be \(names.joined(separator: " or "))"
        case .takesNothing(let name): "\(name) takes nothing behind it"
        case .other(let text): text
        }
    }
}

extension Frame {
    /// The command line in the row of the status, what can be typed above it.
    mutating func drawCommand(_ prompt: CommandPrompt) {
        let row = size.rows - 2
        fill(row: row, columns: 0..<size.columns, role: .prompt)
        let before = ":" + SafeText(prompt.line.before)
        // A long line scrolls so that the cursor stays in sight.
        let shift = max(0, before.width - size.columns + 1)
        let text = (before + SafeText(prompt.line.after)).dropping(columns: shift)
        let end = put(text, column: 0, row: row, role: .prompt)
        cursor = Cursor(column: min(before.width - shift, size.columns - 1), row: row)
        let words = prompt.error.map { "✘ " + SafeText($0) } ?? ""
        // Where the line leaves no room behind it, the reason stands above it.
        let isBehind = end + 2 + words.width <= size.columns
        drawCandidates(of: prompt, above: isBehind ? row : row - 1)
        guard prompt.error != nil else { return }
        if !isBehind { fill(row: row - 1, columns: 0..<size.columns, role: .popup) }
        put(words, column: isBehind ? end + 2 : 1, row: isBehind ? row : row - 1, role: .error)
    }

    private mutating func drawCandidates(of prompt: CommandPrompt, above row: Int) {
        let candidates = prompt.completion.candidates
        let height = min(candidates.count, max(0, row - 3))
        // The row of the header and that of the filter stay.
        let top = max(0, min((prompt.taken ?? 0) - height / 2, candidates.count - height))
        for (offset, candidate) in candidates[top..<top + height].enumerated() {
            let place = row - height + offset
            let isTaken = top + offset == prompt.taken
            fill(row: place, columns: 0..<size.columns, role: .popup)
            let name = SafeText(candidate.label).padded(to: 18)
            put(name + SafeText(candidate.note), column: 1, row: place, role: .popup)
            if isTaken { overlay(row: place, columns: 0..<size.columns, role: .cursor) }
        }
    }
}

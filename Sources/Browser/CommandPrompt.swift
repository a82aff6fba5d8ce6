import AuditTrail
import Screen

/// A command, while it is typed.
public struct CommandPrompt: Equatable, Sendable {
    /// What has been typed.
    public var line = LineEditor()
    /// What is wrong with it; nil before Enter.
    public var error: String?

    /// The commands by name, what they take, and what they do.
    static let commands: [(name: String, argument: String?, purpose: String)] = [
        ("sql", nil, "the statements behind what is on screen"),
        ("filter", "EXPR", "filter by an expression; without one, by nothing"),
        ("goto", "PLACE", "go to a time, a transaction or a row"),
        ("tables", nil, "the tables"), ("actors", nil, "the actors of late"), ("timeline", nil, "the timeline"),
        ("health", nil, "the health of the trail"), ("summary", nil, "what the filtered changes have in common"),
        ("follow", nil, "follow the newest end, or stop"), ("refresh", nil, "read again"), ("help", nil, "the keys"),
        ("quit", nil, "quit"),
    ]

    /// The commands that begin with what has been typed; none behind a whole name.
    var candidates: [(name: String, argument: String?, purpose: String)] {
        let text = line.text.lowercased()
        return text.contains(" ") ? [] : CommandPrompt.commands.filter { $0.name.hasPrefix(text) }
    }
}

/// The command line.
extension Model {
    mutating func handle(_ key: Key, in prompt: CommandPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
            return []
        case .enter:
            do {
                let effects = try run(prompt)
                if case .command = overlay { overlay = nil }
                return effects
            } catch {
                prompt.error = error.description
            }
        case .tab:
            guard let first = prompt.candidates.first else { return [] }
            prompt.line = LineEditor(first.name + (first.argument == nil ? "" : " "))
        case .control("z"): return [.suspend]
        case .backspace where prompt.line.text.isEmpty:
            overlay = nil
            return []
        default:
            guard prompt.line.handle(key) else { return [] }
            prompt.error = nil
        }
        overlay = .command(prompt)
        return []
    }

    private mutating func run(_ prompt: CommandPrompt) throws(CommandError) -> [Effect] {
        let words = prompt.line.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map { String($0) }
        guard let name = words.first?.lowercased() else { return [] }
        let matches = CommandPrompt.commands.filter { $0.name.hasPrefix(name) }
        guard let command = matches.first(where: { $0.name == name }) ?? (matches.count == 1 ? matches[0] : nil) else {
            throw matches.isEmpty ? .unknown(name) : .ambiguous(name, matches.map(\.name))
        }
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

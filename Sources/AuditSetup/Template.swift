import AuditTrail
import Postgres

/// A `.sql` file with variables, written and replaced as in psql: `:"schema"` becomes an identifier, `:'schema'` a
/// string, `:actor_type` the value as it is.
///
/// Values are not read again, so that a name which looks like a variable stays a name. Unlike psql, variables are
/// replaced within the dollar quotes of a function body too: a body cannot know its schema otherwise.
struct Template {
    let text: String

    /// The comment at the top of the file is for its readers, and is left out: it may mention variables, and a value
    /// with a line break in it would end the comment.
    init(_ file: String) {
        text = String(file[Self.endOfComment(in: file)...])
    }

    private static func endOfComment(in file: String) -> String.Index {
        var start = file.startIndex
        while file[start...].hasPrefix("--"), let end = file[start...].firstIndex(of: "\n") {
            start = file.index(after: end)
        }
        return start
    }

    /// The SQL, with variables that have no value left as they are, for the server to refuse.
    func filled(with values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let colon = rest.firstIndex(of: ":") {
            result += rest[..<colon]
            let after = rest[rest.index(after: colon)...]
            if after.first == ":" {
                result += "::"
                rest = after.dropFirst()
            } else if let variable = Variable(startOf: after), let value = values[variable.name] {
                result += variable.quoted(value)
                rest = after[variable.end...]
            } else {
                result += ":"
                rest = after
            }
        }
        return result + rest
    }

    private struct Variable {
        var name: String
        var quote: Character?
        var end: String.Index

        init?(startOf text: Substring) {
            let quote = text.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
            let name = (quote == nil ? text : text.dropFirst()).prefix { $0.isLetter || $0 == "_" }
            guard !name.isEmpty else { return nil }
            self.name = String(name)
            self.quote = quote
            end = name.endIndex
            if let quote {
                guard end < text.endIndex, text[end] == quote else { return nil }
                end = text.index(after: end)
            }
        }

        func quoted(_ value: String) -> String {
            switch quote {
            case "\"": quotedIdentifier(value)
            case "'": quotedLiteral(value)
            default: value
            }
        }
    }
}

extension TableName {
    /// `"schema"."name"`, always quoted: bare words may be reserved ones.
    var quoted: String { "\(quotedIdentifier(schema)).\(quotedIdentifier(name))" }
}

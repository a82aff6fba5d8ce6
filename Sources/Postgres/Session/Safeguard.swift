/// What must hold of relations while a statement reads them, so that nobody else's code runs with the reader's rights.
///
/// They are locked and looked at in the transaction of the statement, before it is planned: whoever owns them could put a
/// view in the place of a table, or a type with casts of his in that of a column, at any moment.
public struct Safeguard: Equatable, Sendable {
    /// A relation that is read.
    public struct Relation: Equatable, Sendable {
        var schema: String
        var name: String
        /// The columns that are relied on, with the numbers of their types.
        var types: [String: String]
        /// The kinds that it may be, as letters of `pg_class.relkind`.
        var kinds: String

        /// A relation with the columns that are relied on, which is a table unless it may be a view or a foreign table, too.
        public init(_ schema: String, _ name: String, types: [(String, String)] = [], mayBeView: Bool = false) {
            self.schema = schema
            self.name = name
            self.types = Dictionary(types) { first, _ in first }
            kinds = mayBeView ? "rpvf" : "rp"
        }
    }

    private let relations: [Relation]
    private let trustedRoles: [String]

    /// A safeguard of relations; `trustedRoles` are trusted like superusers and the reader.
    public init(_ relations: [Relation], trustedRoles: [String] = []) {
        self.relations = relations
        self.trustedRoles = trustedRoles
    }

    /// What looks at relations that are locked, for scripts.
    ///
    /// Its parameters are schemas, names, types, kinds and trusted roles (`safeguard.sql`). Where one is not what it must be, it ends
    /// with an error whose message has the reason between `audit-tui{` and `}`.
    public static let text = Template(SQLFiles.safeguard).filled()

    /// Both of two.
    public func and(_ other: Safeguard?) -> Safeguard {
        guard let other else { return self }
        return Safeguard(relations + other.relations, trustedRoles: trustedRoles + other.trustedRoles)
    }

    /// What is parsed, but neither planned nor run, to have the relations locked until the transaction ends.
    var lock: SQL {
        let relations = relations.map { SQL.name($0.schema, $0.name) }
        return "select from \(relations.joined(separator: ", "))"
    }

    /// What looks at them once they are locked, with its parameters.
    var check: Request {
        let types = relations.map { relation in
            let members = relation.types.sorted { $0.key < $1.key }.map {
                "\(jsonString($0.key)):\(jsonString($0.value))"
            }
            return "{" + members.joined(separator: ",") + "}"
        }
        return (
            Statement("safeguard", SQLFiles.safeguard).repeated(),
            [
                arrayLiteral(relations.map(\.schema)), arrayLiteral(relations.map(\.name)), arrayLiteral(types),
                arrayLiteral(relations.map(\.kinds)), arrayLiteral(trustedRoles),
            ]
        )
    }

    /// What the check has found, in the message of its error; nil for another error.
    static func problem(in error: ServerError) -> String? {
        guard error.sqlState == "22P02", let start = error.message.firstRange(of: "audit-tui{"),
            let end = error.message.unicodeScalars.lastIndex(of: "}"), start.upperBound <= end
        else { return nil }
        return String(error.message[start.upperBound..<end])
    }
}

extension Statement {
    /// The statement, which is not run unless the safeguard holds.
    public func guarded(by safeguard: Safeguard?) -> Statement {
        var statement = self
        statement.safeguard = safeguard.map { $0.and(self.safeguard) }
        return statement
    }
}

/// A string of JSON.
private func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": result += "\\" + String(scalar)
        case _ where scalar.value < 32:
            let digits = String(scalar.value, radix: 16)
            result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

import AuditTrail
import JSON
import Postgres

/// The values of a revert that are too large for a script: where the trail holds each of them, and what tells it from others.
///
/// Does no input or output itself: `next` says what to run, `received` is given the result.
struct LargeValues: Sendable {
    /// What a value is, wherever it is read.
    fileprivate struct Value: Sendable {
        /// How many bytes its text has.
        var byteCount: Int64
        /// The SHA-256 of the text of its jsonb, in hexadecimal digits.
        var digest: String
    }

    /// About so many bytes are looked at by one statement.
    static let mostBytesAtOnce = 64_000_000

    private let trail: Trail
    private var values: [Excerpt.Origin: Value] = [:]
    private var waiting: [(origin: Excerpt.Origin, byteCount: Int)] = []
    private var asked: [Excerpt.Origin] = []
    /// Why a value cannot be had.
    private(set) var problem: String?

    /// What the steps of a revert write or compare.
    init(_ plan: RevertPlan, in trail: Trail) {
        self.trail = trail
        var known: Set<Excerpt.Origin> = []
        for (_, excerpt) in plan.steps.flatMap(\.documents).flatMap(\.excerpts) {
            guard let origin = excerpt.origin, known.insert(origin).inserted else { continue }
            waiting.append((origin, excerpt.byteCount))
        }
    }

    /// Whether there is none.
    var isEmpty: Bool { values.isEmpty }

    /// The schema of the trail.
    var schema: String { trail.schema }

    /// The statement to run next, with its parameters; nil when all is known of them.
    mutating func next() -> Request? {
        guard !waiting.isEmpty, problem == nil else { return nil }
        asked = waiting.prefix(ofBytes: Self.mostBytesAtOnce, \.byteCount).map(\.origin)
        waiting.removeFirst(asked.count)
        return (
            Statements.revertValues.statement(of: trail),
            [
                arrayLiteral(asked.map { String($0.activity) }), arrayLiteral(asked.map { String($0.isOld) }),
                arrayLiteral(asked.map(\.column)),
            ]
        )
    }

    /// Takes in the result of the statement.
    ///
    /// Throws `PostgresError.undecodable`.
    mutating func received(_ result: borrowing QueryResult) throws(PostgresError) {
        let found = try result.map { row throws(PostgresError) in (try row.optionalInteger(0), row.optionalText(1)) }
        for (origin, (byteCount, digest)) in zip(asked, found) {
            guard let byteCount, let digest else {
                problem = "activity \(origin.activity) has gone from the trail meanwhile"
                return
            }
            values[origin] = Value(byteCount: byteCount, digest: digest)
        }
    }
}

extension LargeValues {
    /// Rows as they stand in a script, with null for each large value, and what says where that is and is put.
    struct Lent {
        var rows: JSON
        /// The list for `revert_take.sql`.
        var list: JSON
        /// What is read from where, in words.
        var notes: [String]
    }

    /// The rows of a statement as they stand in a script; nil where all is in them.
    func lent(_ rows: JSON) -> Lent? {
        var places: [(origin: Excerpt.Origin, paths: [[String]])] = []
        let rest = rows.withoutExcerpts(at: []) { path, origin in
            if let index = places.firstIndex(where: { $0.origin == origin }) {
                places[index].paths.append(path)
            } else {
                places.append((origin, [path]))
            }
        }
        guard !places.isEmpty else { return nil }
        // The server knows no value of which nothing is known here.
        let found = places.map { place in
            (place.origin, values[place.origin] ?? Value(byteCount: 0, digest: ""), place.paths)
        }
        return Lent(
            rows: rest,
            list: .array(found.map(entry)),
            notes: found.map { origin, value, _ in
                "the value of \(grouped(value.byteCount)) bytes of column \(origin.column) "
                    + "\(origin.isOld ? "before" : "after") the change is read from activity \(origin.activity)"
            }
        )
    }

    private func entry(_ origin: Excerpt.Origin, _ value: Value, into paths: [[String]]) -> JSON {
        .object([
            JSON.Member("name", .string(commentText("activity \(origin.activity), column \(origin.column)"))),
            JSON.Member("activity", .integer(origin.activity)),
            JSON.Member("side", .string(origin.isOld ? "old_data" : "changed_data")),
            JSON.Member("column", .string(origin.column)), JSON.Member("bytes", .integer(value.byteCount)),
            JSON.Member("sha256", .string(value.digest)),
            JSON.Member("into", .array(paths.map { .array($0.map(JSON.string)) })),
        ])
    }

    /// A row as it is sent to the server, and what is missing in it, for `revert_documents.sql`.
    func sent(_ row: JSON) -> (row: JSON, missing: JSON) {
        var missing: [JSON.Member] = []
        let rest = row.withoutExcerpts(at: []) { path, origin in
            guard let name = path.first else { return }
            let place: [JSON] = [.integer(origin.activity), .bool(origin.isOld), .string(origin.column)]
            missing.append(JSON.Member(name, .array(place)))
        }
        return (rest, .object(missing))
    }
}

extension AttributedActivity {
    /// The change with excerpts that know where they are from.
    var withOrigins: AttributedActivity {
        guard activity.holdsExcerpts else { return self }
        var change = self
        change.activity.oldData = activity.oldData?.withOrigins(activity.id, isOld: true)
        change.activity.changedData = activity.changedData?.withOrigins(activity.id, isOld: false)
        return change
    }
}

extension RevertStep {
    /// All that is compared or written.
    var documents: [JSON] { [written, restored] + (end.map { [$0] } ?? []) }
}

extension JSON {
    /// The members of a row that are not here as a whole.
    var excerpts: [(column: String, excerpt: Excerpt)] {
        (members ?? []).compactMap { member in
            if case .excerpt(let excerpt) = member.value { (member.name, excerpt) } else { nil }
        }
    }

    fileprivate func withOrigins(_ activity: Int64, isOld: Bool) -> JSON {
        guard let members else { return self }
        return .object(
            members.map { member in
                guard case .excerpt(var excerpt) = member.value else { return member }
                excerpt.origin = Excerpt.Origin(activity: activity, isOld: isOld, column: member.name)
                return JSON.Member(member.name, .excerpt(excerpt))
            }
        )
    }

    /// The document with null in the place of each excerpt, of which it is told where the whole is, and the path to it.
    ///
    /// Excerpts are members of rows, which stand in the members of an object, or in lists of lists in these: nothing is looked for
    /// deeper than that, however deep a value nests.
    fileprivate func withoutExcerpts(at path: [String], _ found: ([String], Excerpt.Origin) -> Void) -> JSON {
        switch self {
        case .excerpt(let excerpt):
            if let origin = excerpt.origin { found(path, origin) }
            return .null
        case .object(let members) where path.count < 4:
            return .object(members.map { Member($0.name, $0.value.withoutExcerpts(at: path + [$0.name], found)) })
        case .array(let elements) where path.count < 4:
            return .array(elements.enumerated().map { $1.withoutExcerpts(at: path + [String($0)], found) })
        default: return self
        }
    }
}

extension Array {
    /// As many of the first as have no more bytes than that together, but one at least.
    func prefix(ofBytes most: Int, _ byteCount: (Element) -> Int) -> ArraySlice<Element> {
        var sum = 0
        let count = prefix { element in
            sum += byteCount(element)
            return sum <= most
        }.count
        return prefix(Swift.max(1, count))
    }
}

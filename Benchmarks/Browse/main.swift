import AuditQuery
import AuditTrail
import Glibc
import Postgres

// browse-benchmark CONNINFO TABLE ACTOR: milliseconds of every kind of page, each asked several times in one run,
// the first time and the median of the others. Prints a table; asserts nothing.

/// One question as often as it takes, and what it took.
func measure(_ name: String, _ question: Question, _ trail: Trail, _ connection: borrowing Connection) throws {
    var times: [Double] = []
    for _ in 0..<9 {
        let start = ContinuousClock.now
        _ = try trail.answer(to: question, on: connection)
        times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    report(name, times)
}

func report(_ name: String, _ times: [Double]) {
    let rest = times.dropFirst().sorted()
    print(padded(name, 44), decimal(times[0]), decimal(rest[rest.count / 2]), decimal(rest[rest.count - 1]))
}

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

func decimal(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10).rounded())
    let text = "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
}

/// Pages through the list from an anchor on; the time of each page.
func walk(
    _ pages: Int,
    _ filter: Filter,
    _ trail: Trail,
    _ connection: borrowing Connection
) throws -> [Double] {
    var anchor = Anchor.newest
    var times: [Double] = []
    for _ in 0..<pages {
        let start = ContinuousClock.now
        guard
            case .transactions(let page) = try trail.answer(
                to: .transactions(filter, at: anchor, limit: 200),
                on: connection
            )
        else { break }
        times.append((ContinuousClock.now - start) / .milliseconds(1))
        guard let next = page.next else { break }
        anchor = .older(than: next)
    }
    return times
}

guard CommandLine.arguments.count == 4 else {
    print("usage: browse-benchmark CONNINFO TABLE ACTOR")
    exit(2)
}
let connection = try Connection.open(ConnectionSettings(database: CommandLine.arguments[1]))
let trail = try Trail.open(on: connection, schema: nil)
var table = Filter()
table.tables = [TablePattern(name: CommandLine.arguments[2])]
var actor = Filter()
actor.actors = [.matching(CommandLine.arguments[3])]
print(padded("milliseconds", 44), "    first", "   median", "    worst")
try measure("first page", .transactions(Filter(), at: .newest, limit: 200), trail, connection)
try measure("last page", .transactions(Filter(), at: .oldest, limit: 200), trail, connection)
report("50 pages on, each", try walk(50, Filter(), trail, connection))
try measure(
    "table \(CommandLine.arguments[2]), first page",
    .transactions(table, at: .newest, limit: 200),
    trail,
    connection
)
report("table \(CommandLine.arguments[2]), 20 pages on", try walk(20, table, trail, connection))
try measure(
    "actor \(CommandLine.arguments[3]), first page",
    .transactions(actor, at: .newest, limit: 200),
    trail,
    connection
)
report("actor \(CommandLine.arguments[3]), 20 pages on", try walk(20, actor, trail, connection))
if case .transactions(let page) = try trail.answer(to: .transactions(Filter(), at: .newest, limit: 1), on: connection),
    let transaction = page.transactions.first
{
    let scope = ActivityScope(of: transaction, filter: Filter())
    try measure("changes of the newest transaction", .activities(scope, after: 0, limit: 50), trail, connection)
}
try measure("table picker", .tables, trail, connection)
try measure("actor picker", .actors(containing: ""), trail, connection)
try measure("news", .news(since: nil, Filter()), trail, connection)

import AuditQuery
import AuditTrail
import Glibc
import Postgres

// page-benchmark CONNINFO DATE FOLDER FILTER...: milliseconds of pages of transactions for each filter (the empty text for
// none) and of what is opened from them. Writes what the pages hold to FOLDER/pages, a line a transaction: filter, run,
// place in the order of the run, order, place, native id, activities; and what was opened to FOLDER/activities: filter,
// native id, activity id. Asserts nothing.

/// So many pages that hold something are read on from each place, in at most so many steps.
let pagesOfRun = 8
let stepsOfRun = 100

struct Output: ~Copyable {
    private let file: UnsafeMutablePointer<FILE>?

    init(_ path: String) { file = fopen(path, "w") }

    deinit { if let file { fclose(file) } }

    func write(_ fields: [String]) { if let file { fputs(fields.joined(separator: "\t") + "\n", file) } }
}

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

func decimal(_ milliseconds: Double) -> String {
    let tenths = Int((milliseconds * 10).rounded())
    let text = "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
}

/// Prints the best, the median and the worst of some times, and how many there are.
func report(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    guard let best = sorted.first, let worst = sorted.last else { return }
    print(padded(name, 52), decimal(best), decimal(sorted[sorted.count / 2]), decimal(worst), "  of \(times.count)")
}

struct Measurement: ~Copyable {
    let trail: Trail
    let connection: Connection
    let pages: Output
    let activities: Output

    func answer(_ question: Question, _ times: inout [Double]) throws -> Answer {
        let start = ContinuousClock.now
        let answer = try trail.answer(to: question, on: connection)
        times.append((ContinuousClock.now - start) / .milliseconds(1))
        return answer
    }

    /// Reads on from an anchor, after having read the first page once; the transactions of the last page.
    func run(_ name: String, _ text: String, _ filter: Filter, _ anchor: Anchor) throws -> [Transaction] {
        var times: [Double] = []
        _ = try answer(.transactions(filter, at: anchor, limit: 200), &times)
        times = []
        var next: Anchor? = anchor
        var number = 0
        var last: [Transaction] = []
        var pagesLeft = pagesOfRun
        for _ in 0..<stepsOfRun where pagesLeft > 0 {
            guard let anchor = next,
                case .transactions(let page) = try answer(.transactions(filter, at: anchor, limit: 200), &times)
            else { break }
            let isTowardsThePresent = if case .newer = anchor { true } else { anchor == .oldest }
            for transaction in isTowardsThePresent ? page.transactions.reversed() : page.transactions {
                number += 1
                pages.write([
                    text, name, String(number), "\(page.order)", String(transaction.position(in: page.order).place),
                    String(transaction.nativeID), String(transaction.counts.isCapped ? -1 : transaction.counts.total),
                ])
            }
            if !page.transactions.isEmpty { (last, pagesLeft) = (page.transactions, pagesLeft - 1) }
            next = page.next.map { isTowardsThePresent ? .newer(than: $0) : .older(than: $0) }
        }
        report("\(text.isEmpty ? "no filter" : text), \(name)", times)
        return last
    }

    /// All that is measured of a filter.
    func measure(_ text: String, _ filter: Filter, around moment: Timestamp, _ date: String) throws {
        try open(run("from the newest on", text, filter, .newest), text, filter)
        _ = try run("from the oldest on", text, filter, .oldest)
        let middle = try run("from \(date) back", text, filter, .at(moment))
        try open(middle, text, filter)
        let answer = try trail.answer(to: .transactions(filter, at: .newest, limit: 1), on: connection)
        guard let last = middle.last, case .transactions(let page) = answer else { return }
        _ = try run("from there on", text, filter, .newer(than: last.position(in: page.order)))
    }

    /// Opens some transactions.
    func open(_ transactions: [Transaction], _ text: String, _ filter: Filter) throws {
        var times: [Double] = []
        for transaction in transactions.prefix(9) {
            let scope = ActivityScope(of: transaction, filter: filter)
            guard case .activities(let found, _) = try answer(.activities(scope, after: 0, limit: 200), &times) else {
                return
            }
            for activity in found { activities.write([text, String(transaction.nativeID), String(activity.id)]) }
        }
        report("\(text.isEmpty ? "no filter" : text), opened", times)
    }
}

func measure(_ database: String, date: String, folder: String, filters: [String]) throws {
    let connection = try Connection.open(ConnectionSettings(database: database))
    let measurement = Measurement(
        trail: try Trail.open(on: connection, schema: nil),
        connection: connection,
        pages: Output(folder + "/pages"),
        activities: Output(folder + "/activities")
    )
    let now = Timestamp(microseconds: 0)
    guard let moment = try Filter(parsing: "until:" + date, now: now).until else { return }
    print(padded("milliseconds", 52), "     best", "   median", "    worst")
    for text in filters { try measurement.measure(text, try Filter(parsing: text, now: now), around: moment, date) }
}

let arguments = CommandLine.arguments
guard arguments.count > 3 else {
    print("usage: page-benchmark CONNINFO DATE FOLDER FILTER...")
    exit(2)
}
try measure(arguments[1], date: arguments[2], folder: arguments[3], filters: Array(arguments.dropFirst(4)))

import Glibc

// browse-benchmark CONNINFO ROWS [SCREEN]: how long the screens of the program wait for the server, asked as it asks,
// on a trail of so many activities from Benchmarks/generate. Each screen is asked for again and again; with a SCREEN,
// only that one and only once. A line a screen, its parts separated by tabs, in milliseconds: name, runs, median,
// worst, most steps, longest step, "whole" or "given up" or why it failed, transactions shown or "-". The first of several runs warms the caches
// and does not count.

let mostRuns = 15
/// No further run once so much time has gone into a screen.
let enoughMilliseconds = 5000.0

func measure(_ screen: Screen, once: Bool, in session: borrowing Session) throws -> [Run] {
    let request = try session.prepare(screen.subject)
    var runs = [try session.run(request)]
    while !once, runs.count < mostRuns, runs.map(\.total).reduce(0, +) < enoughMilliseconds {
        runs.append(try session.run(request))
    }
    return runs.count > 1 ? Array(runs.dropFirst()) : runs
}

func report(_ name: String, _ runs: [Run]) {
    let totals = runs.map(\.total).sorted()
    let parts = [
        name, String(runs.count), decimal(totals[totals.count / 2]), decimal(totals[totals.count - 1]),
        String(runs.map(\.steps.count).max() ?? 0), decimal(runs.map(\.longest).max() ?? 0),
        runs.allSatisfy(\.isComplete) ? "whole" : "given up", runs[0].found.map(String.init) ?? "-",
    ]
    print(parts.joined(separator: "\t"))
}

func decimal(_ milliseconds: Double) -> String {
    let hundredths = Int((milliseconds * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}

let arguments = CommandLine.arguments.dropFirst()
guard (2...3).contains(arguments.count), let rows = Int64(arguments[2]) else {
    print("usage: browse-benchmark CONNINFO ROWS [SCREEN]")
    exit(2)
}
let wanted = arguments.count == 3 ? arguments[3] : nil
let session = try Session.open(arguments[1])
for screen in screens(ofTrailWith: rows) where wanted == nil || wanted == screen.name {
    do {
        report(screen.name, try measure(screen, once: wanted != nil, in: session))
    } catch {
        print(screen.name, 0, 0, 0, 0, 0, "\(error)", "-", separator: "\t")
    }
}

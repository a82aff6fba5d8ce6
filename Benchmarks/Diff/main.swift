import AuditTrail
import Browser
import JSON
import Screen

// diff-benchmark: milliseconds that a difference of large documents takes: comparing and making its lines, laying them out,
// and drawing a screen of 120x35. Asserts nothing.

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }

func decimal(_ milliseconds: Double) -> String {
    let tenths = Int(milliseconds * 10 + 0.5)
    let text = "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
}

/// Documents before and after.
struct Pair {
    var name: String
    var old: JSON
    var new: JSON

    init(_ name: String, _ document: (_ isNew: Bool) -> JSON) {
        self.name = name
        (old, new) = (document(false), document(true))
    }
}

/// SplitMix64, after Steele, Lea and Flood (2014).
struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

func item(_ number: Int, _ changes: Bool, _ name: String) -> JSON {
    .object([
        JSON.Member(name, .integer(number)), JSON.Member("qty", .integer(changes ? number + 3 : number)),
        JSON.Member("note", .string("the quick brown fox number \(number) jumps over it")),
        JSON.Member("price", .number("\(number).90")),
    ])
}

func nested(_ depth: Int, _ leaf: JSON) -> JSON {
    var value = leaf
    for level in 0..<depth { value = .object([JSON.Member("level", .integer(level)), JSON.Member("inner", value)]) }
    return value
}

let count = 10_000
let pairs = [
    Pair("array told by id") { isNew in .array((0..<count).map { item($0, isNew, "id") }) },
    Pair("array without id") { isNew in .array((0..<count).map { item($0, isNew, "sku") }) },
    Pair("array without id, every other changed") { isNew in
        .array((0..<count * 2).map { item($0, isNew && $0 % 2 == 0, "sku") })
    },
    Pair("object of strings") { isNew in
        .object(
            (0..<count).map { number in
                let word = isNew ? "lazy" : "quick"
                return JSON.Member(
                    "key_\(number)",
                    .string("the \(word) brown fox number \(number) jumps over the dog and runs")
                )
            }
        )
    },
    Pair("array shuffled") { isNew in
        var random = Random(state: 1)
        let items = (0..<count).map { item($0, false, "sku") }
        return .array(isNew ? items.shuffled(using: &random) : items)
    },
    Pair("array of few values, at random") { isNew in
        var random = Random(state: isNew ? 1 : 2)
        return .array((0..<count * 10).map { _ in .integer(Int.random(in: 0..<4, using: &random)) })
    },
    Pair("nested 1,000 deep, in 100 members") { isNew in
        .object((0..<100).map { JSON.Member("m\($0)", nested(1000, .integer(isNew ? 1 : 0))) })
    },
    Pair("one string of a megabyte") { isNew in
        .string(
            String(repeating: "lorem ipsum ", count: 40_000) + (isNew ? "a" : "b")
                + String(repeating: " dolor sit", count: 50_000)
        )
    },
]

func milliseconds(_ times: inout [Double], _ work: () -> Void) {
    let start = ContinuousClock.now
    work()
    times.append((ContinuousClock.now - start) / .milliseconds(1))
}

func best(_ times: [Double]) -> Double { times.min() ?? 0 }

func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }

print(padded("milliseconds, best of 9", 40), "   bytes  lines  compare  lay out     draw    total   median")
for pair in pairs {
    let (old, new) = (JSON.object([JSON.Member("doc", pair.old)]), JSON.object([JSON.Member("doc", pair.new)]))
    for layout in DiffLayout.allCases {
        var (compare, layOut, draw): ([Double], [Double], [Double]) = ([], [], [])
        var lineCount = 0
        for _ in 0..<9 {
            var diff = Diff(from: nil, to: nil, keyColumns: [])
            milliseconds(&compare) { diff = Diff(from: old, to: new, keyColumns: []) }
            lineCount = diff.lines.count
            var sheet = DiffSheet(diff, layout: layout, wraps: false, columns: 120)
            milliseconds(&layOut) { sheet = DiffSheet(diff, layout: layout, wraps: false, columns: 120) }
            var frame = Frame(size: Size(columns: 120, rows: 35))
            milliseconds(&draw) { frame.draw(sheet, rows: 3..<33, column: 0, top: sheet.rowCount / 2, cursor: nil) }
        }
        let parts = [best(compare), best(layOut), best(draw)]
        let medianOfAll = median(compare) + median(layOut) + median(draw)
        let size = String(new.description.utf8.count)
        let columns = (parts + [parts.reduce(0, +), medianOfAll]).map(decimal)
        let name = layout == .unified ? pair.name : "  " + layout.rawValue
        print(padded(name, 40), padded(size, 8), padded(String(lineCount), 6), columns.joined(separator: " "))
    }
}

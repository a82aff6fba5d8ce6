import AuditTrail
import TestDatabase

/// Random filters with every field and operator, of which many select something of the test's shop.
struct RandomFilter {
    var random: SeededGenerator
    /// The greatest activity id.
    var lastID: Int

    mutating func next() -> String {
        let count = Int.random(in: 1...3, using: &random)
        return (0..<count).map { _ in expression(depth: 0) }.joined(separator: " ")
    }

    private mutating func expression(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 1 ? 5 : 8), using: &random) {
        case 0: "!" + term()
        case 5: "(\(expression(depth: depth + 1)) \(expression(depth: depth + 1)))"
        case 6: "(\(expression(depth: depth + 1)) or \(expression(depth: depth + 1)))"
        case 7: "not (\(expression(depth: depth + 1)) | \(expression(depth: depth + 1)))"
        default: term()
        }
    }

    private mutating func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    private mutating func number(_ limit: Int) -> String { String(Int.random(in: 0...limit, using: &random)) }
    private mutating func order() -> String { pick(["<", "<=", ">", ">=", "=", "!="]) }

    private mutating func time() -> String {
        let second = Int.random(in: 0..<lastID, using: &random)
        return Timestamp(microseconds: Int64(second) * 1_000_000).iso8601
    }

    private mutating func path() -> String {
        pick(["status", "total", "id", "note", "prefs", "prefs.theme", "prefs.tags.0", "prefs.n", "none"])
    }

    private mutating func value() -> String {
        pick(
            [
                "s1", "s12", "new", "x", "null", "\"null\"", "5", "5.0", "\"5\"", "77", "140", "dark", "light", "s*",
                "true", "b\"\"c",
            ].map { $0 }
        )
        .replacing("b\"\"c", with: "\"b\"\"c\"")
    }

    private mutating func term() -> String {
        switch Int.random(in: 0..<23, using: &random) {
        case 0:
            return "table"
                + pick([
                    ":orders", ":o*,leads", ":SALES.l*", "=orders", "=sales.leads", "!=orders", "~^sales", "!~lead",
                    ":pub*.?rders",
                ])
        case 1:
            return "actor"
                + pick([":al*", ":2", ":#2", ":none", ":none,bob", "=1", "!=3", "~^a.*e$", "!~b", ":nobody", ":*"])
        case 20: return "tx" + pick([":none", "=none", "!=none"])
        case 21:
            return "role" + pick([":postgres", ":P*", "=postgres", "!=nosuch", "~^p.*s$", "!~^p", ":none", ":none,x"])
        case 22: return "app" + pick([":*", ":none", "=x", "!=none", "~.", ":x,none"])
        case 2: return "verb" + pick([":i", ":u,d", "=delete", "!=update", ":truncate"])
        case 3: return "tx" + order() + number(100)
        case 4: return "xid:" + number(5000)
        case 5: return "id" + order() + number(lastID)
        case 6: return "n" + order() + number(12)
        case 7: return "n:" + number(5) + "," + number(9)
        case 8:
            return "client"
                + pick([":10.0.0.0/8", ":10.0.0.2", "=10.0.0.1", "!=10.0.0.3", ":none", ":none,10.0.0.1", ":fe80::/10"])
        case 9: return "since:" + time()
        case 10: return "until:" + time()
        case 11:
            return "at:"
                + pick(["1970-01-01T00:01", "1970-01-01", "1970-01-02", "1970-01", "1970-01-01T00:02:03", time()])
        case 12:
            return "row:" + pick(["orders:", "public.orders:", "o*:id=", "sales.leads:id=", "leads:"]) + number(30)
        case 13:
            return "col"
                + pick([
                    ":status", ":s*,total", "=prefs", "!=status", "~^(st|to)", "!~us$", ":prefs.theme",
                    ":prefs.n,nothing",
                ])
        case 14:
            return path() + ":" + pick(["*", "s*", "null", "dark", "5", value()]) + "->"
                + pick(["*", "s1*", "null", "light", "7?", value()])
        case 15: return pick(["s1", "orders", "alice", "dark", "\"b\"\"c\"", "1", "nothing", "\"two words\""])
        case 16: return pick(["/^s1/", "/ali|bob/", "/^1.$/", "/sales\\.l/"])
        default:
            let side = pick(["old.", "new.", "any."])
            return side + path() + pick([":", "=", "!="]) + value() + " " + side + path()
                + pick(["<", "<=", ">", ">="]) + pick(["50", "s1", "\"5\"", "light"]) + " or " + side + path()
                + pick(["~^s.$", "!~1"])
        }
    }
}

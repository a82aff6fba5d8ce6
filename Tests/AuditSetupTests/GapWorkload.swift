/// Random statements on a table `t (id, a, b, secret)`, of which `secret` is excluded, and the gaps that they leave.
///
/// What is expected is computed from the statements alone: a model of the table, and of what the trail knows of each key.
struct GapWorkload {
    /// The recorded columns of a row.
    struct Values: Equatable {
        var a: Int
        var b: Int
    }

    /// What the trail knows of a key.
    private enum Knowledge {
        case nothing
        case row(Values?)
    }

    private var state: UInt64
    private var rows: [Int: Values] = [:]
    private var known: [Int: Knowledge] = [:]
    /// What is known of keys that no activity was about: nothing, and after a truncate that there is no row.
    private var knownOfOthers = Knowledge.nothing
    /// The gaps so far, as `Gap.text` has them.
    private(set) var gaps: [String] = []

    init(seed: UInt64) { state = seed << 32 }

    /// The next statement, recorded or not as the chance of so many in a hundred will have it.
    mutating func statement(unrecordedPercent: Int) -> String {
        let isRecorded = below(100) >= unrecordedPercent
        let sql = below(40) == 0 ? series(isRecorded) : single(isRecorded)
        guard !isRecorded else { return sql }
        switch below(3) {
        case 0: return "begin; set local flask_audit_logger.enable_versioning = 'off'; \(sql); commit"
        case 1: return "begin; set local session_replication_role = replica; \(sql); commit"
        default:
            // Apart, since the deferred constraint keeps the table from being altered in the transaction.
            return "begin; alter table t disable trigger user; commit; begin; \(sql); commit; "
                + "alter table t enable trigger user"
        }
    }

    /// All gaps, those between the last activities and the table included.
    func allGaps() -> [String] {
        var all = gaps
        for key in Set(rows.keys).union(known.keys) {
            if case .row(let values) = knowledge(of: key) { all += Self.gap(key, values, rows[key]) }
        }
        return all.sorted()
    }

    private mutating func single(_ isRecorded: Bool) -> String {
        let id = below(40)
        switch below(12) {
        case 0, 1, 2, 3:
            guard rows[id] == nil else { return update(id, isRecorded) }
            let values = Values(a: below(9), b: below(9))
            set([id: values], isRecorded)
            return "insert into t values (\(id), \(values.a), \(values.b), \(below(99)))"
        case 4:
            if rows[id] != nil { set([id: nil], isRecorded) }
            return "delete from t where id = \(id)"
        case 5:
            let target = below(40)
            guard let values = rows[id], rows[target] == nil else { return "update t set secret = secret + 1" }
            set([id: nil, target: values], isRecorded)
            return "update t set id = \(target) where id = \(id)"
        case 6 where below(20) == 0:
            if isRecorded {
                known = [:]
                knownOfOthers = .row(nil)
            }
            rows = [:]
            return "truncate t"
        default: return update(id, isRecorded)
        }
    }

    private mutating func update(_ id: Int, _ isRecorded: Bool) -> String {
        guard var values = rows[id] else { return "update t set a = 1 where id = \(id)" }
        values.a = (values.a + 1 + below(3)) % 9
        if below(2) == 0 { values.b = below(9) }
        set([id: values], isRecorded)
        return "update t set a = \(values.a), b = \(values.b), secret = \(below(9)) where id = \(id)"
    }

    /// Several rows in one statement, or several statements in one transaction.
    private mutating func series(_ isRecorded: Bool) -> String {
        switch below(3) {
        case 0:
            let changed = rows.filter { $0.value.b > 4 }.mapValues { Values(a: $0.a + 1, b: $0.b) }
            set(changed.mapValues { Optional($0) }, isRecorded)
            return "update t set a = a + 1 where b > 4"
        case 1:
            // The keys of a statement's rows are exchanged, which the deferred constraint allows.
            var exchanged: [Int: Values?] = [:]
            for (id, values) in rows where id < 20 {
                exchanged[19 - id] = .some(values)
                if exchanged[id] == nil { exchanged[id] = .some(nil) }
            }
            set(exchanged, isRecorded)
            return "update t set id = 19 - id where id < 20"
        default:
            let statements = (0..<3).map { _ in single(isRecorded) }
            return statements.joined(separator: "; ")
        }
    }

    /// Writes rows, nil for none, under keys.
    private mutating func set(_ changes: [Int: Values?], _ isRecorded: Bool) {
        for (key, values) in changes {
            if isRecorded {
                if case .row(let before) = knowledge(of: key) { gaps += Self.gap(key, before, rows[key]) }
                known[key] = .row(values)
            }
            rows[key] = values
        }
    }

    private func knowledge(of key: Int) -> Knowledge { known[key] ?? knownOfOthers }

    private static func gap(_ key: Int, _ before: Values?, _ after: Values?) -> [String] {
        let name = "t {\"id\":\(key)}"
        switch (before, after) {
        case (let before?, let after?):
            let columns = (before.a == after.a ? [] : ["a"]) + (before.b == after.b ? [] : ["b"])
            return columns.isEmpty ? [] : ["\(name) update \(columns.joined(separator: ","))"]
        case (nil, _?): return ["\(name) insert"]
        case (_?, nil): return ["\(name) delete"]
        case (nil, nil): return []
        }
    }

    /// SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

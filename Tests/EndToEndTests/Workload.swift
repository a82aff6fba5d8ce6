import Postgres
import TestDatabase
import TestProgram

/// A random sequence of statements over tables of every shape, the same for the same seed.
struct Workload {
    private var state: UInt64

    /// The tables to audit, with the columns to leave out.
    static let audited = ["kinds", "nokey", "parents", "children", "parted", "odd", "partial:secret,noise", "shifting"]

    /// The extensions with types that the server can install.
    let extensions: [String]
    /// The server knows collations that find different texts equal.
    let hasCollations: Bool
    /// One column of each type that the server has.
    let kinds: [Column]

    init(seed: UInt64, for connection: borrowing Connection) throws {
        state = seed << 40
        extensions = try connection.rows("select name from pg_available_extensions where name in ('hstore', 'citext')")
        hasCollations = try connection.rows("select from pg_collation where collprovider = 'i' limit 2").count == 2
        let hasXML = (try? connection.run("select xmlparse(content '<a/>')")) != nil
        let (extensions, hasCollations) = (self.extensions, self.hasCollations)
        kinds = Self.allKinds.filter { column in
            switch column.type {
            case "hstore", "citext": extensions.contains(column.type)
            case "text collate anycase": hasCollations
            case "xml": hasXML
            default: true
            }
        }
    }

    /// Statements to be run one by one, of which some may fail.
    mutating func statements(count: Int) -> [String] {
        (0..<count).map { _ in
            switch below(16) {
            case 0...4: writeKinds()
            case 5: writeNoKey()
            case 6, 7: writeFamily()
            case 8, 9: writeParted()
            case 10: writeOdd()
            case 11: writePartial()
            case 12, 13: writeShifting()
            case 14: "begin; \(writeKinds()); savepoint s; \(writeFamily()); rollback to s; \(writeParted()); commit"
            default:
                pick([
                    "rollback",
                    "begin; set local flask_audit_logger.enable_versioning = 'false'; \(writeKinds()); commit",
                ])
            }
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

    private mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

    private mutating func writeKinds() -> String {
        let columns = kinds.filter { _ in below(4) == 0 }
        let rest = columns.map { (name: $0.name, value: below(8) == 0 ? "null" : pick($0.values)) }
        let some = "id % \(below(4) + 2) = \(below(3))"
        let names = (["id"] + rest.map(\.name)).joined(separator: ", ")
        let values = rest.map { ", \($0.value)" }.joined()
        let first = below(40)
        switch below(8) {
        case 0, 1:
            let range =
                "generate_series(\(first), \(first + below(6))) as i where not exists (select from kinds where id = i)"
            return "insert into kinds (\(names)) select i\(values) from \(range)"
        case 2: return "delete from kinds where \(some) and id > \(below(40))"
        case 3:
            let changes = rest.map { "\($0.name) = excluded.\($0.name)" }
            return
                "insert into kinds (\(names)) values (\(first)\(values)), (\(first + 1)\(values)) on conflict (id) do "
                + (changes.isEmpty ? "nothing" : "update set \(changes.joined(separator: ", "))")
        case 4:
            return "merge into kinds as k using generate_series(\(first), \(first + 9)) as i on k.id = i "
                + "when matched and i % 3 = 0 then delete when matched then update set t = 'm' || i, f = i "
                + "when not matched then insert (id, n) values (i, i / 2.0)"
        case 5: return "update kinds set id = id + (select max(id) + 1 from kinds) where \(some)"
        default:
            guard !rest.isEmpty else { return "update kinds set t = t" }
            return "update kinds set \(rest.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")) where \(some)"
        }
    }

    private mutating func writeNoKey() -> String {
        pick([
            "insert into nokey values (1, 'a'), (1, 'a'), (2, null)", "update nokey set b = b || 'x' where a = 1",
            "update nokey set b = 'same' where b = 'same'",
            "delete from nokey where a = (select min(a) from nokey)",
            "copy nokey from program 'printf \"7\\\\tcopied\\\\n8\\\\t\\\\\\\\N\\\\n\"'",
            "delete from nokey where a > 6", "insert into nokey select i, 'n' || i from generate_series(9, 30) as i",
        ])
    }

    private mutating func writeFamily() -> String {
        let id = below(6)
        return pick([
            "insert into parents values (\(id), 'p') on conflict do nothing",
            "insert into children (parent, other) select \(id), \(below(6))", "delete from parents where id = \(id)",
            "update parents set id = id + 10 where id = \(id)", "update children set n = n + 1 where parent > \(id)",
        ])
    }

    private mutating func writeParted() -> String {
        let region = below(3)
        return pick([
            "insert into parted values (\(below(9)), \(region), 'a', '{1}'), (\(below(9)), 1, 'b', null)",
            "update parted set region = \(region) where id < \(below(9))",
            "update parted set note = 'n' || id, region = 2 - region",
            "update parted set note = note || '.' where region = \(region)",
            "delete from parted where id = \(below(9))",
        ])
    }

    private mutating func writeOdd() -> String {
        pick([
            #"insert into odd values (1, 2, 3, 4, 5, 6, 7, 8, '{"a": 1}', 11, 12)"#,
            #"update odd set "a ""b"" c" = "a ""b"" c" + 1, n = n + 1, r = r || '{"b": null}'"#,
            "update odd set old = new, new = old",
            #"update odd set "ÄÖ, {x}" = null, x = 1, excluded = 2"#, "delete from odd where n > 3",
            #"insert into odd select i, 2, 3, 4, 5, 6, 7, 8, '{"a": 1}', 11, 12 from generate_series(1, 25) as i"#,
        ])
    }

    private mutating func writePartial() -> String {
        pick([
            "insert into partial select i, i, i, 'v' from generate_series(1, 3) as i",
            "update partial set secret = secret + 1",
            "update partial set noise = noise + 1, shown = shown || 'w'", "update partial set shown = shown",
            "delete from partial where id = 2", "delete from partial where id > 2",
            "insert into partial select i, i, i, 'v' from generate_series(1, 30) as i",
        ])
    }

    private mutating func writeShifting() -> String {
        pick([
            "insert into shifting (id) select coalesce(max(id), 0) + 1 from shifting",
            "insert into shifting (id) select i + (select coalesce(max(id), 0) from shifting) from generate_series(1, 40) as i",
            "update shifting set a = a || 'x'", "delete from shifting",
            "update shifting set id = id + 100", "delete from shifting where id % 3 = 0",
            "alter table shifting drop column if exists a",
            "alter table shifting add column if not exists a text default 'a'",
            "alter table shifting rename column b to c",
            "alter table shifting rename column c to b", "alter table shifting alter column b type text",
            "alter table shifting alter column b type int using length(b::text)", "update shifting set b = null",
            "alter table shifting alter column b type json using to_json(b)", "update shifting set b = '5'",
        ])
    }
}

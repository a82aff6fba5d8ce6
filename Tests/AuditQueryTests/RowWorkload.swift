import AuditSetup
import AuditTrail
import Postgres
import TestDatabase

/// A table of many types under capture, and statements that write it at random, the same for the same seed.
struct RowWorkload {
    var random: SeededGenerator
    let keys: ClosedRange<Int>
    let movesKeys: Bool

    init(seed: UInt64, keys: ClosedRange<Int>, movesKeys: Bool = true) {
        random = SeededGenerator(state: seed)
        self.keys = keys
        self.movesKeys = movesKeys
    }

    static func install(on connection: borrowing Connection) throws {
        try connection.run(
            """
            create table items (
                id int primary key, name text, price numeric, made timestamptz, data jsonb, tags text[], note text, hidden text
            )
            """
        )
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "items")]
        request.excludedColumns = [ColumnName(table: request.tables[0], name: "hidden")]
        try Installer.install(request, auditSchema: "audit", on: connection)
    }

    /// The next statement; several in one transaction now and then.
    mutating func statement() -> String {
        (0..<(random.below(6) == 0 ? 3 : 1)).map { _ in single() }.joined(separator: "; ")
    }

    private mutating func single() -> String {
        let key = random.element(of: keys)
        switch random.below(20) {
        case 0...4: return "insert into items values (\(key), \(values())) on conflict do nothing"
        case 5: return "delete from items where id = \(key)"
        case 6 where movesKeys:
            let other = random.element(of: keys)
            return
                "update items set id = \(other) where id = \(key) and not exists (select from items where id = \(other))"
        case 7: return "delete from items where id % 97 = \(random.below(97))"
        case 8: return "update items set note = '\(random.below(100))' where id % 5 = \(random.below(5))"
        case 9: return "update items set hidden = '\(random.below(100))' where id = \(key)"
        case 10...13:
            let path = "'{a,\(random.below(3))}', '\(random.below(4))'"
            return "update items set data = case jsonb_typeof(data) when 'object' then jsonb_set(data, \(path)) "
                + "else '{\"a\": [9]}' end where id = \(key)"
        case 14:
            return "set local timezone = 'Asia/Tokyo'; update items set name = 'n\(random.below(9))' where id = \(key)"
        default:
            return
                "update items set (name, price, made, data, tags, note, hidden) = (select \(values())) where id = \(key)"
        }
    }

    private mutating func values() -> String {
        let number = random.below(1000)
        let price = ["null::numeric", "1.10", "1.1", "'NaN'::numeric", "12345678901234567890.5"][random.below(5)]
        let data = [
            "null::jsonb", "'{}'", "'{\"a\": [1, 2, 3], \"b\": {\"c\": \(number % 3)}}'",
            "'{\"a\": [1, {\"x\": null}], \"b\": \"\"}'", "'[]'",
        ][random.below(5)]
        return "'name \(number)', \(price), timestamptz '2026-01-01' + interval '\(number) minutes', "
            + "\(data)::jsonb, array['\(number % 4)', 'x'], null::text, 'h\(number)'"
    }
}

extension SeededGenerator {
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
    mutating func element(of range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

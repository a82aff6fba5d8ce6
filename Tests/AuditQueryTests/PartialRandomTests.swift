import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Partial reverts of changes chosen at random, and a model of what they are to leave.
@Suite struct PartialRandomTests {
    private static let columns = ["a", "b", "n", "x", "y"]

    private func install(on connection: borrowing Connection) throws {
        try connection.run(
            """
            create table p (x int, y int, primary key (x, y));
            insert into p select x, y from generate_series(1, 3) as x, generate_series(1, 3) as y;
            create table t (id int primary key, a text, b text, n numeric, x int, y int,
                twice numeric generated always as (n * 2) stored, foreign key (x, y) references p)
            """
        )
        var request = InstallRequest()
        request.tables = [TableName(schema: "public", name: "t")]
        try Installer.install(request, auditSchema: "audit", on: connection)
    }

    private func statement(_ random: inout SeededGenerator) -> String {
        let id = 1 + random.below(4)
        func value(_ column: String) -> String {
            let number = 1 + random.below(3)
            if ["x", "y"].contains(column) { return "\(number)" }
            return random.below(6) == 0 ? "null" : column == "n" ? "\(number).50" : "'v\(number)'"
        }
        switch random.below(12) {
        case 0: return "delete from t where id = \(id)"
        case 1...2:
            let values = Self.columns.map { value($0) }.joined(separator: ", ")
            return "insert into t values (\(id), \(values)) on conflict do nothing"
        case 3:
            let other = 1 + random.below(4)
            return
                "update t set id = \(other), a = 'm' where id = \(id) and not exists (select from t where id = \(other))"
        default:
            let sets = Self.columns.filter { _ in random.below(2) == 0 }.map { "\($0) = \(value($0))" }
            return "update t set \(sets.isEmpty ? "a = a" : sets.joined(separator: ", ")) where id = \(id)"
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func eachColumnIsTakenBackOrStaysAndIsNamed(seed: UInt64) throws {
        try withDatabase { connection, database in
            try install(on: connection)
            var random = SeededGenerator(state: seed)
            let revert = PartialRevert(database: database)
            var counts = (taken: 0, named: 0, rows: 0)
            for _ in 0..<20 {
                for _ in 0..<12 { try connection.run(statement(&random)) }
                let newest = try connection.rows("select id from audit.activity order by id desc limit 24")
                let ids = newest.compactMap { Int64($0) }.filter { _ in random.below(3) == 0 }
                guard !ids.isEmpty else { continue }
                var model = try PartialModel(on: connection)
                try model.takeBack(ids, on: connection)
                let script = try revert.script(ids)
                let outcome = try revert.run(ids)
                #expect(try rows(connection) == model.rows)
                let named = outcome.warnings.filter { $0.hasPrefix("skipped columns: ") }
                #expect(Set(named.map(normal)) == Set(model.skipped.map(normal)), "\(ids)")
                let told = script.statements.compactMap { statement -> String? in
                    guard case .partly(let reason)? = statement.verdict else { return nil }
                    let id = statement.change.activity.id
                    return "skipped columns: activity \(id): \(reason.split(separator: "; last")[0])"
                }
                #expect(Set(told.map(normal)) == Set(model.skipped.map(normal)), "\(ids)")
                counts.taken += script.statements.filter { $0.verdict == .applies }.count
                counts.named += named.count
                counts.rows += outcome.warnings.count - named.count
            }
            #expect(counts.taken > 5 && counts.named > 5 && counts.rows > 5)
            print("partial: \(counts)")
        }
    }

    private func rows(_ connection: borrowing Connection) throws -> [String: JSON] {
        try PartialModel(on: connection).rows
    }

    /// The number of the change, and the columns in one order.
    private func normal(_ warning: String) -> String {
        let words = warning.split(whereSeparator: { " ,;:".contains($0) }).map { String($0) }
        let names = words.drop { $0 != "since" }.dropFirst()
        let kept = names.split(separator: "kept", maxSplits: 1)
        let lists = kept.map { part in part.filter { Self.columns.contains($0) }.sorted().joined(separator: ",") }
        return "\(words.drop { $0 != "activity" }.dropFirst().first ?? ""): \(lists.joined(separator: " with "))"
    }
}

/// The rows of a table by their key, and what a partial revert leaves of them.
struct PartialModel {
    private struct Step {
        var id: Int64
        var verb: String
        var old: JSON
        var new: JSON
        var changed: [String]
        var chain = 0
    }

    /// The rows as they are, without computed columns.
    private(set) var rows: [String: JSON] = [:]
    /// The warnings of columns that are skipped, without the names of the rows.
    private(set) var skipped: [String] = []

    init(on connection: borrowing Connection) throws {
        for row in try connection.rows("select to_jsonb(t) - 'twice' from t") {
            let row = try JSON(parsing: row)
            rows[Self.key(row)] = row
        }
    }

    private static func key(_ row: JSON) -> String { row["id"]?.description ?? "" }

    /// Takes changes back, newest first.
    mutating func takeBack(_ ids: [Int64], on connection: borrowing Connection) throws {
        var steps = try connection.rows(
            """
            select jsonb_build_array(id, verb, old_data - 'twice', old_data || changed_data - 'twice', changed_data - 'twice')
            from audit.activity where id = any ($1::bigint[]) order by id desc
            """,
            [arrayLiteral(ids.map { "\($0)" })]
        ).map { line -> Step in
            let parts = try JSON(parsing: line).elements ?? []
            return Step(
                id: Int64(parts[0].description) ?? 0,
                verb: keyValueText(parts[1]),
                old: parts[2],
                new: parts[3],
                changed: parts[4].members?.map(\.name) ?? []
            )
        }
        let ends = ends(&steps)
        for step in steps {
            switch step.verb {
            case "insert": if rows[Self.key(step.new)] == step.new { rows[Self.key(step.new)] = nil }
            case "delete": if rows[Self.key(step.old)] == nil { rows[Self.key(step.old)] = step.old }
            default: update(step, ends[step.chain])
            }
        }
    }

    /// How the changes, all taken back, would leave each row; nil for none.
    private func ends(_ steps: inout [Step]) -> [JSON?] {
        var chains: [String: Int] = [:]
        var ends: [JSON?] = []
        for (index, step) in steps.enumerated() {
            let chain = chains.removeValue(forKey: Self.key(step.verb == "delete" ? step.old : step.new))
            let restored = step.old.only(step.verb == "delete" ? nil : step.changed + ["id"])
            steps[index].chain = chain ?? ends.count
            if chain == nil { ends.append(nil) }
            let end = ends[steps[index].chain]?.replacing(restored) ?? restored
            ends[steps[index].chain] = step.verb == "insert" ? JSON?.none : end
            chains[Self.key(step.verb == "insert" ? step.new : step.old)] = steps[index].chain
        }
        return ends
    }

    private mutating func update(_ step: Step, _ end: JSON?) {
        let (key, target) = (Self.key(step.new), Self.key(step.old))
        guard var row = rows[key], key == target || rows[target] == nil else { return }
        let found = row
        let columns = step.changed.filter { $0 != "id" }
        let isPair = columns.contains("x") && columns.contains("y")
        let units = columns.filter { $0 != "y" || !isPair }.map { isPair && $0 == "x" ? ["x", "y"] : [$0] }
        var (changed, kept): ([String], [String]) = ([], [])
        for unit in units {
            let held = unit.filter { found[$0] == step.new[$0] }
            let done = unit.filter { name in
                found[name] == step.old[name] || end?[name] != nil && found[name] == end?[name]
            }
            if held == unit {
                row = row.replacing(step.old.only(unit))
            } else if done != unit {
                kept += held
                changed += unit.filter { !held.contains($0) }
            }
        }
        guard row != found || key != target || changed.isEmpty else { return }
        rows[key] = nil
        rows[target] = row.replacing(step.old.only(["id"]))
        guard !changed.isEmpty else { return }
        let others = kept.isEmpty ? "" : "; kept with it: \(kept.joined(separator: ", "))"
        skipped.append(
            "skipped columns: activity \(step.id): changed since: \(changed.joined(separator: ", "))" + others
        )
    }
}

extension JSON {
    /// Some members of an object; all for nil.
    fileprivate func only(_ names: [String]?) -> JSON {
        .object((members ?? []).filter { names?.contains($0.name) ?? true })
    }
}

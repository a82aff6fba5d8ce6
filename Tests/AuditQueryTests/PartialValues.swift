import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

extension ValueRandomTests {
    /// A row before and after a change of it, as the table would hold it, and as it is now.
    private struct Values {
        var old: JSON
        var new: JSON
        var current: JSON?

        /// Columns that are no objects to the server's own reading of JSON are taken as they are.
        init(of activity: Int64, isRestored: Bool, on connection: borrowing Connection) throws {
            let all = ValueRandomTests.keys + ValueRandomTests.others
            let objects = all.indices.filter { all[$0].type.hasPrefix("hstore") }.map { "'c\($0)'" }.joined(
                separator: ", "
            )
            let parts = try connection.rows(
                """
                select jsonb_build_array(to_jsonb(o) || d.old_rest, to_jsonb(n) || d.old_rest || d.new_rest, to_jsonb(t))
                from audit.activity a
                cross join lateral (
                    select
                        coalesce(jsonb_object_agg(k, a.old_data -> k) filter (where a.old_data ? k), '{}') as old_rest,
                        coalesce(jsonb_object_agg(k, a.changed_data -> k) filter (where a.changed_data ? k), '{}') as new_rest
                    from unnest(array[\(objects)]) as k
                ) as d
                cross join lateral jsonb_populate_record(null::t, a.old_data - array[\(objects)]) as o
                cross join lateral jsonb_populate_record(
                    null::t, (a.old_data || a.changed_data) - array[\(objects)]
                ) as n
                left join t on t.id = case when $2::boolean then o.id else n.id end
                where a.id = $1::bigint
                """,
                ["\(activity)", "\(isRestored)"]
            )
            let values = try JSON(parsing: parts[0]).elements ?? []
            (old, new, current) = (values[0], values[1], values[2] == .null ? nil : values[2])
        }

        func isSame(_ row: JSON, _ other: JSON, in column: String) -> Bool {
            row[column]?.isSame(as: other[column] ?? .null) == true
        }
    }

    /// Takes some updates back by themselves: what still holds what was written comes back, all else stays and is named.
    func expectPartialReverts(
        of database: TestDatabase,
        _ random: inout SeededGenerator,
        on connection: borrowing Connection
    ) throws {
        let revert = PartialRevert(database: database)
        let updates = try connection.rows("select id from audit.activity where verb = 'update' order by id")
        for id in updates.compactMap({ Int64($0) }).shuffled(using: &random).prefix(2) {
            let values = try Values(of: id, isRestored: false, on: connection)
            let outcome = try revert.run([id])
            guard let before = values.current, let verdict = outcome.verdicts.first ?? nil else { continue }
            let isWritten = verdict == .applies || verdict.word == "partly"
            let after = try #require(try Values(of: id, isRestored: isWritten, on: connection).current)
            let isMove = !values.isSame(values.old, values.new, in: "id")
            let names = (values.new.members ?? []).map(\.name).filter { name in
                name != "id" && !values.isSame(values.old, values.new, in: name)
            }
            let held = names.filter { values.isSame(before, values.new, in: $0) }
            let named = names.filter { !held.contains($0) && !values.isSame(before, values.old, in: $0) }
            #expect(isWritten || isMove || held.isEmpty, "\(id): \(verdict)")
            for name in (before.members ?? []).map(\.name) where name != "id" {
                let expected = isWritten && held.contains(name) ? values.old : before
                #expect(values.isSame(after, expected, in: name), "\(id): \(name) of \(verdict)")
            }
            guard isWritten else { continue }
            let words = outcome.warnings.joined().split(whereSeparator: { " ,".contains($0) }).map { String($0) }
            #expect(words.filter(names.contains).sorted() == named.sorted(), "\(id): \(outcome.warnings)")
            #expect((verdict == .applies) == named.isEmpty, "\(id): \(verdict)")
        }
    }
}

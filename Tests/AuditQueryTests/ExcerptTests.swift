import AuditSetup
import AuditTrail
import JSON
import Postgres
import TestDatabase
import Testing

@testable import AuditQuery

/// Rows of any size: their keys and small values are always there, of large values a part.
@Suite struct ExcerptTests {
    private var preferences: TrailPreferences {
        var preferences = TrailPreferences()
        preferences.hasExcerpts = true
        return preferences
    }

    /// A table, audited, of which rows are written that have large values.
    private func withLetters(
        _ key: String = "id int primary key",
        _ body: (borrowing Connection, borrowing Connection, Trail) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            try connection.run(
                "create table letters (\(key), title text, body text, data jsonb, number numeric, times timestamptz[])"
            )
            var request = InstallRequest()
            request.tables = [TableName(schema: "public", name: "letters")]
            try Installer.install(request, auditSchema: "audit", on: connection)
            let reader = try database.connect()
            try body(connection, reader, try Trail.open(on: reader, schema: nil, preferences: preferences))
        }
    }

    /// All activities of the newest transaction, as they come in pages.
    private func newest(_ trail: Trail, _ reader: borrowing Connection) throws -> [Activity] {
        let transaction = try #require(
            try allTransactions(Filter(), from: .newest, pageSize: 9, trail, reader).first
        )
        let scope = ActivityScope(of: transaction, filter: Filter())
        guard
            case .activities(let page, _) = try trail.answer(to: .activities(scope, after: 0, limit: 9), on: reader)
        else { return [] }
        return page
    }

    private func whole(_ activity: Activity, _ trail: Trail, _ reader: borrowing Connection) throws -> Activity {
        guard case .activity(let whole?) = try trail.answer(to: .activity(id: activity.id), on: reader) else {
            throw RefusedAnswer()
        }
        return whole
    }

    private func history(_ trail: Trail, _ reader: borrowing Connection) throws -> RowHistory {
        let question = Question.history(TablePattern(name: "letters"), .typed("1"), limit: 99)
        guard case .history(let history) = try trail.answer(to: question, on: reader) else { throw RefusedAnswer() }
        return history
    }

    private struct RefusedAnswer: Error {}

    private func excerpt(_ value: JSON?) throws -> Excerpt {
        guard case .excerpt(let excerpt)? = value else { throw RefusedAnswer() }
        return excerpt
    }

    @Test func theKeyAndWhatIsSmallComeWithThePage() throws {
        try withLetters { connection, reader, trail in
            try connection.run(
                "insert into letters values (1, 'a', repeat('ä', 100000), '[1]', repeat('7', 90000)::numeric)"
            )
            try connection.run("update letters set title = 'b'")
            let update = try #require(try newest(trail, reader).first)
            #expect(update.key == [JSON.Member("id", .number("1"))])
            #expect(update.oldData?.members?.map(\.name) == ["id", "body", "data", "times", "title", "number"])
            #expect(update.oldData?["title"] == .string("a"))
            #expect(update.oldData?["data"] == .array([.number("1")]))
            #expect(update.changedData == .object([JSON.Member("title", .string("b"))]))
            let body = try excerpt(update.oldData?["body"])
            #expect(body.kind == .string && body.byteCount == 200_000 && !body.isWindow)
            #expect(body.text == String(repeating: "ä", count: 200))
            // A number of 90,000 digits is stored in half as many bytes.
            #expect(update.oldData?["number"] == .number(String(repeating: "7", count: 90000)))
            let all = try whole(update, trail, reader)
            #expect(all.oldData?["body"] == .string(String(repeating: "ä", count: 100_000)))
            #expect(!all.holdsExcerpts)
        }
    }

    @Test func aKeyIsNeverCut() throws {
        try withLetters("id text primary key") { connection, reader, trail in
            try connection.run("insert into letters values (repeat('k', 100000), 'a', repeat('x', 100000))")
            let insert = try #require(try newest(trail, reader).first)
            #expect(insert.key == [JSON.Member("id", .string(String(repeating: "k", count: 100_000)))])
            #expect(insert.holdsExcerpts)
            let term = KeyTerm(insert.key ?? [])
            let answer = try trail.answer(to: .history(TablePattern(name: "letters"), term, limit: 9), on: reader)
            guard case .history(let history) = answer else { throw RefusedAnswer() }
            #expect(history.isLive == true)
        }
    }

    /// Old and new of the body, written by an update, as they come when the change is asked for.
    private func bodies(
        from old: String,
        to new: String,
        column: String = "body",
        _ trail: Trail,
        _ connection: borrowing Connection,
        _ reader: borrowing Connection
    ) throws -> (old: Excerpt, new: JSON) {
        try connection.run("delete from letters; insert into letters (id, \(column)) values (1, \(old))")
        try connection.run("update letters set \(column) = \(new)")
        let update = try whole(try #require(try newest(trail, reader).first), trail, reader)
        return (try excerpt(update.oldData?[column]), update.changedData?[column] ?? .null)
    }

    @Test func ofALargeValueThePartIsFetchedInWhichItDiffers() throws {
        try withLetters { connection, reader, trail in
            // The part begins and ends within characters of three bytes.
            let text = "repeat('€', 700000)"
            let new = "overlay(\(text) placing 'new' from 500001 for 1)"
            let found = try bodies(from: text, to: new, trail, connection, reader)
            let (old, changed) = (found.old, try excerpt(found.new))
            #expect(old.byteCount == 2_100_000 && changed.byteCount == 2_100_000)
            #expect(old.offset == changed.offset && old.offset % 3 == 0)
            #expect((1_498_000..<1_500_000).contains(old.offset))
            #expect(changed.text.hasPrefix("€€€") && changed.text.contains("€new€") && changed.text.hasSuffix("€"))
            #expect(changed.isWindow && changed != old)
            let place = changed.text.utf8.firstRange(of: "new".utf8)?.lowerBound
            let before = place.map { changed.text.utf8.distance(from: changed.text.startIndex, to: $0) } ?? 0
            #expect(changed.offset + before == 1_500_000)
        }
    }

    @Test(arguments: [
        ("repeat('x', 3000000)", "repeat('x', 3000000) || 'more'", 2_998_976),
        ("repeat('x', 3000000)", "'y' || repeat('x', 2999999)", 0),
        ("repeat('x', 3000000)", "repeat('y', 65536)", 0),
    ])
    func thePartBeginsBeforeTheFirstDifference(_ old: String, _ new: String, _ offset: Int) throws {
        try withLetters { connection, reader, trail in
            let found = try bodies(from: old, to: new, trail, connection, reader)
            #expect(found.old.offset == offset && found.old.isWindow)
            let after = try excerpt(found.new)
            #expect(after.offset == offset)
        }
    }

    @Test func documentsAreCutInTheTextThatTheyHave() throws {
        try withLetters { connection, reader, trail in
            let list = "(select jsonb_agg(md5(i::text) order by i) from generate_series(1, 60000) i)"
            let new = "jsonb_set(\(list), '{30000}', '{\"a\": 1}')"
            let found = try bodies(from: list, to: new, column: "data", trail, connection, reader)
            #expect(found.old.kind == .array && found.old.text.contains("\", \""))
            let changed = try excerpt(found.new)
            #expect(changed.text.contains("\", {\"a\": 1}, \""))
            let other = try bodies(from: list, to: "'7'", column: "data", trail, connection, reader)
            #expect(other.new == .number("7"))
        }
    }

    /// However the bytes of a row are spread, nobody waits for all of them at a screen.
    @Test func aRevertThatIsLookedAtLeavesLargeValuesInTheTrail() throws {
        try withLetters { connection, reader, trail in
            let value = "repeat('x', 1000000)"
            try connection.run("insert into letters values (1, \(value), \(value), to_jsonb(\(value)))")
            let question = Question.revert(RevertRequest(filter: Filter(), isChecked: true, mostBytes: 2_000_000))
            guard case .revert(let script) = try trail.answer(to: question, on: reader) else {
                throw RefusedAnswer()
            }
            #expect(script.statements.map(\.verdict) == [.applies])
            #expect(script.text.utf8.count < 60_000)
        }
    }

    @Test func aHistoryTellsLargeValuesApart() throws {
        try withLetters { connection, reader, trail in
            try connection.run("insert into letters values (1, 'a', repeat('x', 200000), '{}')")
            try connection.run("update letters set title = 'b'")
            try connection.run("update letters set body = repeat('y', 200000)")
            let complete = try history(trail, reader)
            #expect(complete.versions.map(\.gap) == [nil, nil, nil])
            #expect(complete.isLive == true)
            #expect(complete.versions[0].changedColumns == ["body"])
            try connection.run("set session_replication_role = replica")
            try connection.run("update letters set body = 'y' || repeat('z', 199999)")
            let atEnd = try history(trail, reader)
            #expect(atEnd.endGap == .columns(["body"]))
            try connection.run("set session_replication_role = origin; update letters set title = 'c'")
            let within = try history(trail, reader)
            #expect(within.versions[0].gap == .columns(["body"]))
            #expect(within.isLive == true)
        }
    }

    /// What is large of times is written in the time zone of whoever wrote it: that it reads otherwise is no evidence.
    @Test func largeValuesInAnotherTimeZoneAreNoGap() throws {
        try withLetters { connection, reader, trail in
            let times = "array(select 'epoch'::timestamptz + i * interval '1 h' from generate_series(1, 5000) i)"
            try connection.run("set timezone = 'Asia/Tokyo'; insert into letters (id, times) values (1, \(times))")
            try connection.run("set timezone = 'UTC'; update letters set title = 'b'")
            let history = try history(trail, reader)
            #expect(history.versions.map(\.gap) == [nil, nil] && history.isLive == true)
        }
    }

    @Test func aRowAndATableAtAMomentHaveExcerpts() throws {
        try withLetters { connection, reader, trail in
            try connection.run("insert into letters values (1, 'a', repeat('x', 200000)), (2, 'b', 'small')")
            let now = try connection.rows("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
            let moment = Timestamp(microseconds: Int64(now[0]) ?? 0)
            let table = TablePattern(name: "letters")
            guard case .row(let row) = try trail.answer(to: .row(table, .typed("1"), at: moment), on: reader),
                case .row(let values) = row.existence,
                case .table(let all) = try trail.answer(to: .table(table, at: moment), on: reader)
            else { throw RefusedAnswer() }
            let body = try excerpt(values["body"])
            #expect(body.byteCount == 200_000)
            #expect(values["title"] == .string("a"))
            let bodies = all.rows.map { row -> JSON? in
                if case .row(let row) = row.existence { row["body"] } else { nil }
            }
            let first = try excerpt(bodies[0])
            #expect(first.byteCount == 200_000)
            #expect(bodies[1] == .string("small"))
        }
    }

    @Test func aLargeValueThatWasTakenAwayIsNotSentWithTheList() throws {
        try withLetters { connection, reader, trail in
            try connection.run("insert into letters values (1, 'a', repeat('x', 200000))")
            try connection.run("update letters set body = ''")
            let newest = try allTransactions(Filter(), from: .newest, pageSize: 9, trail, reader).first
            #expect(newest?.changeSummary == "body")
        }
    }

    /// A page of all that is read has as many activities as there are bytes for, and the next goes on behind them.
    @Test(arguments: [true, false])
    func pagesOfLargeRowsMissNothing(oldestFirst: Bool) throws {
        try withLetters { connection, reader, trail in
            try connection.run("insert into letters select i, 'a', repeat('x', 9000000) from generate_series(1, 9) i")
            try connection.run("insert into letters select i, 'b' from generate_series(10, 500) i")
            var question: Anchor? = oldestFirst ? .oldest : .newest
            var found: [Int64] = []
            var pages = 0
            while let anchor = question {
                guard
                    case .changes(let page) = try trail.answer(
                        to: .changes(Filter(), at: anchor, limit: 200),
                        on: reader
                    )
                else { throw RefusedAnswer() }
                #expect(page.changes.allSatisfy { !$0.activity.holdsExcerpts })
                found += oldestFirst ? page.changes.map(\.activity.id).sorted() : page.changes.map(\.activity.id)
                pages += 1
                question = page.next
            }
            #expect(found == (oldestFirst ? Array(1...500) : Array((1...500).reversed())))
            #expect(pages >= 5)
        }
    }

    /// What somebody else's trail holds in the place of rows.
    @Test func dataThatIsNoObjectIsReadToo() throws {
        try withLetters { connection, reader, trail in
            try connection.run(
                """
                insert into letters values (1);
                alter table audit.activity disable trigger all;
                update audit.activity set changed_data = '["=", 1]';
                """
            )
            let small = try #require(try newest(trail, reader).first)
            #expect(small.changedData == .array([.string("="), .number("1")]))
            try connection.run("update audit.activity set changed_data = to_jsonb(repeat('=', 100000))")
            let large = try #require(try newest(trail, reader).first)
            #expect(large.changedData == nil)
            let all = try whole(large, trail, reader)
            #expect(all.changedData == .string(String(repeating: "=", count: 100_000)))
        }
    }

    @Test func whatIsFollowedHasExcerpts() throws {
        try withDatabase { connection, database in
            try makeShop(on: connection)
            let trail = try Trail.open(on: database.connect(), schema: nil, preferences: preferences)
            var follower = try TrailFollower.start(on: database.connect(), trail: trail, filter: Filter())
            try connection.run("insert into orders values (1, repeat('x', 100000))")
            let found = try follower.nextActivities()
            #expect(found.map(\.activity.holdsExcerpts) == [true])
            #expect(found[0].activity.key == [JSON.Member("id", .number("1"))])
        }
    }
}

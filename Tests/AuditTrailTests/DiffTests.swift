import AuditTrail
import JSON
import Testing

@Suite struct DiffTests {
    private func activity(_ verb: Verb, old: String?, changed: String?) throws -> Activity {
        Activity(
            id: 1,
            transactionID: 1,
            nativeTransactionID: 1,
            issuedAt: nil,
            table: TableName(schema: "public", name: "orders"),
            verb: verb,
            key: [JSON.Member("id", .number("42"))],
            oldData: try old.map(JSON.init(parsing:)),
            changedData: try changed.map(JSON.init(parsing:))
        )
    }

    private func text(_ diff: Diff) -> [String] {
        diff.lines.map { "\($0.marker) \($0.path)\($0.path.isEmpty ? "" : " ")\($0.value)" }
    }

    @Test(arguments: [Verb.insert, .delete])
    func aRowThatWasTooLargeIsSaidToBe(verb: Verb) throws {
        let activity = try activity(verb, old: nil, changed: nil)
        #expect(text(Diff(of: activity)).last == "! the row is too large to be fetched with the others")
    }

    @Test func anUpdateShowsOldAndNewAndItsKey() throws {
        let update = try activity(
            .update,
            old: #"{"id":42,"note":null,"total":1.10,"status":"pending"}"#,
            changed: #"{"status":"paid"}"#
        )
        #expect(
            text(Diff(of: update, context: 0)) == [
                "  id 42", #"- status "pending""#, #"+ status "paid""#, "  2 unchanged columns not shown",
            ]
        )
        #expect(
            text(Diff(of: update, context: 1)) == [
                "  id 42", "  total 1.10", #"- status "pending""#, #"+ status "paid""#,
                "  1 unchanged column not shown",
            ]
        )
    }

    @Test func insertsAndDeletesAreOneSided() throws {
        #expect(
            text(Diff(of: try activity(.insert, old: "{}", changed: #"{"id":42,"a":null}"#), context: 1)) == [
                "+ id 42", "+ a NULL",
            ]
        )
        #expect(
            text(Diff(of: try activity(.delete, old: #"{"id":42,"a":""}"#, changed: "{}"), context: 1)) == [
                "- id 42", #"- a """#,
            ]
        )
    }

    @Test func aTruncateIsFlaggedAndSaysThatTheRowsAreNotKnown() throws {
        let lines = Diff(of: try activity(.truncate, old: "{}", changed: "{}"), context: 1).lines
        #expect(lines.map(\.kind) == [.flag])
        #expect(lines.map(\.marker) == ["!"])
    }

    @Test func documentsAreComparedDownToTheirSmallestParts() throws {
        let update = try activity(
            .update,
            old: #"{"id":42,"prefs":{"theme":"dark","langs":["fi","en"]}}"#,
            changed: #"{"prefs":{"langs":["fi","sv","en"],"theme":"light"}}"#
        )
        #expect(
            text(Diff(of: update, context: 0)) == [
                "  id 42", "▾ prefs { 2 keys, 2 changed }", #"- prefs.theme "dark""#, #"+ prefs.theme "light""#,
                #"+ prefs.langs[1] "sv""#,
            ]
        )
    }

    @Test func aColumnThatTheOldRowDidNotHaveIsShownAsAdded() throws {
        let update = try activity(.update, old: #"{"id":42}"#, changed: #"{"new_column":5}"#)
        #expect(text(Diff(of: update, context: 0)) == ["  id 42", "+ new_column 5"])
    }

    @Test func aRowThatWasTooLargeToFetchSaysSo() throws {
        var update = try activity(.update, old: "{}", changed: #"{"doc":{}}"#)
        update.oldData = nil
        let diff = Diff(of: update, context: 0)
        #expect(
            text(diff) == [
                "  id 42", "- doc ?", "+ doc {}", "! the row before is too large to be fetched with the others",
            ]
        )
        #expect(diff.lines.map(\.isUnknown) == [false, true, false, false])
        update.changedData = nil
        #expect(
            text(Diff(of: update, context: 0)) == [
                "  id 42", "! what changed is too large to be fetched with the others",
            ]
        )
    }
}

@Suite struct ChangeSummaryTests {
    private func transaction(
        _ counts: VerbCounts,
        _ samples: [(String, String)] = [],
        filter: String = ""
    ) throws -> Transaction {
        Transaction(
            nativeID: 1,
            id: 1,
            actor: nil,
            clientAddress: nil,
            issuedAt: nil,
            counts: counts,
            tables: [],
            samples: try samples.map { old, new in
                let new = try JSON(parsing: new)
                return UpdateSample(columns: new.members?.map(\.name) ?? [], old: try JSON(parsing: old), new: new)
            },
            namedPaths: try Filter(parsing: filter, now: Timestamp(microseconds: 0)).namedPaths,
            firstActivityID: 1
        )
    }

    @Test func theSameChangeOfAllRowsIsNamedWithItsValues() throws {
        let two = try transaction(
            VerbCounts(updates: 2),
            [(#"{"status":"pending"}"#, #"{"status":"paid"}"#), (#"{"status":"pending"}"#, #"{"status":"paid"}"#)]
        )
        #expect(two.changeSummary == "status pending→paid (2 rows)")
    }

    @Test func differentChangesAreNamedByColumnOnly() throws {
        let two = try transaction(
            VerbCounts(updates: 2),
            [(#"{"total":1}"#, #"{"total":2}"#), (#"{"total":2}"#, #"{"total":3}"#)]
        )
        #expect(two.changeSummary == "total (2 rows)")
    }

    @Test func valuesAreNotNamedWhenNotAllUpdatesAreKnown() throws {
        let many = try transaction(VerbCounts(updates: 412), [(#"{"a":1}"#, #"{"a":2}"#)])
        #expect(many.changeSummary == "a (412 rows)")
    }

    @Test func insertsDeletesAndTruncatesAreCounted() throws {
        #expect(try transaction(VerbCounts(inserts: 2)).changeSummary == "+2 rows")
        #expect(try transaction(VerbCounts(deletes: 412)).changeSummary == "DELETE 412 rows")
        #expect(try transaction(VerbCounts(inserts: 1, deletes: 1)).changeSummary == "+1 row · −1 row")
        #expect(try transaction(VerbCounts(truncates: 1)).changeSummary == "TRUNCATE")
        #expect(try transaction(VerbCounts(inserts: 1001, isCapped: true)).changeSummary == "+1000+ rows")
    }

    @Test func partsOfDocumentsAreNamedAndNoiseComesLast() throws {
        let one = try transaction(
            VerbCounts(updates: 1),
            [
                (
                    #"{"updated_at":"a","prefs":{"theme":"dark","n":1}}"#,
                    #"{"updated_at":"b","prefs":{"theme":"light","n":2}}"#
                )
            ]
        )
        #expect(one.changeSummary == "prefs.theme dark→light, updated_at …+1")
    }

    @Test(arguments: [
        ("", "+1 row · a 1→2, email x→y, prefs.n 1→2 …+2"), ("col:email", "email x→y, a 1→2, prefs.n 1→2 …+2 · +1 row"),
        ("col:updated_at", "updated_at 1→2, a 1→2, email x→y …+1 · +1 row"),
        ("col:em*", "email x→y, a 1→2, prefs.n 1→2 …+2 · +1 row"),
        ("email:x->y", "email x→y, a 1→2, prefs.n 1→2 …+2 · +1 row"),
        ("new.updated_at>1 or old.email=x", "updated_at 1→2, email x→y, a 1→2 …+1 · +1 row"),
        ("col:prefs.theme", "prefs.theme dark→light, a 1→2, email x→y …+2 · +1 row"),
        ("!col:email", "+1 row · a 1→2, email x→y, prefs.n 1→2 …+2"),
        ("col:none", "+1 row · a 1→2, email x→y, prefs.n 1→2 …+2"),
        ("table:t", "+1 row · a 1→2, email x→y, prefs.n 1→2 …+2"),
    ])
    func itBeginsWithWhatTheFilterAsksFor(filter: String, text: String) throws {
        let sample = (
            #"{"updated_at":1,"a":1,"email":"x","prefs":{"n":1,"theme":"dark"}}"#,
            #"{"updated_at":2,"a":2,"email":"y","prefs":{"n":2,"theme":"light"}}"#
        )
        let one = try transaction(VerbCounts(inserts: 1, updates: 1), [sample], filter: filter)
        #expect(one.changeSummary == text)
    }

    @Test func aChangeIsFoundHoweverDeepItIs() throws {
        let depth = JSON.maximumDepth - 1
        func document(_ inner: String) throws -> JSON {
            try JSON(parsing: String(repeating: "[0,", count: depth) + inner + String(repeating: "]", count: depth))
        }
        let (old, new) = try (document("1"), document("2"))
        let found = changes(from: old, to: new)
        #expect(found.count == 1)
        #expect(applying(found, to: old) == new)
    }

    @Test func namesThatLookTheSameAreDifferentMembers() throws {
        let old = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        let new = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":3}")
        let found = changes(from: old, to: new)
        #expect(found.map(\.old) == [.number("2")] && found.map(\.new) == [.number("3")])
    }
}

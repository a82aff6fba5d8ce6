import AuditTrail
import JSON
import Testing

/// What the lines of a difference say.
@Suite struct DiffLineTests {
    private func diff(_ old: String?, _ new: String?, _ options: DiffOptions = DiffOptions(context: 0)) throws -> Diff {
        Diff(
            from: try old.map { try JSON(parsing: $0) },
            to: try new.map { try JSON(parsing: $0) },
            keyColumns: ["id"],
            options: options
        )
    }

    private func text(_ diff: Diff) -> [String] {
        diff.lines.map { line in
            [line.marker, line.path, line.value, line.remark].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    @Test func numbersAndTimesCarryTheirDifference() throws {
        let diff = try diff(
            #"{"n":1.10,"spelling":1.0,"at":"2026-10-09T17:20:58.331+00:00"}"#,
            #"{"n":1.4,"spelling":1.00,"at":"2026-10-09T17:31:02.114+00:00"}"#
        )
        #expect(
            text(diff) == [
                "- n 1.10", "+ n 1.4 (+0.30)", "- spelling 1.0", "+ spelling 1.00 (the same number)",
                #"- at "2026-10-09T17:20:58.331+00:00""#, #"+ at "2026-10-09T17:31:02.114+00:00" (+10m 03.8s)"#,
            ]
        )
    }

    @Test func whatIsNotThereAndWhatIsEmptyLookDifferent() throws {
        let diff = try diff(
            #"{"a":null,"b":{"x":null},"c":{},"d":[],"e":""}"#,
            #"{"b":{},"c":[],"d":"","e":null,"f":null}"#
        )
        #expect(
            text(diff) == [
                "- a NULL", #"- b {"x":null}"#, "+ b {}", "- c {}", "+ c [] (object → array)", "- d []",
                #"+ d "" (array → string)"#, #"- e """#, "+ e NULL", "+ f NULL",
            ]
        )
        let inner = try self.diff(#"{"b":{"x":1}}"#, #"{"b":{"x":null}}"#)
        #expect(text(inner) == ["▾ b { 1 key, 1 changed }", "- b.x 1", "+ b.x null"])
    }

    @Test func aChangeOfKindIsOneChange() throws {
        let diff = try diff(#"{"b":{"x":{"y":1,"z":2}}}"#, #"{"b":{"x":"1"}}"#)
        #expect(
            text(diff) == [
                "▾ b { 1 key, 1 changed }", #"- b.x {"y":1,"z":2}"#, #"+ b.x "1" (object → string)"#,
            ]
        )
    }

    @Test func columnsThatAlwaysChangeComeLastAndCanBeHidden() throws {
        let (old, new) = (#"{"version":1,"a":1,"b":2}"#, #"{"version":2,"a":2,"b":2}"#)
        #expect(
            text(try diff(old, new)) == [
                "- a 1", "+ a 2 (+1)", "- version 1 ~ noise", "+ version 2 (+1)", "  1 unchanged column not shown",
            ]
        )
        var options = DiffOptions(context: 0)
        options.hidesNoise = true
        #expect(
            text(try diff(old, new, options)) == [
                "- a 1", "+ a 2 (+1)", "  1 unchanged column and 1 noise column not shown",
            ]
        )
    }

    @Test func elementsAreToldByTheirIdHoweverTheyStand() throws {
        let diff = try diff(
            #"{"items":[{"id":1,"n":1},{"id":2,"n":1},{"id":3,"n":1},{"id":6,"n":1}]}"#,
            #"{"items":[{"id":3,"n":1},{"id":1,"n":5},{"id":2,"n":1},{"id":4,"n":1}]}"#
        )
        #expect(
            text(diff) == [
                "▾ items [ 4 items, 4 changed ] · 2 unchanged not shown", "~ items[0] was [2]", "- items[1].n 1",
                "+ items[1].n 5 (+4)", #"- items[3] {"id":6,"n":1}"#, #"+ items[3] {"id":4,"n":1}"#,
            ]
        )
    }

    @Test func unchangedPartsAreCountedAndTheContextBringsThemUp() throws {
        let (old, new) = (#"{"p":{"a":1,"b":2,"c":3,"d":4}}"#, #"{"p":{"a":1,"b":2,"c":9,"d":4}}"#)
        #expect(
            text(try diff(old, new)) == [
                "▾ p { 4 keys, 1 changed } · 3 unchanged not shown", "- p.c 3", "+ p.c 9 (+6)",
            ]
        )
        #expect(
            text(try diff(old, new, DiffOptions(context: 1))) == [
                "▾ p { 4 keys, 1 changed } · 1 unchanged not shown", "  p.b 2", "- p.c 3", "+ p.c 9 (+6)", "  p.d 4",
            ]
        )
        #expect(try diff(old, new, DiffOptions(context: 2)).lines.count == 6)
    }

    @Test func aFoldedHeadingHasNoLines() throws {
        var options = DiffOptions(context: 0)
        options.folded = [[.member("p")]]
        #expect(text(try diff(#"{"p":{"a":1}}"#, #"{"p":{"a":2}}"#, options)) == ["▸ p { 1 key, 1 changed }"])
    }

    @Test func aColumnThatTheTableDoesNotHaveAnyMoreIsMarked() throws {
        var options = DiffOptions(context: 0)
        options.liveColumns = ["id", "a"]
        #expect(
            text(try diff(#"{"id":1,"a":1,"b":1}"#, #"{"id":1,"a":2,"b":2}"#, options)) == [
                "  id 1", "- a 1", "+ a 2 (+1)", "- b 1 ! not in the table any more",
                "+ b 2 (+1)  ! not in the table any more",
            ]
        )
    }

    @Test func versionsOfARowThatIsAbsentOrTheSame() throws {
        #expect(text(try diff(nil, #"{"id":1}"#)) == ["+ id 1"])
        #expect(text(try diff(#"{"id":1}"#, nil)) == ["- id 1"])
        #expect(text(try diff(nil, nil)) == ["! the row is absent before and after"])
        #expect(
            text(try diff(#"{"id":1,"a":1}"#, #"{"a":1,"id":1}"#)) == [
                "  id 1", "  no column differs", "  1 unchanged column not shown",
            ]
        )
    }

    @Test func spellingsThatLookAlikeAreDifferent() throws {
        let diff = try diff("{\"a\":\"é\"}", "{\"a\":\"e\u{301}\"}")
        #expect(diff.lines.map(\.kind) == [.removed, .added])
    }

    @Test func whatWasRecordedAsChangedIsShownThoughItReadsTheSame() throws {
        let activity = Activity(
            id: 1,
            transactionID: nil,
            nativeTransactionID: 1,
            issuedAt: nil,
            table: TableName(schema: "public", name: "t"),
            verb: .update,
            key: nil,
            oldData: try JSON(parsing: #"{"doc":null}"#),
            changedData: try JSON(parsing: #"{"doc":null}"#)
        )
        #expect(
            text(Diff(of: activity)) == ["- doc NULL", "+ doc NULL (recorded as changed, reads the same)"]
        )
    }

    @Test func aDocumentOfAnyDepthIsCompared() throws {
        let depth = JSON.maximumDepth - 1
        let (opening, closing) = (String(repeating: "[", count: depth), String(repeating: "]", count: depth))
        let diff = try diff(#"{"a":\#(opening)1\#(closing)}"#, #"{"a":\#(opening)2\#(closing)}"#)
        #expect(diff.lines.map(\.marker) == ["▾", "-", "+"])
        #expect(JSONOutline(of: diff.after ?? .null).lines.count == 201)
    }

    @Test func pathsWithSignsInTheirNamesAreQuoted() {
        #expect(pathText([.member("prefs"), .member("a.b"), .element(3), .member("c")]) == #"prefs["a.b"][3].c"#)
        #expect(pathText([.member("a b")]) == #""a b""#)
    }
}

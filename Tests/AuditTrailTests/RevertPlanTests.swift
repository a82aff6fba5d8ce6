import AuditTrail
import JSON
import Testing

/// Which steps take changes back, and which changes cannot be.
@Suite struct RevertPlanTests {
    private let table = TableName(schema: "public", name: "t")

    private func shape(_ columns: [TableShape.Column] = [], excluded: Set<String>? = nil) -> TableShape {
        TableShape(
            name: table,
            columns: [.init(name: "id", type: "integer", kind: .number), .init(name: "s", type: "text", kind: .other)]
                + columns,
            keyColumns: ["id"],
            excludedColumns: excluded
        )
    }

    /// A change; without data where it was too large.
    private func change(_ id: Int64, _ verb: Verb, _ old: String?, _ changed: String?) throws -> AttributedActivity {
        let activity = Activity(
            id: id,
            transactionID: 1,
            nativeTransactionID: 10,
            issuedAt: nil,
            table: table,
            verb: verb,
            key: nil,
            oldData: try old.map(JSON.init(parsing:)),
            changedData: try changed.map(JSON.init(parsing:))
        )
        return AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)
    }

    private func reason(_ change: AttributedActivity, _ shape: TableShape?) -> String? {
        let plan = RevertPlan(of: [change], shape.map { [table: $0] } ?? [:])
        guard case .none(let reason)? = plan.steps.first?.action else { return nil }
        return reason
    }

    @Test func whatCannotBeTakenBackSaysWhy() throws {
        let row = #"{"id":1,"s":"a"}"#
        let delete = try change(1, .delete, row, "{}")
        #expect(reason(delete, nil) == "table public.t is gone")
        #expect(
            try reason(change(1, .truncate, "{}", "{}"), shape()) == "the trail does not hold the rows of a TRUNCATE"
        )
        var keyless = shape()
        keyless.keyColumns = []
        #expect(reason(delete, keyless) == "table public.t has no primary key")
        #expect(try reason(change(1, .delete, #"{"s":"a"}"#, "{}"), shape()) == "the key is not in the data")
        let secret = TableShape.Column(name: "secret", type: "text", kind: .other)
        #expect(reason(delete, shape([secret], excluded: ["secret"])) == "column secret is not recorded")
        let later = TableShape.Column(name: "later", type: "text", kind: .other, isRequired: true)
        #expect(reason(delete, shape([later])) == "column later came later and must have a value")
        #expect(reason(delete, shape([secret])) == nil)
        let gone = try change(1, .update, #"{"id":1,"old":1}"#, #"{"old":2}"#)
        #expect(reason(gone, shape()) == "the table has no column old any more")
        let always = TableShape.Column(name: "n", type: "integer", kind: .number, isAlwaysIdentity: true)
        let identity = try change(1, .update, #"{"id":1,"n":1}"#, #"{"n":2}"#)
        #expect(reason(identity, shape([always])) == "column n takes no other value than the server's")
    }

    @Test func whatWasTooLargeToBeReadIsNotTakenBack() throws {
        let row = #"{"id":1,"s":"a"}"#
        for change in [
            try change(1, .insert, "{}", nil), try change(1, .delete, nil, "{}"), try change(1, .update, nil, row),
            try change(1, .update, row, nil),
        ] {
            #expect(reason(change, shape()) == "the row was too large to be read")
        }
    }

    /// What `RevertReading` never does: it reads the tables and rows of all steps.
    @Test func aStepWhoseTableOrRowsAreNotKnownIsNoStatement() throws {
        let row = #"{"id":1,"s":"a"}"#
        let changes = [
            try change(1, .insert, "{}", row), try change(1, .delete, row, "{}"),
            try change(1, .update, row, #"{"s":"b"}"#),
        ]
        for change in changes {
            let step = try #require(RevertPlan(of: [change], [table: shape()]).steps.first)
            var blind = RevertSimulation([:])
            #expect(blind.run(step, RevertSimulation.StepFacts()) == .impossible("table public.t is gone"))
            var simulation = RevertSimulation([table: shape()])
            #expect(simulation.run(step, RevertSimulation.StepFacts()) == .impossible("no key"))
        }
    }

    @Test func onlyTheColumnsThatChangedArePutBackAndComputedOnesAreLeft() throws {
        let twice = TableShape.Column(name: "twice", type: "integer", kind: .number, isGenerated: true)
        let update = try change(1, .update, #"{"id":1,"s":"a","twice":2}"#, #"{"s":"b","twice":4}"#)
        let step = RevertPlan(of: [update], [table: shape([twice])]).steps[0]
        #expect(step.action == .update)
        #expect(step.written.description == #"{"id":1,"s":"b"}"#)
        #expect(step.restored.description == #"{"id":1,"s":"a"}"#)
        let computed = try change(2, .update, #"{"id":1,"s":"a","twice":2}"#, #"{"twice":4}"#)
        #expect(RevertPlan(of: [computed], [table: shape([twice])]).steps.isEmpty)
    }

    @Test func theStepsOfOneRowKnowHowItEnds() throws {
        let changes = [
            try change(3, .delete, #"{"id":2,"s":"c"}"#, "{}"),
            try change(2, .update, #"{"id":1,"s":"b"}"#, #"{"id":2,"s":"c"}"#),
            try change(1, .update, #"{"id":1,"s":"a"}"#, #"{"s":"b"}"#),
        ]
        let steps = RevertPlan(of: changes, [table: shape()]).steps
        #expect(steps.map(\.action) == [.insert, .update, .update])
        #expect(steps.map(\.end) == Array(repeating: try JSON(parsing: #"{"id":1,"s":"a"}"#), count: 3))
        let inserted = [
            try change(2, .update, #"{"id":1,"s":"a"}"#, #"{"s":"b"}"#),
            try change(1, .insert, "{}", #"{"id":1,"s":"a"}"#),
        ]
        #expect(RevertPlan(of: inserted, [table: shape()]).steps.map(\.end) == [nil, nil])
    }

    @Test func rowsComeBackBeforeThoseThatReferToThemAndThoseInACircleAtOnce() throws {
        let key = TableShape.ForeignKey(
            table: table,
            columns: ["boss"],
            target: table,
            targetColumns: ["id"],
            hasDeleteAction: true
        )
        var people = shape([.init(name: "boss", type: "integer", kind: .number)])
        people.foreignKeys = [key]
        let cascade = [
            try change(2, .delete, #"{"id":2,"boss":1}"#, "{}"), try change(1, .delete, #"{"id":1,"boss":null}"#, "{}"),
        ]
        let steps = RevertPlan(of: cascade, [table: people]).steps
        #expect(steps.map(\.change.activity.id) == [1, 2] && steps.allSatisfy { !$0.isWithPrevious })
        let circle = [
            try change(2, .delete, #"{"id":2,"boss":1}"#, "{}"), try change(1, .delete, #"{"id":1,"boss":2}"#, "{}"),
        ]
        let plan = RevertPlan(of: circle, [table: people])
        #expect(plan.groups == [0..<2] && plan.companions[0]?.count == 2)
    }
}

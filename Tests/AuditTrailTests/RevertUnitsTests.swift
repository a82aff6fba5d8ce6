import AuditTrail
import JSON
import Testing

/// Which columns of a row are taken back together, and what becomes of each.
@Suite struct RevertUnitsTests {
    private let table = TableName(schema: "public", name: "t")

    private func units(
        _ changed: String,
        _ keys: [TableShape.ForeignKey] = []
    ) throws -> (RevertUnits, RevertStep) {
        let columns = ["id", "a", "b", "c", "d"].map { TableShape.Column(name: $0, type: "integer", kind: .number) }
        var shape = TableShape(name: table, columns: columns, keyColumns: ["id"])
        shape.foreignKeys = keys
        let activity = Activity(
            id: 1,
            transactionID: 1,
            nativeTransactionID: 10,
            issuedAt: nil,
            table: table,
            verb: .update,
            key: nil,
            oldData: try JSON(parsing: #"{"id":1,"a":1,"b":1,"c":1,"d":1}"#),
            changedData: try JSON(parsing: changed)
        )
        let change = AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)
        let step = try #require(RevertPlan(of: [change], [table: shape]).steps.first)
        return (RevertUnits(of: step, shape), step)
    }

    private func foreignKey(_ columns: [String], to others: TableName? = nil, _ target: [String])
        -> TableShape.ForeignKey
    {
        let other = TableName(schema: "public", name: "other")
        return TableShape.ForeignKey(
            table: others == nil ? other : table,
            columns: columns,
            target: others ?? table,
            targetColumns: target,
            hasDeleteAction: false,
            cascadesUpdates: others == nil
        )
    }

    private func states(_ units: RevertUnits, held: String, done: String = "") -> String {
        units.states(isHeld: { held.contains($0) }, isDone: { done.contains($0) })
            .map { "\($0.name) \($0.state)" }.joined(separator: ", ")
    }

    @Test func columnsStandForThemselvesButForThoseOfAForeignKey() throws {
        let other = TableName(schema: "public", name: "other")
        let (units, _) = try units(#"{"a":2,"b":2,"c":2}"#, [foreignKey(["a", "c"], to: other, ["x", "y"])])
        #expect(units.others.map(\.columns) == [["b"], ["a", "c"]] && units.key == nil)
        #expect(states(units, held: "abc") == "b held, a held, c held")
        #expect(states(units, held: "ab") == "b held, a kept, c changed")
        #expect(states(units, held: "a", done: "bc") == "b done, a kept, c changed")
        #expect(states(units, held: "", done: "ac") == "b changed, a done, c done")
        let skipped = RevertUnits.skipped(units.states(isHeld: { $0 == "a" }, isDone: { $0 == "b" }))
        #expect(skipped == "changed since: c; kept with it: a")
        #expect(RevertUnits.skipped(units.states(isHeld: { _ in true }, isDone: { _ in false })) == nil)
    }

    /// Others refer to both columns, of which the change wrote one.
    @Test func whatOthersReferToTogetherIsLookedAtTogether() throws {
        let (units, step) = try units(#"{"a":2,"c":2}"#, [foreignKey(["x", "y"], ["a", "b"])])
        #expect(step.written.description == #"{"id":1,"a":2,"b":1,"c":2}"#)
        #expect(units.others == [.init(columns: ["c"]), .init(columns: ["a"], guards: ["b"])])
        #expect(states(units, held: "ac") == "c held, a kept, b changed")
        #expect(states(units, held: "bc", done: "a") == "c held, a done, b done")
        #expect(states(units, held: "c", done: "a") == "c held, a done, b done")
    }

    @Test func aKeyIsGivenBackWithWhatBelongsToIt() throws {
        let (units, _) = try units(#"{"id":2,"a":2,"b":2}"#, [foreignKey(["x", "y"], ["id", "b"])])
        #expect(units.key == .init(columns: ["b"]) && units.keyColumns == ["id"])
        #expect(units.names == ["a", "b", "id"])
        #expect(states(units, held: "b") == "a changed, b held, id held")
    }
}

import JSON
import Testing

@testable import AuditTrail

/// What capture leaves out of a table is in nothing that is made of its live rows.
@Suite struct UnrecordedColumnTests {
    private func shape(excluding excluded: Set<String>?) -> TableShape {
        TableShape(
            name: TableName(schema: "public", name: "t"),
            columns: ["id", "name", "hash"].map { TableShape.Column(name: $0, type: "text", kind: .other) },
            keyColumns: ["id"],
            excludedColumns: excluded
        )
    }

    private func history(_ shape: TableShape, recorded: String?) throws -> RowHistory {
        let changes = try recorded.map { text in
            let activity = Activity(
                id: 1,
                transactionID: 1,
                nativeTransactionID: 1,
                issuedAt: Timestamp(microseconds: 0),
                table: shape.name,
                verb: .insert,
                key: nil,
                oldData: .object([]),
                changedData: try JSON(parsing: text)
            )
            return [AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)]
        }
        let live = try JSON(parsing: #"{"id":"1","name":"a","hash":"s3cret"}"#)
        let key = [JSON.Member("id", .string("1"))]
        return RowHistory(of: shape, key: key, changes: changes ?? [], live: .row(live), isComplete: true)
    }

    @Test(arguments: [["hash"], nil] as [Set<String>?])
    func theLiveRowOfAHistoryIsWithoutThem(excluded: Set<String>?) throws {
        let history = try history(shape(excluding: excluded), recorded: #"{"id":"1","name":"a"}"#)
        #expect(history.live == .row(try JSON(parsing: #"{"id":"1","name":"a"}"#)))
        let blame = try #require(Blame(history))
        #expect(blame.entries.map(\.value) == [.string("1"), .string("a"), .string(Masks.text)])
        #expect(blame.entries.map { $0.writer == nil } == [false, false, true])
    }

    @Test func nothingButTheKeyIsKnownOfWhatWasNeverRecorded() throws {
        let history = try history(shape(excluding: nil), recorded: nil)
        #expect(history.live == .row(try JSON(parsing: #"{"id":"1"}"#)))
        let recorded = try self.history(shape(excluding: ["hash"]), recorded: nil)
        #expect(recorded.live == .row(try JSON(parsing: #"{"id":"1","name":"a"}"#)))
    }

    @Test func aColumnThatWasRecordedOnceIsNoGapAndHasNoWriter() throws {
        let history = try history(shape(excluding: ["hash"]), recorded: #"{"id":"1","name":"a","hash":"old"}"#)
        #expect(history.endGap == nil)
        #expect(
            try #require(Blame(history)).entries.last
                == Blame.Entry(path: [.member("hash")], value: .string(Masks.text))
        )
    }

    @Test func aKeyStaysThoughItIsLeftOut() throws {
        let row = try JSON(parsing: #"{"id":"1","name":"a"}"#)
        #expect(shape(excluding: ["id", "name"]).recorded(row) == (try JSON(parsing: #"{"id":"1"}"#)))
    }
}

import AuditTrail
import Screen
import Testing

@testable import Browser

/// No number of a transaction is cut.
@Suite struct TransactionNumberTests {
    /// The history of the fixture with other numbers of transactions, opened by these keys.
    private func opened(_ keys: Key..., columns: Int) throws -> Fixture {
        var fixture = Fixture.loaded(columns: columns, rows: 30)
        fixture.press(.enter)
        fixture.answer()
        for key in keys { fixture.press(key) }
        var history = Fixture.history
        for index in history.versions.indices {
            if index == 1 {
                history.versions[index].change.activity.nativeTransactionID = 4_294_967_295
            } else {
                history.versions[index].change.activity.transactionID = 2_147_483_640 + Int64(index)
            }
        }
        let question = try #require(fixture.asked.first)
        fixture.forget(question.id)
        fixture.send(.answered(question.id, .history(history)))
        return fixture
    }

    @Test(arguments: [60, 80, 120])
    func tenDigitsAreNotCutInTheHistory(columns: Int) throws {
        let versions = view(try opened(.character("H"), columns: columns).model).text()
        #expect(versions.contains("2147483640  update") && versions.contains("x4294967295 update"), "\(versions)")
        let blame = view(try opened(.character("b"), columns: columns).model).text()
        #expect(blame.contains("2147483642 ") && blame.contains("2147483640 "), "\(blame)")
    }
}

import AuditTrail
import Screen
import Testing

@testable import Browser

/// The role and the application that the server knew, beside the actor that is claimed.
@Suite struct OriginScreenTests {
    private static let transactions = Fixture.transactions.enumerated().map { index, transaction in
        var transaction = transaction
        transaction.origin =
            [
                Origin(sessionRole: "shop_app", application: "billing"),
                Origin(sessionRole: "carla", currentRole: "owner", application: "psql"), nil,
            ][index % 3]
        if index % 3 == 1 { transaction.actor = nil }
        return transaction
    }

    @Test(arguments: [(80, 24), (120, 35), (160, 40)])
    func theRoleStandsBesideTheActor(_ columns: Int, _ rows: Int) throws {
        var fixture = Fixture.loaded(columns: columns, rows: rows, Self.transactions)
        try checkScreen(view(fixture.model), "origin")
        fixture.press(.character("j"))
        fixture.answer(Self.transactions)
        try checkScreen(view(fixture.model), "origin-nobody")
        #expect(view(fixture.model).text().contains("carla"))
    }

    @Test(arguments: [(80, 24), (120, 35)])
    func aNumberOfTenDigitsIsNotCut(_ columns: Int, _ rows: Int) {
        var transactions = Self.transactions
        transactions[0].id = 2_147_483_647
        transactions[1].id = nil
        transactions[1].nativeID = 4_294_967_295
        let text = view(Fixture.loaded(columns: columns, rows: rows, transactions).model).text()
        #expect(text.contains("2147483647 ") && text.contains("x4294967295 "))
    }

    @Test func rolesAndApplicationsOfWhatIsLoadedAreCompleted() {
        var fixture = Fixture.loaded(columns: 120, rows: 35, Self.transactions)
        fixture.press(.character("f"))
        for character in "role:ca" { fixture.press(.character(character)) }
        fixture.press(.tab)
        for character in " app:bi" { fixture.press(.character(character)) }
        fixture.press(.tab)
        guard case .filter(let prompt)? = fixture.model.overlay else {
            Issue.record("there is no prompt")
            return
        }
        #expect(prompt.line.text == "role:carla app:billing")
    }

    @Test func whatNobodyClaimedIsFoundFromTheTransaction() {
        var fixture = Fixture.loaded(columns: 120, rows: 35, Self.transactions)
        fixture.press(.character("j"), .character("."))
        guard case .pivots(let pivots)? = fixture.model.overlay else {
            Issue.record("there is no menu")
            return
        }
        #expect(pivots.flatMap(\.terms).contains(FilterTerm.actor(.anyOf([ActorTerm.none]))))
    }
}

import AuditTrail
import JSON
import Testing

/// Which columns are masked, and what becomes of their values.
@Suite struct MaskTests {
    private let customers = TableName(schema: "Sales", name: "Customers")

    @Test func masksNameColumnsByGlobWithoutRegardToCase() throws {
        let masks = try Masks(parsing: [
            "customers.email", "sales.cust*.card_?", "*.password*", "\"odd.table\".\"a.b\"",
        ])
        #expect(masks.hide("EMAIL", of: customers))
        #expect(masks.hide("card_1", of: customers) && !masks.hide("card_12", of: customers))
        #expect(masks.hide("password_hash", of: TableName(schema: "x", name: "y")))
        #expect(!masks.hide("card_1", of: TableName(schema: "public", name: "customers")))
        #expect(masks.hide("a.b", of: TableName(schema: "public", name: "odd.table")))
        #expect(!masks.hide("emails", of: customers) && !masks.hide("mail", of: customers))
        #expect(try Masks(parsing: ["*.*a*b*c"]).hide("xaybzc", of: customers))
        #expect(try !Masks(parsing: ["*.*a*b*c"]).hide("xaybzcd", of: customers))
        #expect(try Masks(parsing: []).isEmpty)
        #expect(try Masks(parsing: ["a.b"]).and(masks).hide("email", of: customers))
    }

    @Test func whatNamesNoColumnIsRefused() {
        for (text, reason) in [
            ("email", "write TABLE.COLUMN"), ("customers.", "a part of the name is empty"),
            ("a.b.c.d", "a name has at most three parts"), ("\"a.b", "a double quote is out of place"),
        ] {
            let error = #expect(throws: MaskError.self) { try Masks(parsing: [text]) }
            #expect(error?.description == "\"\(text)\" names no column of a table: \(reason)")
        }
    }

    /// A change of the customer with the key `a@x`.
    private func change(_ verb: Verb, old: JSON, changed: JSON?) -> Activity {
        Activity(
            id: 1,
            transactionID: nil,
            nativeTransactionID: 1,
            issuedAt: nil,
            table: customers,
            verb: verb,
            key: [JSON.Member("email", .string("a@x"))],
            oldData: old,
            changedData: changed
        )
    }

    @Test func theWordsOfAStatementDoNotTellAMaskedKey() throws {
        let activity = change(
            .delete,
            old: try JSON(parsing: #"{"email":"a@x"}"#),
            changed: nil
        )
        let change = AttributedActivity(activity, actor: nil, clientAddress: nil, context: nil)
        let verdicts: [RevertScript.Verdict?] = [
            .applies, .partly("changed since: note; last written by a@x in tx 7"), .conflict("there is a row a@x"),
            .impossible("a@x is gone"), nil,
        ]
        let script = RevertScript(
            head: "",
            statements: verdicts.map { .init(change: change, summary: "insert a@x", sql: "", verdict: $0) },
            foot: ""
        )
        guard case .revert(let masked) = Answer.revert(script).masked(by: try Masks(parsing: ["*.email"])) else {
            Issue.record("the answer is another")
            return
        }
        #expect(
            masked.statements.map(\.verdict) == [
                .applies, .partly("columns of the row are others now"), .conflict("the row is another now"),
                .impossible("it cannot be told"), nil,
            ]
        )
        #expect(Set(masked.statements.map(\.summary)) == [#"delete of "Sales"."Customers""#])
    }

    @Test func valuesAreHiddenAndAChangeOfThemIsStillSeen() throws {
        let activity = change(
            .update,
            old: try JSON(parsing: #"{"email":"a@x","note":null,"age":7}"#),
            changed: try JSON(parsing: #"{"email":"b@x"}"#)
        )
        let masked = activity.masked(by: try Masks(parsing: ["customers.email", "*.note"]))
        #expect(masked.oldData?.description == #"{"email":"••••••","note":"••••••","age":7}"#)
        #expect(masked.changedData?.description == #"{"email":"••••••"}"#)
        #expect(masked.key?.first?.value.isMasked == true)
        let lines = Diff(of: masked, context: 0).lines.map { "\($0.marker)\($0.path) \($0.value) \($0.note)" }
        #expect(lines.prefix(2) == [#"-email "••••••" "#, #"+email "••••••" (masked)"#])
        #expect(activity.masked(by: Masks()) == activity)
    }
}

import AuditTrail
import JSON

@testable import Browser

extension Fixture {
    /// The life of order 42: made, paid, changed by nobody knows whom, and changed once more.
    static var history: RowHistory {
        let rows = [
            #"{"id":42,"status":"pending","total":100.00,"prefs":{"theme":"dark"},"updated_at":"2026-08-03"}"#,
            #"{"id":42,"status":"paid","total":100.00,"prefs":{"theme":"dark"},"updated_at":"2026-08-29"}"#,
            #"{"id":42,"status":"paid","total":129.90,"prefs":{"theme":"dark"},"updated_at":"2026-08-29"}"#,
        ].map(parsed)
        let changes = [
            change(4, .update, rows[2], #"{"prefs":{"theme":"light"}}"#, alice, daysAgo: 0),
            change(3, .update, rows[1], #"{"updated_at":"2026-08-29"}"#, nil, daysAgo: 2),
            change(2, .update, rows[0], #"{"status":"paid","updated_at":"2026-08-29"}"#, bob, daysAgo: 41),
            change(1, .insert, .object([]), rows[0].description, bob, daysAgo: 67),
        ]
        let live = parsed(
            #"{"id":42,"status":"paid","total":129.90,"prefs":{"theme":"light"},"updated_at":"2026-08-29","secret":"x"}"#
        )
        return RowHistory(of: ordersShape, key: key, changes: changes, live: .row(live), isComplete: true)
    }

    static var ordersShape: TableShape {
        TableShape(
            name: orders,
            columns: [
                .init(name: "id", type: "integer", kind: .number), .init(name: "status", type: "text", kind: .other),
                .init(name: "total", type: "numeric", kind: .number),
                .init(name: "prefs", type: "jsonb", kind: .document),
                .init(name: "updated_at", type: "date", kind: .other),
                .init(name: "secret", type: "text", kind: .other),
            ],
            keyColumns: ["id"],
            excludedColumns: ["secret"]
        )
    }

    static let key: RowKey = [JSON.Member("id", .number("42"))]

    static func row(at moment: Timestamp) -> RowAtTime {
        let changes = history.versions.map(\.change)
        return RowAtTime(
            of: ordersShape,
            key: key,
            at: moment,
            lastChange: changes.first { ($0.activity.issuedAt ?? now) <= moment },
            nextChange: changes.last { ($0.activity.issuedAt ?? now) > moment },
            live: history.live
        )
    }

    static func script(_ request: RevertRequest) -> RevertScript {
        let change = history.versions[0].change
        var verdicts: [RevertScript.Verdict] = [
            .applies, .reverted, .conflict("changed since: status; last written by bob in tx 97"),
            .impossible("the trail does not hold the rows of a TRUNCATE"),
        ]
        if request.isPartial { verdicts.insert(.partly("changed since: note; last written by bob in tx 97"), at: 1) }
        return RevertScript(
            head: "-- audit-tui: revert of \(request.isPartial ? "some" : "all")\nbegin;\n",
            statements: verdicts.map { verdict in
                RevertScript.Statement(
                    change: change,
                    summary: "update public.orders #42: prefs",
                    sql: "-- one\ndo $revert$ begin end $revert$;",
                    verdict: verdict
                )
            },
            foot: "\ncommit;\n"
        )
    }

    private static func change(
        _ id: Int64,
        _ verb: Verb,
        _ old: JSON,
        _ changed: String,
        _ actor: Actor?,
        daysAgo: Int64
    ) -> AttributedActivity {
        let activity = Activity(
            id: id,
            transactionID: actor == nil ? nil : 900 + id,
            nativeTransactionID: 5000 + id,
            issuedAt: now.adding(seconds: -86400 * daysAgo - 60),
            table: orders,
            verb: verb,
            key: key,
            oldData: old,
            changedData: parsed(changed)
        )
        return AttributedActivity(activity, actor: actor, clientAddress: nil, context: nil)
    }

    private static func parsed(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .null }
}

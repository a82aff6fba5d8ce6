import Postgres
import TestDatabase
import Testing

extension Connection {
    fileprivate func answer(to statement: Statement, _ value: String) throws(PostgresError) -> String? {
        try execute(statement, [value]).first { row throws(PostgresError) in try row.text(0) }
    }
}

/// Statements that a session runs again and again, which the server parses once.
@Suite struct PreparedStatementsTests {
    private static let kept = "select statement from pg_prepared_statements where name like 'audit%' order by statement"
    private let answer = Statement("test", verbatim: "select $1::int + 1").repeated()

    @Test func theyArePreparedOnceAndAnswerToTheirValues() throws {
        try withDatabase { connection, _ throws in
            connection.keepRepeated()
            for number in 1...9 { #expect(try connection.answer(to: answer, "\(number)") == "\(number + 1)") }
            #expect(try connection.rows(Self.kept) == ["select $1::int + 1"])
            #expect(try connection.rows("select generic_plans + custom_plans from pg_prepared_statements") == ["9"])
        }
    }

    @Test func nothingIsKeptOfOthersOrInASessionThatMayBeShared() throws {
        try withDatabase { connection, _ throws in
            #expect(try connection.answer(to: answer, "1") == "2")
            connection.keepRepeated()
            #expect(try connection.rows("select $1::int", ["3"]) == ["3"])
            #expect(try connection.rows(Self.kept) == [])
        }
    }

    @Test func whatTheServerRefusesIsNotTakenForPrepared() throws {
        try withDatabase { connection, _ throws in
            connection.keepRepeated()
            let missing = Statement("test", verbatim: "select n + $1::int from numbers").repeated()
            for _ in 0..<2 {
                let error = #expect(throws: PostgresError.self) { try connection.execute(missing, ["1"]) }
                #expect(error?.sqlState == "42P01")
            }
            try connection.run("create table numbers as select 1 as n")
            #expect(try connection.answer(to: missing, "2") == "3")
            #expect(throws: PostgresError.self) { try connection.execute(answer, ["x"]) }
            #expect(try connection.answer(to: answer, "2") == "3")
        }
    }

    @Test func whatASafeguardForbidsIsPreparedWhenItHolds() throws {
        try withDatabase { connection, _ throws in
            connection.keepRepeated()
            try connection.run("create table numbers as select 1 as n; create view seen as select n from numbers")
            let safeguard = { (name: String) in Safeguard([Safeguard.Relation("public", name)]) }
            for number in 1...7 {
                let error = #expect(throws: PostgresError.self) {
                    try connection.execute(answer.guarded(by: safeguard("seen")), ["1"])
                }
                #expect(error?.description.contains("public.seen is not the table that it was") == true)
                let allowed = answer.guarded(by: safeguard("numbers"))
                #expect(try connection.answer(to: allowed, "\(number)") == "\(number + 1)")
            }
            #expect(try connection.rows(Self.kept).count == 2)
        }
    }

    @Test(arguments: [("deallocate all", "26000"), ("alter table numbers alter n type text", "0A000")])
    func aSessionThatLosesThemGoesOnWithout(loss: String, state: String) throws {
        try withDatabase { connection, _ throws in
            connection.keepRepeated()
            try connection.run("create table numbers as select 1 as n")
            let all = Statement("test", verbatim: "select n from numbers where n::text = $1").repeated()
            for _ in 0..<3 { #expect(try connection.answer(to: all, "1") == "1") }
            try connection.run(loss)
            let error = #expect(throws: PostgresError.self) { try connection.execute(all, ["1"]) }
            #expect(error?.sqlState == state)
            for _ in 0..<3 { #expect(try connection.answer(to: all, "1") == "1") }
        }
    }
}

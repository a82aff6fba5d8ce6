import JSON
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Who wrote: the actor that is claimed beside the role and the application that the server knew.
@Suite struct OriginTests {
    private func withWriters(
        _ options: String = "",
        _ test: (TestDatabase, _ role: String) throws -> Void
    ) throws {
        try withDatabase { connection, database in
            let role = "ro\"le $1 \(database.name)"
            try connection.run(
                """
                create table users (id int primary key, name text);
                create table t (id int primary key);
                insert into users values (1, 'Alice');
                create role "ro""le $1 \(database.name)";
                grant insert on t to "ro""le $1 \(database.name)";
                """
            )
            defer {
                try? connection.run("drop owned by \"ro\"\"le $1 \(database.name)\"")
                try? connection.run("drop role \"ro\"\"le $1 \(database.name)\"")
            }
            #expect(try database.run("init t --actor-table users --yes \(options)").status == 0)
            try connection.run("set application_name = 'billing'")
            try connection.run("begin; set local audit.actor_id = '1'; insert into t values (1); commit")
            try connection.run("set application_name = 'ps$1 \"none\"'")
            try connection.run("set role \"ro\"\"le $1 \(database.name)\"; insert into t values (2); reset role")
            try connection.run("set application_name = ''; insert into t values (3)")
            try test(database, role)
        }
    }

    private func ids(_ filter: String, _ database: TestDatabase) throws -> [String] {
        let log = try database.run("log --reverse --format jsonl -f \(quoted(filter))")
        #expect(log.status == 0, "\(filter): \(log.output)")
        let keys = try log.output.split(separator: "\n").map { try JSON(parsing: String($0))["key"]?["id"] }
        return keys.map { "\($0 ?? .null)" }
    }

    @Test func theRoleAndTheApplicationStandBesideTheActor() throws {
        try withWriters { database, role in
            for command in ["log", "log --format patch", "show 1", "show 2"] {
                let text = try database.run(command).output
                if command != "show 2" { #expect(text.contains("Alice (#1)  role postgres  app billing"), "\(text)") }
                if command != "show 1" {
                    #expect(text.contains("unknown actor  role postgres as \(role)  app ps$1 \"none\""), "\(text)")
                }
            }
        }
    }

    @Test func roleAndAppAreFieldsAndNobodyIsWhatNobodyClaimed() throws {
        try withWriters { database, role in
            let typed = "\"" + role.replacing("\"", with: "\"\"") + "\""
            let cases: [(String, [String])] = [
                ("actor:none", ["2", "3"]), ("!actor:none", ["1"]), ("actor:none,alice", ["1", "2", "3"]),
                ("tx:none", []),
                ("tx!=none", ["1", "2", "3"]), ("role:postgres", ["1", "2", "3"]), ("role:\(typed)", ["2"]),
                ("role=\(typed)", ["2"]), ("role:RO*", ["2"]), ("!role:ro*", ["1", "3"]), ("role~^ro", ["2"]),
                ("role:none", []), ("app:billing", ["1"]), ("app:BILL*,none", ["1", "3"]), ("app:none", ["3"]),
                ("app=\"ps$1 \"\"none\"\"\"", ["2"]), ("app!=billing", ["2", "3"]), ("app!~^b", ["2", "3"]),
                ("actor:none role:ro* (app:x or app:ps*)", ["2"]),
            ]
            for (filter, expected) in cases {
                let found = try ids(filter, database)
                #expect(found == expected, "\(filter)")
            }
        }
    }

    /// Where the trail does not know roles, nothing has one.
    @Test func withoutAContextNoRoleIsKnown() throws {
        try withWriters("--profile flask") { database, _ in
            #expect(try ids("role:*", database) == [])
            #expect(try ids("app:none role:none", database) == ["1", "2", "3"])
            #expect(try ids("actor:none", database) == ["2", "3"])
            let log = try database.run("log").output
            #expect(!log.contains("role "))
        }
    }
}

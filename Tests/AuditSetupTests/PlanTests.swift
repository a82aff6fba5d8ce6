import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import Testing

@Suite struct PlanTests {
    @Test(arguments: Profile.allCases, ["audit", "public"])
    func twiceIsOnce(profile: Profile, schema: String) throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int primary key, password text); create table \"Odd,\" (a int)")
            let wanted = request("users", "Odd,") {
                $0.profile = profile
                $0.actorTable = table("users")
                $0.excludedColumns = [ColumnName(table: table("users"), name: "password")]
            }
            #expect(!(try install(wanted, on: connection, schema: schema)).isEmpty)
            let before = try catalogContents(on: connection)
            #expect((try install(wanted, on: connection, schema: schema)).isEmpty)
            #expect(try catalogContents(on: connection) == before)
        }
    }

    @Test func theScriptDoesWhatApplyingDoes() throws {
        let wanted = request("users") {
            $0.actorTable = table("users")
            $0.excludedColumns = [ColumnName(table: table("users"), name: "name")]
        }
        let contents = try [true, false].map { byScript in
            try withDatabase { connection, _ in
                try connection.run("create table users (id int primary key, name text)")
                if byScript {
                    try connection.run(try plan(for: wanted, on: connection).script)
                } else {
                    try install(wanted, on: connection)
                }
                #expect(try plan(for: wanted, on: connection).isEmpty)
                return try connection.rows(
                    """
                    select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
                    union all select concat(proname, prosrc) from pg_proc where pronamespace = 'audit'::regnamespace
                    union all select concat(relname, relkind) from pg_class where relnamespace = 'audit'::regnamespace
                    order by 1
                    """
                )
            }
        }
        #expect(contents[0] == contents[1])
    }

    @Test func planningChangesNothing() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int primary key)")
            let before = try catalogContents(on: connection)
            #expect(!(try plan(for: request("users"), on: connection)).isEmpty)
            #expect(try catalogContents(on: connection) == before)
        }
    }

    @Test func tablesNotNamedAgainStayAsTheyAre() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int); create table b (id int)")
            try install(request("a"), on: connection)
            let added = try plan(for: request("b"), on: connection)
            #expect(added.steps.map(\.description) == ["audit public.b"])
            try install(request("b"), on: connection)
            #expect(try plan(for: request("a", "b"), on: connection).isEmpty)
        }
    }

    @Test func anotherListOfExcludedColumnsIsAPlannedChange() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int, password text, token text, note text)")
            let password = ColumnName(table: table("users"), name: "password")
            let token = ColumnName(table: table("users"), name: "token")
            let note = ColumnName(table: table("users"), name: "note")
            try install(request("users") { $0.includedColumns = [token] }, on: connection)
            #expect(try plan(for: request("users"), on: connection).isEmpty)
            // What is left out already stays so.
            let wanted = request { $0.excludedColumns = [note] }
            #expect(
                try plan(for: wanted, on: connection).steps.map(\.description)
                    == ["change the excluded columns of public.users from password to password, note"]
            )
            try install(wanted, on: connection)
            #expect(
                try plan(for: request { $0.excludedColumns = [password, note] }, on: connection).isEmpty
            )
            let back = request { $0.includedColumns = [password] }
            #expect(
                try plan(for: back, on: connection).steps.map(\.description)
                    == ["change the excluded columns of public.users from password, note to note"]
            )
            try connection.run("insert into users values (1, 'a', 'b')")
            #expect(try activities(on: connection) == [#"users insert | {} | {"id": 1, "token": "b"}"#])
            try install(back, on: connection)
            try connection.run("insert into users values (2, 'a', 'b')")
            #expect(
                try activities(on: connection).last == #"users insert | {} | {"id": 2, "token": "b", "password": "a"}"#
            )
        }
    }

    @Test func aBusyTableIsNamedAndNothingIsHalfDone() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int); create table b (id int)")
            let before = try catalogContents(on: connection)
            let other = try database.connect()
            try other.run("begin; lock table b in access exclusive mode")
            let wanted = request("a", "b") { $0.lockTimeoutMilliseconds = 100 }
            let error = #expect(throws: SetupError.self) { try install(wanted, on: connection) }
            guard case .lockTimeout(table("b"), milliseconds: 100, _) = error else {
                Issue.record("the table was not reported as busy")
                return
            }
            #expect(try catalogContents(on: connection) == before)
            try other.run("rollback")
            #expect(!(try install(wanted, on: connection)).isEmpty)
        }
    }

    @Test func onlyOneSetupRunsAtATime() throws {
        try withDatabase { connection, database in
            try connection.run("create table a (id int)")
            let other = try database.connect()
            try other.run(String(try plan(for: request("a"), on: connection).script.dropLast("commit;\n".count)))
            let error = #expect(throws: SetupError.self) {
                try install(request("a") { $0.lockTimeoutMilliseconds = 50 }, on: connection)
            }
            guard case .lockTimeout(nil, milliseconds: 50, _) = error else {
                Issue.record("the other setup was not reported")
                return
            }
        }
    }

    @Test func aPlanThatNoLongerHoldsIsNotApplied() throws {
        try withDatabase { connection, _ in
            try connection.run("create table a (id int); create table b (id int)")
            let shown = try plan(for: request("a"), on: connection)
            try install(request("b"), on: connection)
            #expect(throws: SetupError.changedMeanwhile) {
                try Installer.install(request("a"), auditSchema: "audit", on: connection, expecting: shown)
            }
            #expect(try connection.rows("select count(*) from pg_trigger where tgrelid = 'a'::regclass") == ["0"])
        }
    }

    @Test func anOwnerWhoIsNoSuperuserInstalls() throws {
        try withDatabase { connection, database in
            let owner = try database.makeRole("owner", on: connection)
            try connection.run("grant create on database \(database.name) to \(owner)")
            try connection.run("create table orders (id int); alter table orders owner to \(owner)")
            let session = try database.connect(as: owner)
            try install(request("orders"), on: session)
            try session.run("insert into orders values (1)")
            try connection.run("insert into orders values (2)")
            #expect(try activities(on: session).count == 2)
            #expect(try plan(for: request("orders"), on: session).isEmpty)
        }
    }

    @Test func disabledAndMissingTriggersAreRepaired() throws {
        try withDatabase { connection, _ in
            try connection.run("create table orders (id int)")
            try install(request("orders"), on: connection)
            let before = try connection.rows("select pg_get_triggerdef(oid), tgenabled from pg_trigger order by 1")
            try connection.run(
                "alter table orders disable trigger audit_trigger_update; drop trigger audit_trigger_delete on orders"
            )
            #expect(
                try plan(for: request("orders"), on: connection).steps.map(\.description)
                    == ["replace the triggers of public.orders"]
            )
            try install(request("orders"), on: connection)
            #expect(
                try connection.rows("select pg_get_triggerdef(oid), tgenabled from pg_trigger order by 1") == before
            )
        }
    }

    @Test func theObjectsHaveTheNamesThatTheFormatAsksFor() throws {
        try withDatabase { connection, _ in
            try connection.run("create table users (id int primary key)")
            try install(
                request("users") {
                    $0.profile = .flask
                    $0.actorTable = table("users")
                },
                on: connection
            )
            #expect(
                try connection.rows(
                    "select indexname from pg_indexes where schemaname = 'audit' order by 1"
                ) == [
                    "activity_pkey", "ix_audit_activity_native_transaction_id", "transaction_pkey",
                    "transaction_unique_native_tx_id",
                ]
            )
            #expect(
                try connection.rows(
                    """
                    select proname || '(' || pg_get_function_identity_arguments(oid) || ')' from pg_proc
                    where pronamespace = 'audit'::regnamespace
                        and proname in ('get_setting', 'jsonb_subtract', 'create_activity') order by 1
                    """
                ) == [
                    "create_activity()", "get_setting(setting text, fallback text)",
                    "jsonb_subtract(arg1 jsonb, arg2 jsonb)",
                ]
            )
            #expect(
                try connection.rows("select extname from pg_extension where extname = 'btree_gist'") == ["btree_gist"]
            )
            #expect(
                try connection.rows(
                    """
                    select table_name, column_name, data_type from information_schema.columns
                    where table_schema = 'audit' order by table_name, ordinal_position
                    """
                ) == flaskColumns
            )
            #expect(
                try connection.rows(
                    "select count(*) from pg_description where objoid in ('audit.activity'::regclass, "
                        + "'audit.transaction'::regclass)"
                ) == ["0"]
            )
        }
    }

    private let flaskColumns = [
        "activity | id | bigint", "activity | schema | text", "activity | table_name | text",
        "activity | relid | integer",
        "activity | issued_at | timestamp without time zone", "activity | native_transaction_id | bigint",
        "activity | verb | text", "activity | old_data | jsonb", "activity | changed_data | jsonb",
        "activity | transaction_id | bigint", "transaction | id | bigint",
        "transaction | native_transaction_id | bigint",
        "transaction | issued_at | timestamp without time zone", "transaction | client_addr | inet",
        "transaction | actor_id | integer",
    ]
}

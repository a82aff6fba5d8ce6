import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import TestProgram
import Testing

/// Reverts of an attacker's table by a superuser that skip columns which were changed since.
@Suite struct PartialTests {
    /// Names that stand in the message of what is skipped, and in the statements that look at the columns.
    @Test func noNameOfAColumnIsRunOrReachesTheTerminalAsItIs() throws {
        try withAttacker { superuser, attacker, database, _ in
            let role = try attacker.rows("select current_user")[0]
            for (index, text) in hostileTexts("alter role \(quotedIdentifier(role)) superuser").enumerated() {
                let name = String(String.UnicodeScalarView(text.unicodeScalars.prefix(14)))
                let (table, first, second) = ("t\(index)", quotedIdentifier("a_" + name), quotedIdentifier("b_" + name))
                try attacker.run("create table \(table) (id int primary key, \(first) text, \(second) text)")
                var request = InstallRequest()
                request.tables = [TableName(schema: "public", name: table)]
                try Installer.install(request, auditSchema: "audit", on: superuser)
                try attacker.run(
                    """
                    insert into \(table) values (1, 'a', 'b'); update \(table) set \(first) = 'A', \(second) = 'B';
                    update \(table) set \(second) = 'since';
                    """
                )
                let id = try superuser.rows("select max(id) - 1 from audit.activity")[0]
                for arguments in ["--check", "--dry-run"] {
                    let outcome = try database.run("revert --activity \(id) --partial \(arguments)")
                    #expect(outcome.status == 0 && outcome.output.contains("changed since: b"), "\(outcome.output)")
                }
                let output = try database.revert("--activity \(id) --partial")
                #expect(output.contains("skipped columns: activity \(id): public.\(table) #1: changed since: b"))
                let isShown = output.unicodeScalars.allSatisfy {
                    $0 == "\n" || $0.properties.generalCategory != .control
                }
                #expect(isShown, "\(output.debugDescription)")
                #expect(try superuser.rows("select * from \(table)") == ["1 | a | since"])
            }
        }
    }

    /// What runs for the columns that are put back and for those that stay runs as the attacker.
    @Test func triggersChecksAndDomainsRunAsTheTablesOwner() throws {
        try withAttacker { superuser, attacker, database, trap in
            try attacker.run("create table orders (id int primary key, total int, note text)")
            #expect(try database.run("init orders --schema audit --yes").status == 0)
            try attacker.run("insert into orders values (1, 6, 'a'); update orders set total = 12, note = 'b'")
            try attacker.run("update orders set note = 'since'")
            try attacker.run(trap.function("fire()", returns: "trigger", "new", "volatile"))
            try attacker.run(trap.function("odd(int)", returns: "boolean", "true"))
            try attacker.run(
                """
                create trigger fire before update of note on orders for each row execute function fire();
                alter table orders add check (odd(total)); create index on orders (total) where odd(7);
                create domain odd_domain as int check (odd(value)); alter table orders alter total type odd_domain;
                create rule also as on update to orders do also select odd(1);
                create function "=" (text, text) returns boolean language sql as 'select public.odd(1)';
                create function "=" (int, int) returns boolean language sql as 'select public.odd(1)';
                """
            )
            try attacker.run("select pg_advisory_unlock_all()")
            trap.reset()
            let output = try database.revert("--activity 2 --partial")
            #expect(output.contains("changed since: note"), "\(output)")
            try trap.waitForOthers(superuser)
            #expect(try !trap.hasSprung(superuser))
            // Whoever plans a query of his table evaluates what is immutable.
            #expect(try attacker.rows("select * from orders") == ["1 | 6 | since"])
        }
    }
}

import AuditSetup
import AuditTrail
import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

extension TestDatabase {
    /// Runs commands as a superuser, which succeed and spring no trap; returns what they printed.
    @discardableResult
    func read(_ commands: [String], beside trap: Trap, _ superuser: borrowing Connection) throws -> [String] {
        var outputs: [String] = []
        for command in commands {
            let outcome = try run(command)
            #expect([0, 5].contains(outcome.status), "\(command): \(outcome.output)")
            #expect(try !trap.hasSprung(superuser), "\(command) ran the attacker's code")
            trap.reset()
            outputs.append(outcome.output)
        }
        return outputs
    }
}

/// Code of an attacker that leaves a file on the server when it runs as a superuser, and a lock when it runs as anybody.
struct Trap {
    /// The file, which only a superuser can have had written.
    let path: String
    /// The number of the lock.
    let lock = Int32.random(in: 1 ... .max)
    /// The server's process of the attacker's own session, in which his code may run.
    private let attacker: Int32

    init(of attacker: borrowing Connection) {
        self.attacker = attacker.backendPID
        // The server and this process see the same folder.
        path = "/tmp/audit-tui-trap-\(UInt64.random(in: 0 ... .max))"
    }

    /// Makes `spring()`, which does it, and whose volatility hides nothing: an immutable function may call it.
    var function: String {
        """
        create function spring() returns boolean language plpgsql as $trap$
        begin
            perform pg_catalog.pg_try_advisory_lock(\(lock));
            begin
                execute 'copy (select current_user) to ''\(path)''';
            exception when others then null;
            end;
            return true;
        end $trap$;
        """
    }

    /// A function of the attacker that springs the trap and returns something harmless.
    func function(_ signature: String, returns type: String, _ value: String, _ words: String = "immutable") -> String {
        """
        create function \(signature) returns \(type) language plpgsql \(words) as $trap$
        begin perform public.spring(); return \(value); end $trap$;
        """
    }

    /// Whether it ran as a superuser, or left its lock in a session that is still there.
    func hasSprung(_ connection: borrowing Connection) throws -> Bool {
        let locks = try connection.rows(
            "select count(*) from pg_locks where locktype = 'advisory' and objid = \(lock) and pid <> \(attacker)"
        )
        return access(path, F_OK) == 0 || locks != ["0"]
    }

    /// Forgets that it has sprung, as the attacker himself does when he prepares it.
    func reset() { _ = try? shell("rm -f \(path)") }
}

/// A database with an attacker: a role of no rights but to make tables in `public`, and his trap.
func withAttacker(
    _ body: (borrowing Connection, borrowing Connection, TestDatabase, Trap) throws -> Void
) throws {
    try withDatabase { superuser, database in
        let role = try database.makeRole("m", on: superuser)
        try superuser.run("grant create on schema public to \(role)")
        let attacker = try database.connect(as: role)
        let trap = Trap(of: attacker)
        defer { trap.reset() }
        try attacker.run(trap.function)
        try body(superuser, attacker, database, trap)
        #expect(try !trap.hasSprung(superuser), "the attacker's code ran")
        #expect(try superuser.rows("select rolname from pg_roles where rolsuper and rolname = '\(role)'").isEmpty)
    }
}

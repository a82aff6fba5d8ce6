import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// The program killed at random moments while it changes a database: what it leaves is the state before or the one after.
///
/// `AUDIT_TUI_KILLS` says how many times, 60 unless told.
@Suite struct KillTests {
    private static let kills = getenv("AUDIT_TUI_KILLS").flatMap { Int(String(cString: $0)) } ?? 60

    private var random = SeededGenerator(state: 7)

    /// What the catalogs say of the schema, but for numbers that differ each time.
    private static let state = """
        select concat_ws(' ', 'table', relname, relkind, relacl, reloptions, obj_description(oid, 'pg_class')) from pg_class
        where relnamespace = 'public'::regnamespace and relkind <> 'i'
        union all select concat_ws(' ', 'column', relname, attnum, attname, atttypid::regtype, attnotnull, attcompression,
          pg_get_expr(adbin, adrelid))
          from pg_attribute join pg_class c on c.oid = attrelid
          left join pg_attrdef on adrelid = attrelid and adnum = attnum
          where relnamespace = 'public'::regnamespace and relkind <> 'i' and attnum > 0
        union all select concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid)
          from pg_index join pg_class c on c.oid = indrelid where relnamespace = 'public'::regnamespace
        union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
          from pg_constraint where connamespace = 'public'::regnamespace
        union all select concat_ws(' ', 'trigger', tgenabled, tgrelid::regclass, tgfoid::regproc,
          case when not tgisinternal then pg_get_triggerdef(oid) end) from pg_trigger
        union all select concat_ws(' ', 'function', pg_get_functiondef(oid), pg_get_userbyid(proowner), proacl)
          from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
        order by 1
        """

    private func state(_ connection: borrowing Connection, where condition: String = "true") throws -> [String] {
        try connection.rows("select * from (\(Self.state)) as state (line) where \(condition)")
    }

    /// How long the program runs before it does anything with a database.
    private func startTime() throws -> Duration { try run("\(program) --version") }

    /// Runs the program and kills it after it has begun and before it would have ended, if nothing slows it down.
    ///
    /// What runs on the server by then ends by itself; returns whether the program was killed.
    private mutating func kill(_ command: String, lasting time: Duration, _ connection: borrowing Connection) throws
        -> Bool
    {
        let start = try startTime() / .seconds(1)
        let delay = Double.random(in: start...max(start, time / .seconds(1)), using: &random)
        let outcome = try shell("timeout --signal=KILL \(delay) \(command)")
        let wait = ContinuousClock.now + .seconds(60)
        let others = """
            select pid, query from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
            """
        while case let left = try connection.rows(others), !left.isEmpty {
            guard ContinuousClock.now < wait else { throw TestError("sessions are left: \(left)") }
            usleep(2_000)
        }
        return outcome.status != 0
    }

    private func run(_ command: String) throws -> Duration {
        let start = ContinuousClock.now
        let outcome = try shell(command)
        guard outcome.status == 0 else { throw TestError("\(command): \(outcome.output)") }
        return ContinuousClock.now - start
    }

    /// Runs the program until it was killed, and expects one of two states; then lets it run, and expects the one after.
    ///
    /// The time is how long the program took when it was let be last.
    private mutating func kill(
        _ command: String,
        lasting time: inout Duration,
        from old: [String],
        to new: [String],
        _ connection: borrowing Connection
    ) throws -> Tally {
        let isKilled = try kill(command, lasting: time, connection)
        let left = try state(connection)
        let isOld = left == old
        #expect(isOld && isKilled || left == new, "\(difference(left, old)) \(difference(left, new))")
        // There is nothing to remove where everything is removed.
        if isOld { time = try run(command) }
        let repaired = try state(connection)
        try #require(repaired == new, "\(difference(repaired, new))")
        return Tally(kills: isKilled ? 1 : 0, old: isOld ? 1 : 0)
    }

    private func difference(_ some: [String], _ others: [String]) -> [String] {
        Set(some).symmetricDifference(others).sorted()
    }

    @Test mutating func settingUpAndRemoving() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, note text)")
            try connection.run("create table \"Order Lines\" (id int, \"No.\" int, primary key (id, \"No.\"))")
            let options = try database.options()
            let initialise = "\(program) init orders '\"Order Lines\"' --yes \(options)"
            let before = try state(connection)
            var initialising = try run(initialise)
            let installed = try state(connection)
            var (inits, removals) = (Tally(), Tally())
            for purge in ["", "--purge"] {
                let remove = "\(program) remove \(purge) --yes \(options)"
                var removing = try run(remove)
                let removed = try state(connection)
                #expect(removed != installed && (removed == before) == (purge == "--purge"))
                let enough = Self.kills * (purge.isEmpty ? 4 : 8) / 10
                while inits.kills + removals.kills < enough {
                    inits += try kill(initialise, lasting: &initialising, from: removed, to: installed, connection)
                    removals += try kill(remove, lasting: &removing, from: installed, to: removed, connection)
                }
                _ = try run(initialise)
                #expect(try state(connection) == installed)
            }
            print("init killed \(inits); remove killed \(removals)")
            #expect(inits.kills > 0 && removals.kills > 0)
        }
    }

    /// Each index is built by itself: those of the old state and of the new one may stand side by side, and one may be
    /// unfinished.
    @Test mutating func buildingAndDroppingIndexes() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key, note text)")
            let options = try database.options()
            _ = try run("\(program) init orders --profile flask --yes \(options)")
            try connection.run("insert into orders select n from generate_series(1, 20000) n")
            var states = try ["", "--drop"].map { option in
                let command = "\(program) index \(option) --yes \(options)"
                return (command: command, time: try run(command), state: try state(connection))
            }
            var (tally, mixed, unfinished, round) = (Tally(), 0, 0, 0)
            while tally.kills < Self.kills / 5 {
                let (new, old) = (states[round % 2], states[1 - round % 2].state)
                if try kill(new.command, lasting: new.time, connection) { tally.kills += 1 }
                let left = try state(connection)
                let invalid = try state(connection, where: "line like 'index % f'")
                unfinished += invalid.count
                let known = Set(old).union(new.state).union(invalid)
                #expect(known.isSuperset(of: left), "\(left.filter { !known.contains($0) })")
                if left == old { tally.old += 1 } else if left != new.state { mixed += 1 }
                states[round % 2].time = try run(new.command)
                let repaired = try state(connection)
                try #require(repaired == new.state, "\(difference(repaired, new.state))")
                round += 1
            }
            print("index killed \(tally), some indexes of each \(mixed) times, unfinished \(unfinished)")
        }
    }
}

private struct Tally: CustomStringConvertible {
    var kills = 0
    var old = 0

    var description: String { "\(kills) times, the old state left \(old) times" }

    static func += (sum: inout Tally, more: Tally) {
        sum.kills += more.kills
        sum.old += more.old
    }
}

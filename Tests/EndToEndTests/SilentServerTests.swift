import Glibc
import Postgres
import TestDatabase
import TestProgram
import Testing

/// A server that is there and never answers, and one whose trail is locked.
@Suite struct SilentServerTests {
    /// Gives the connection options of a server that takes connections and says nothing.
    private func withSilentServer(_ body: (String) throws -> Void) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) + listen(descriptor, 16) + getsockname(descriptor, address, &length)
            }
        }
        #expect(code == 0)
        try body("-h 127.0.0.1 -p \(address.sin_port.bigEndian) -d shop")
    }

    @Test(arguments: ["log", "status", "init --yes orders", "history orders 1"])
    func aCommandGivesUpAServerThatNeverAnswers(_ command: String) throws {
        try withSilentServer { options in
            let start = ContinuousClock.now
            let outcome = try shell("PGCONNECT_TIMEOUT=2 \(program) \(command) \(options)")
            #expect(outcome.status == 4, "\(outcome.output)")
            #expect(outcome.output.contains("cannot connect: "), "\(outcome.output)")
            #expect(.now - start < .seconds(9))
        }
    }

    @Test func theTimeThatIsUsualIsTenSeconds() throws {
        try withSilentServer { options in
            let start = ContinuousClock.now
            let outcome = try shell("env -u PGCONNECT_TIMEOUT \(program) log \(options)")
            #expect(outcome.status == 4, "\(outcome.output)")
            #expect(.now - start > .seconds(8) && .now - start < .seconds(25))
        }
    }

    @Test func aCommandThatConnectsIsEndedAtOnce() throws {
        try withSilentServer { options in
            let start = ContinuousClock.now
            let outcome = try shell("timeout -s INT 1 \(program) log \(options)")
            #expect(outcome.status != 0)
            #expect(.now - start < .seconds(6))
        }
    }

    @Test(arguments: ["q", "C-c"])
    func theBrowserIsDrawnWhileItWaitsAndAnswersKeys(_ last: String) throws {
        try withSilentServer { options in
            let window = try TerminalWindow()
            try window.run("\(program) \(options); echo status $?")
            try window.wait(for: "waiting for the server")
            try window.press("?")
            try window.wait(for: "next line")
            try window.press("q")
            try window.wait(for: "waiting for the server")
            try window.press("R", "j", last)
            try window.wait(for: "status 0")
        }
    }

    @Test func aTrailThatIsLockedIsWaitedFor() throws {
        try withDatabase { connection, database in
            try connection.run("create table orders (id int primary key)")
            let outcome = try shell("\(program) --init orders --schema audit --yes \(database.options())")
            #expect(outcome.status == 0, "\(outcome.output)")
            try connection.run("insert into orders values (7); begin; lock table audit.activity, audit.transaction")
            let window = try TerminalWindow()
            try window.run("\(program) \(database.options()); echo status $?")
            try window.wait(for: "waiting for the server")
            try window.wait(for: "lock timeout")
            try connection.run("commit")
            try window.press("R")
            try window.wait(for: "+1 row")
            try window.press("Q")
            try window.wait(for: "status 0")
        }
    }
}

import Glibc
import Postgres
import PrivateServer
import TestDatabase
import TestProgram
import Testing

/// The options for a role with the password `right` on a server of its own.
func withGuardedServer(_ body: (_ options: String) throws -> Void) throws {
    let folder = try shell("mktemp -d").output.filter { $0 != "\n" }
    defer { _ = try? shell("rm -rf \(folder)") }
    let rules = "\(folder)/pg_hba.conf"
    _ = try shell(
        "printf 'local all postgres trust\\nlocal all all scram-sha-256\\n' > \(rules); chmod 755 \(folder)"
    )
    let server = try PrivateServer.start(configuration: [("hba_file", rules)])
    try Connection.open(server.settings()).run("create role guarded login password 'right'")
    try body("-h \(quoted(server.folder)) -p 5432 -U guarded -d postgres")
    server.stop()
}

/// A server that wants a password, and a person who has to type it.
@Suite struct PasswordTests {
    @Test func itIsAskedForOnTheTerminalOrNotAtAll() throws {
        try withGuardedServer { options in
            let command = "env -u PGPASSWORD PGPASSFILE=/nowhere \(program) log \(options)"
            #expect(
                try shell("setsid -w \(command) >/dev/null")
                    == Outcome(
                        status: 4,
                        output: "audit-tui: cannot connect: the server wants a password, and there is no terminal "
                            + "to ask on\n"
                    )
            )
            let window = try TerminalWindow()
            let settings = try window.terminalSettings()
            func ask(_ answer: () throws -> Void, _ status: Int, _ message: String) throws {
                try window.run("\(command); echo status $?")
                try window.wait(for: "Password:")
                try answer()
                let screen = try window.wait(for: "status \(status)")
                #expect(screen.contains(message) && !screen.contains("wrong"), "\(screen)")
                #expect(try window.terminalSettings() == settings)
            }
            try ask({ try window.enter("right") }, 3, "no audit tables")
            try ask({ try window.enter("wrong") }, 4, "authentication failed")
            try ask({ try window.press("C-c") }, 130, "audit-tui: interrupted")
            try ask({ try window.press("C-d") }, 130, "audit-tui: interrupted")
            // A signal that comes meanwhile acts once the terminal is restored.
            try ask({ try window.end(by: "TERM") }, 143, "Terminated")
        }
    }
}

import Glibc
import Postgres
import PrivateServer
import Testing

@Suite struct PrivateServerTests {
    @Test func answersAndIsGoneAfterStop() throws {
        let server = try PrivateServer.start(configuration: [("application_name", "of a test")])
        let (folder, processID) = (server.folder, server.processID)
        try inspect(server.settings())
        server.stop()
        #expect(access(folder, F_OK) != 0)
        #expect(kill(processID, 0) != 0)
    }

    private func inspect(_ settings: ConnectionSettings) throws {
        let connection = try Connection.open(settings)
        let statement = Statement(
            "inspect",
            "select current_user, getdatabaseencoding(), current_setting('TimeZone'), inet_client_addr()"
        )
        let row = try connection.execute(statement).first { row throws(PostgresError) in
            [try row.text(0), try row.text(1), try row.text(2), row.optionalText(3) ?? "no address"]
        }
        #expect(row == ["postgres", "UTF8", "UTC", "no address"])
    }

    @Test func isGoneWhenItsValueIs() throws {
        func folderOfShortLivedServer() throws -> String { try PrivateServer.start().folder }
        #expect(access(try folderOfShortLivedServer(), F_OK) != 0)
    }

    @Test func saysWhatTheServerSaidWhenItDoesNotStart() throws {
        #expect {
            _ = try PrivateServer.start(configuration: [("no_such_setting", "1")])
        } throws: { error in
            "\(error)".contains("no_such_setting")
        }
    }

    /// The keeper takes a pair of sockets, and its shell a descriptor more.
    @Test(arguments: [
        ("-n 4", "cannot launch a private server: error 24 of the system"),
        ("-n 5", "the private server did not start, and nothing says why"),
    ])
    func saysSoWhenThereIsNoDescriptorLeft(limit: String, words: String) throws {
        #expect(try HostProcess.lastWords(under: limit) == words)
    }

    @Test func saysWhatInitdbSaidWhenItFails() throws {
        let words = try HostProcess.lastWords(under: "-f 16")
        #expect(
            words.hasPrefix("the private server did not start: ") && words.contains("File size limit exceeded"),
            "\(words)"
        )
    }

    @Test func saysWhatIsMissing() {
        #expect(
            PrivateServerError.programsMissing.description
                == "no PostgreSQL server programs here (initdb, postgres); on Debian: apt-get install postgresql"
        )
        #expect(
            PrivateServerError.timedOut(seconds: 60).description == "the private server did not answer within 60 s"
        )
    }

    @Test(arguments: [SIGKILL, SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    func leavesNothingWhenItsUserIsEnded(by signal: Int32) throws {
        let host = try HostProcess()
        #expect(access(host.server.folder, F_OK) == 0)
        host.end(by: signal)
        #expect(host.leavesNothing())
    }

    @Test func leavesNothingWhenItsUserIsEndedBeforeTheServerRuns() throws {
        #expect(try HostProcess.leavesNothingWhenEndedEarly())
    }

    @Test func leavesNothingWhenItsUserCrashes() throws {
        let host = try HostProcess(["crash"])
        #expect(host.leavesNothing())
        host.end(by: SIGKILL)
    }

    @Test func leavesNothingWhenTheServerCrashes() throws {
        let host = try HostProcess()
        kill(host.server.processID, SIGKILL)
        #expect(host.leavesNothing())
        host.end(by: SIGKILL)
    }
}

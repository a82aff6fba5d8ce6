import Glibc
import TestDatabase
import Testing

@testable import Postgres

/// Nothing of a connection string stands in an error, however it is written and wherever it is given.
@Suite struct ConnectionStringTests {
    private static let secret = "s3cretPW"

    /// Strings that are not what was meant, each with the secret in it.
    private static let strings = [
        "postgresql://u:s3cretPW%@127.0.0.1/db", "postgresql://u:%zzs3cretPW@127.0.0.1/db",
        "postgresql://u:s3cretPW%00@127.0.0.1/db", "postgres://u:s3cretPW@[::1/db",
        "postgresql://u:s3cretPW@[]/db", "postgresql://u:s3cretPW@[::1]x/db",
        "postgresql://u:s3cretPW@127.0.0.1/db?a", "postgresql://u:s3cretPW@127.0.0.1/db?a=b=c",
        "postgresql://127.0.0.1/db?password=x&s3cretPW=y", "postgresql://127.0.0.1/db?user=u&password=a%s3cretPW",
        // What libpq takes for a host, a port or a database.
        "postgresql://u:x@s3cretPW@127.0.0.1/db", "postgresql://u:s3cretPW/x@127.0.0.1/db",
        "postgresql://u:1/s3cretPW@127.0.0.1/db", "postgresql://u:x/s3cretPW@127.0.0.1:1/db",
        "postgresql://u:x@127.0.0.1:1/s3cretPW@127.0.0.1/db", "postgresql://u:x@y?s3cretPW@127.0.0.1/db",
        "postgresql://u@x:s3cretPW@127.0.0.1/db", "postgresql://127.0.0.1:s3cretPW/db",
        "host=127.0.0.1 password=x s3cretPW", "host=127.0.0.1 password=x s3cretPW=y", "password='x's3cretPW host=h",
        "password='s3cretPW host=127.0.0.1", "host=127.0.0.1 port=s3cretPW", "passwort=s3cretPW host=127.0.0.1",
    ]

    private func failure(_ settings: ConnectionSettings) -> PostgresError? {
        do throws(PostgresError) {
            _ = try Connection.open(settings)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: strings)
    func aStringThatCannotBeReadIsNotRepeated(text: String) throws {
        var profile = ConnectionSettings()
        profile.profile = text
        for settings in [ConnectionSettings(database: text), profile] {
            let error = try #require(failure(settings))
            #expect(!"\(error)".contains(Self.secret), "\(error)")
            guard case .cannotConnect(_, needsPassword: false) = error else {
                Issue.record("another error: \(error)")
                return
            }
            let attempt = try ConnectionAttempt(settings)
            var entry = pollfd(fd: attempt.descriptor, events: Int16(POLLIN), revents: 0)
            try #require(poll(&entry, 1, 20_000) == 1)
            let later = #expect(throws: PostgresError.self) { _ = try attempt.finish() }
            let words = later.map { "\($0)" } ?? Self.secret
            #expect(!words.contains(Self.secret), "\(words)")
        }
    }

    /// Each of libpq's and the server's messages about what was taken from another place.
    @Test func aStringInThePlaceOfANameIsNotRepeatedEither() throws {
        let uri = "postgresql://u:s3cretPW@127.0.0.1/db"
        try withDatabase { _, database in
            let server = try database.settings()
            let named = [uri, "u:s3cretPW@h", "password=s3cretPW", "mysql://u:s3 cretPW@h"]
            var cases = named.map { ConnectionSettings(host: $0, port: "1") }
            cases += named.map { ConnectionSettings(host: "127.0.0.1", port: $0) }
            cases += ["mysql://u:s3cretPW@h", "u:s3cretPW@h"].map { name in
                ConnectionSettings(database: name, host: server.host, port: server.port, user: server.user)
            }
            for options in [
                "service='\(uri)'", "host=127.0.0.1 sslmode='\(uri)'", "hostaddr='\(uri)'", "options='\(uri)' port=1",
            ] {
                cases.append(ConnectionSettings(database: options))
            }
            for settings in cases {
                let error = try #require(failure(settings))
                #expect(!"\(error)".contains("cretPW"), "\(error)")
            }
        }
    }

    @Test func whatIsWrongIsSaid() throws {
        func message(_ text: String) -> String {
            failure(ConnectionSettings(database: text)).map { "\($0)" } ?? ""
        }
        let percent = message("postgresql://u:s3cretPW%@host/db")
        #expect(
            percent
                == "cannot connect: the connection string cannot be read: a % must have two hexadecimal digits behind it; "
                + "in a password %40 stands for @, %2F for /, %25 for %"
        )
        #expect(message("postgresql://u:a/b@host/db").contains("the port is no number; in a password %40"))
        #expect(message("postgresql://u:a@b@host/db").contains("a host has no @ in it; in a password %40"))
        #expect(message("host=a b c").contains("it must be pairs of a keyword of libpq and a value"))
    }

    /// Words about a host, a role or a database that were meant as such stay.
    @Test(arguments: [
        "could not translate host name \"db.example.com\" to address: Name or service not known",
        "connection to server on socket \"/tmp/.s.PGSQL.1\" failed: No such file or directory",
        "connection to server at \"::1\", port 5432 failed: FATAL:  password authentication failed for user \"a@b.c\"",
        "FATAL:  database \"o'brien:x\" does not exist", "fe_sendauth: no password supplied",
    ]) func otherMessagesStayAsTheyAre(message: String) {
        #expect(withoutCredentials(message) == message)
        #expect(withoutConnectionStrings(message) == message)
    }

    @Test func aStringIsCutOutOfAnyMessage() {
        let cut = withoutConnectionStrings("Unexpected argument 'postgresql://u:it's \"me\"@h/db' here")
        #expect(cut == "Unexpected argument '…' here" || !cut.contains("me"))
        #expect(withoutConnectionStrings("postgres://u:p@h/db: a double quote") == "…")
        #expect(withoutConnectionStrings("the filter actor:al@example.com") == "the filter actor:al@example.com")
    }

    @Test func aStringThatIsRightConnects() throws {
        try withDatabase { _, database in
            let settings = try database.settings()
            let host = (settings.host ?? "").utf8.map { $0 == UInt8(ascii: "/") ? "%2F" : String(Unicode.Scalar($0)) }
            let uri =
                "postgresql://\(settings.user ?? ""):a%40b%2Fc@\(host.joined()):\(settings.port ?? "")/\(database.name)"
            let connection = try Connection.open(ConnectionSettings(database: uri))
            #expect(connection.databaseName == database.name)
        }
    }
}

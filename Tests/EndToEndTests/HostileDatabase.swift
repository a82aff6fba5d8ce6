import Glibc
import Postgres
import TestDatabase
import TestProgram

/// A database in which every name, key, value and message is full of what terminals act on or hide.
struct HostileDatabase {
    /// The options that lead the program, and psql, to it.
    let options: String
    /// The settings of a session with it.
    let settings: ConnectionSettings

    /// Sequences that give commands, in seven and eight bits, and characters that hide or turn what is around them.
    static let text =
        "\u{1B}]52;c;?\u{7}\u{1B}]0;owned\u{1B}\\\u{1B}P1$r\u{1B}\\\u{1B}[6n\u{1B}_x\u{1B}\\\u{1B}^x\u{1B}\\\u{1B}c\u{E}"
        + "\u{9B}6n\u{9D}52;c;?\u{9C}\u{90}q\u{9C}\u{85}\u{8D}\u{98}\u{9E}\u{9F}\r\n\t\u{8}\u{7F}\u{2028}\u{AD}\u{FE0F}"
        + "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{200E}\u{200F}\u{61C}"
        + "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{E0001}\u{E0041}\u{E007F}\u{FFF9}e\u{301}\u{301}\u{301}\u{301}\u{301}"
    static let schema = "s\u{1B}]52;c;?\u{7}\u{202E}\u{200B}"
    static let table = "t\u{1B}P1$r\u{1B}\\\u{9B}6n\u{2066}\r\n"
    static let column = "c\u{1B}]0;x\u{7}\u{202B}\u{E0041}\t"
    static let auditSchema = "a\u{1B}[6n\u{2067}\u{FEFF}"
    static let key = "k\u{1B}]52;c;?\u{7}\u{2069}\u{200D}\u{9C}"

    /// The table, as SQL and the command line name it.
    static let tableName = sqlName(schema) + "." + sqlName(table)

    private static func sqlName(_ name: String) -> String { "\"\(name)\"" }

    private let role: String
    private let server: TestDatabase

    /// Makes the database beside that of a test, runs the test, and drops it.
    static func with(_ body: (borrowing Connection, HostileDatabase) throws -> Void) throws {
        try withDatabase { connection, server in
            let name = "\(server.name)\u{1B}]0;x\u{7}\u{202E}\u{9D}\u{200D}"
            try connection.run("create database \(quotedIdentifier(name)) template template0")
            let outcome = Result {
                let database = try HostileDatabase(named: name, on: server, connection)
                let session = try Connection.open(database.settings)
                try body(session, database)
            }
            try connection.run("drop database \(quotedIdentifier(name)) with (force)")
            try outcome.get()
        }
    }

    private init(named name: String, on server: TestDatabase, _ connection: borrowing Connection) throws {
        self.server = server
        var settings = try server.settings()
        settings.database = name
        self.settings = settings
        options = Self.options(settings)
        role = try server.makeRole("\u{1B}]0;r\u{7}\u{202E}", on: connection)
    }

    private static func options(_ settings: ConnectionSettings) -> String {
        let options = [("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database)]
        return options.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(separator: " ")
    }

    /// Tables without a trail.
    func makeTables(on connection: borrowing Connection) throws {
        let table = "\(quotedIdentifier(Self.schema)).\(quotedIdentifier(Self.table))"
        try connection.run(
            """
            create schema \(quotedIdentifier(Self.schema));
            create table \(table) (\(quotedIdentifier(Self.column)) text primary key, v text, j jsonb,
                \(quotedIdentifier(Self.column + "2")) text);
            create table actors (id text primary key, name text);
            insert into actors values (\(quotedLiteral(Self.key)), \(quotedLiteral(Self.text)));
            grant usage on schema \(quotedIdentifier(Self.schema)) to public;
            grant all on \(table) to public;
            """
        )
    }

    /// How `init` is called.
    var installation: String {
        "\(program) init \(quoted(Self.tableName)) --schema \(quoted(Self.auditSchema)) --actor-table actors \(options)"
    }

    /// Four transactions, written by a role with such a name: an insert, an update, an insert and its delete.
    func write() throws {
        var settings = settings
        settings.user = role
        let connection = try Connection.open(settings)
        let table = "\(quotedIdentifier(Self.schema)).\(quotedIdentifier(Self.table))"
        let (text, key) = (quotedLiteral(Self.text), quotedLiteral(Self.key))
        let member = "jsonb_build_object(\(text), \(text), 'list', jsonb_build_array(\(text), 1))"
        for statement in [
            "insert into \(table) values (\(key), \(text), \(member), \(text))",
            "update \(table) set v = 'x' || v, j = j || jsonb_build_object('more' || \(text), 2)",
            "insert into \(table) values ('other' || \(key), \(text), \(member))",
            "delete from \(table) where v = \(text)",
        ] {
            try connection.run("begin; set local audit.actor_id = \(key); \(statement); commit")
        }
    }

    /// The options of a role that the trail answers with an error as hostile as the rest.
    func optionsOfRefused(on connection: borrowing Connection) throws -> String {
        let audit = quotedIdentifier(Self.auditSchema)
        let message = quotedLiteral(Self.text)
        try connection.run(
            """
            create function refuse() returns boolean language plpgsql as
                $$begin raise exception using message = \(message), detail = \(message), hint = \(message); end$$;
            grant usage on schema \(audit) to public;
            grant select on all tables in schema \(audit) to public;
            alter table \(audit).activity enable row level security;
            alter table \(audit).transaction enable row level security;
            create policy hostile on \(audit).activity using (public.refuse());
            create policy hostile on \(audit).transaction using (public.refuse());
            """
        )
        var settings = settings
        settings.user = role
        return Self.options(settings)
    }
}

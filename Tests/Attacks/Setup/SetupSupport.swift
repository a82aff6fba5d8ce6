import AuditSetup
import AuditTrail
import Postgres
import TestDatabase

/// A role that may make things of its own beside the tables of others, and what it has achieved.
///
/// Its functions write the role that they run as into `ran`, which everybody may write.
struct Attacker: Sendable {
    let role: String
    let database: TestDatabase

    init(on connection: borrowing Connection, _ database: TestDatabase) throws {
        role = try database.makeRole("m", on: connection)
        self.database = database
        try connection.run(
            """
            create schema m authorization \(role);
            grant create on schema public to \(role);
            create table public.ran (who text);
            grant all on public.ran to public
            """
        )
    }

    /// A session of the attacker's.
    func connect() throws -> Connection { try database.connect(as: role) }

    /// Who the attacker's code has run as, besides the attacker, and whether the attacker is a superuser by now.
    func achievements(on connection: borrowing Connection) throws -> [String] {
        try connection.rows("select distinct who from public.ran where who <> $1", [role])
            + connection.rows("select rolname || ' is superuser' from pg_roles where rolname = $1 and rolsuper", [role])
    }

    /// What a function of the attacker's does: tells whom it runs as, and takes what it can get.
    var spoils: String {
        """
        begin
            insert into public.ran values (current_user);
            begin execute 'alter role \(role) superuser'; exception when others then null; end;
        """
    }
}

/// Installs as the role of the session, with the audit tables in a schema.
@discardableResult
func install(
    _ tables: [TableName],
    on connection: borrowing Connection,
    schema: String = "audit",
    _ change: (inout InstallRequest) -> Void = { _ in }
) throws(SetupError) -> Plan {
    var request = InstallRequest()
    request.tables = tables
    change(&request)
    return try Installer.install(request, auditSchema: schema, on: connection)
}

/// A table in `public`.
func table(_ name: String) -> TableName { TableName(schema: "public", name: name) }

/// What `init` is refused with; nil when it is not.
func refusal(
    _ tables: [TableName],
    on connection: borrowing Connection,
    schema: String = "audit",
    _ change: (inout InstallRequest) -> Void = { _ in }
) -> SetupError? {
    do {
        try install(tables, on: connection, schema: schema, change)
        return nil
    } catch {
        return error
    }
}

/// The details of the holes that `status` names.
func holes(on connection: borrowing Connection, schema: String = "audit") throws -> [String] {
    try Catalog.read(from: connection, auditSchema: schema).status(from: connection).holes.map {
        "\($0.table): \($0.detail)"
    }
}

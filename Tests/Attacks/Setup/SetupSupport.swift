import AuditSetup
import AuditTrail
import Postgres
import TestDatabase
import TestProgram

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

/// Lets the program install, as the superuser unless it is another, with the audit tables in a schema.
func install(
    _ tables: [TableName],
    in database: TestDatabase,
    as role: String? = nil,
    schema: String = "audit",
    _ change: (inout InstallRequest) -> Void = { _ in }
) throws {
    let outcome = try initOutcome(tables, in: database, as: role, schema: schema, change)
    guard outcome.status == 0 else { throw TestError(outcome.output) }
}

/// What `init` is refused with; nil when it is not.
func refusal(
    _ tables: [TableName],
    in database: TestDatabase,
    schema: String = "audit",
    _ change: (inout InstallRequest) -> Void = { _ in }
) throws -> String? {
    let outcome = try initOutcome(tables, in: database, as: nil, schema: schema, change)
    return outcome.status == 0 ? nil : outcome.output
}

private func initOutcome(
    _ tables: [TableName],
    in database: TestDatabase,
    as role: String?,
    schema: String,
    _ change: (inout InstallRequest) -> Void
) throws -> Outcome {
    var request = InstallRequest()
    change(&request)
    var words = tables.map(sql)
    words += request.excludedColumns.flatMap { ["--exclude", "\(sql($0.table)).\(quotedIdentifier($0.name))"] }
    words += request.actorTable.map { ["--actor-table", sql($0)] } ?? []
    words += request.profile.map { ["--profile", $0.rawValue] } ?? []
    words += request.trustOwner ? ["--trust-owner"] : []
    return try database.run("init --yes \((["--schema", schema] + words).map(quoted).joined(separator: " "))", as: role)
}

/// The name as SQL has it.
private func sql(_ table: TableName) -> String {
    "\(quotedIdentifier(table.schema)).\(quotedIdentifier(table.name))"
}

/// A table in `public`.
func table(_ name: String) -> TableName { TableName(schema: "public", name: name) }

/// The tables and details of the holes that `status` names.
func holes(in database: TestDatabase, schema: String = "audit") throws -> [String] {
    try members("holes", "m ->> 'table' || ': ' || (m ->> 'detail')", of: report("", on: database, schema), database)
}

/// How many gaps `status` finds, and why it does not look into tables.
func gaps(in database: TestDatabase) throws -> (count: Int, unchecked: [String]) {
    let report = try report("--gaps", on: database, "audit")
    return (
        try members("gaps", "m", of: report, database).count,
        try members("unchecked", "m ->> 'reason'", of: report, database)
    )
}

private func report(_ options: String, on database: TestDatabase, _ schema: String) throws -> String {
    let outcome = try database.run("status --json \(options) --schema \(quoted(schema)) 2>/dev/null")
    guard [0, 5].contains(outcome.status) else { throw TestError("status ends with \(outcome.status)") }
    return outcome.output
}

/// What an expression over m makes of each member of an array in a report; the server reads it.
private func members(_ name: String, _ value: String, of report: String, _ database: TestDatabase) throws -> [String] {
    try database.connect().rows("select \(value) from json_array_elements($1::json -> $2) as m", [report, name])
}

import AuditSetup
import AuditTrail
import Postgres
import TestDatabase

/// A table in `public`.
func table(_ name: String) -> TableName { TableName(schema: "public", name: name) }

/// A request for tables in `public`, changed by the test.
func request(_ tables: String..., change: (inout InstallRequest) -> Void = { _ in }) -> InstallRequest {
    var request = InstallRequest()
    request.tables = tables.map(table)
    change(&request)
    return request
}

/// Installs with the audit tables in the schema `audit`.
@discardableResult
func install(
    _ request: InstallRequest,
    on connection: borrowing Connection,
    schema: String = "audit"
) throws(SetupError) -> Plan {
    try Installer.install(request, auditSchema: schema, on: connection)
}

/// The plan for a request, nothing applied.
func plan(
    for request: InstallRequest,
    on connection: borrowing Connection,
    schema: String = "audit"
) throws(SetupError) -> Plan {
    try Catalog.read(from: connection, auditSchema: schema).plan(for: request)
}

/// What a request is refused with; nil when it is not.
func refusal(
    of request: InstallRequest,
    on connection: borrowing Connection,
    schema: String = "audit"
) -> SetupError? {
    do {
        _ = try plan(for: request, on: connection, schema: schema)
        return nil
    } catch {
        return error
    }
}

/// The activities in the order they were written: `table verb old changed`.
func activities(on connection: borrowing Connection, schema: String = "audit") throws -> [String] {
    try connection.rows(
        """
        select table_name || ' ' || verb, old_data, changed_data
        from \(quotedIdentifier(schema)).activity order by id
        """
    )
}

/// All that the catalog holds of what people make: to compare before and after.
func catalogContents(on connection: borrowing Connection) throws -> [String] {
    try connection.rows(
        """
        select concat_ws(' ', 'schema', nspname, nspacl) from pg_namespace where nspname !~ '^pg_temp|^pg_toast'
        union all select concat_ws(' ', 'relation', oid::regclass, relkind, relacl) from pg_class
            where relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
        union all select concat_ws(' ', 'trigger', oid, pg_get_triggerdef(oid), tgenabled) from pg_trigger
        union all select concat_ws(' ', 'function', oid::regprocedure, md5(prosrc), proacl, xmin) from pg_proc
            where pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        union all select concat_ws(' ', 'comment', classoid::regclass, objoid, objsubid, description)
            from pg_description where objoid >= 16384
        union all select concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid)) from pg_constraint
            where oid >= 16384
        union all select concat_ws(' ', 'extension', extname) from pg_extension
        order by 1
        """
    )
}

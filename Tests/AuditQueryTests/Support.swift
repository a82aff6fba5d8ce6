import AuditQuery
import AuditSetup
import AuditTrail
import Postgres
import TestDatabase

/// A small shop with an installed trail in the schema `audit`.
func makeShop(on connection: borrowing Connection, actorTable: Bool = true) throws {
    try connection.run(
        """
        create table users (id int primary key, name text);
        create table orders (id int primary key, status text, total numeric, prefs jsonb);
        create schema sales;
        create table sales.leads (id int, note text);
        insert into users values (1, 'Alice'), (2, 'Bob'), (3, 'Alan');
        """
    )
    var request = InstallRequest()
    request.tables = [
        TableName(schema: "public", name: "orders"), TableName(schema: "sales", name: "leads"),
    ]
    if actorTable { request.actorTable = TableName(schema: "public", name: "users") }
    try Installer.install(request, auditSchema: "audit", on: connection)
}

/// Runs statements as one transaction of an actor, or of nobody that the trail knows.
func write(_ sql: String, by actor: String?, on connection: borrowing Connection) throws {
    let setting =
        actor.map { "set local audit.actor_id = '\($0)'; set local audit.client_addr = '10.0.0.\($0)';" } ?? ""
    try connection.run("begin; \(setting) \(sql); commit")
}

/// All transactions of a filter, page by page in one direction, newest first.
func allTransactions(
    _ filter: Filter,
    from anchor: Anchor,
    pageSize: Int,
    _ trail: Trail,
    _ connection: borrowing Connection
) throws -> [Transaction] {
    var all: [Transaction] = []
    var next: Anchor? = anchor
    while let anchor = next {
        guard
            case .transactions(let page) = try trail.answer(
                to: .transactions(filter, at: anchor, limit: pageSize),
                on: connection
            )
        else { return [] }
        switch anchor {
        case .newest, .older, .at:
            all += page.transactions
            next = page.next.map { .older(than: $0) }
        case .oldest, .newer:
            all = page.transactions + all
            next = page.next.map { .newer(than: $0) }
        }
    }
    return all
}

/// The filter that is typed so; relative times count from the beginning of 2026.
func filter(_ text: String) throws(FilterError) -> Filter {
    try Filter(parsing: text, now: Timestamp(microseconds: 1_767_225_600_000_000))
}

/// Adds the indexes by rows to those that the installation has.
let addIndexes = """
    create index on audit.activity (table_name, coalesce(old_data ->> 'id', changed_data ->> 'id'), id)
        where coalesce(old_data ->> 'id', changed_data ->> 'id') is not null;
    create index on audit.activity (table_name, coalesce(changed_data ->> 'id', old_data ->> 'id'), id)
        where verb = 'update' and changed_data ?| array['id'];
    """

/// Leaves the trail what the Python package would give it: primary keys and an index on native ids.
let dropIndexes = """
    drop index audit.ix_audit_activity_table_name_id, audit.ix_audit_activity_without_transaction,
        audit.ix_audit_transaction_actor_id_id;
    """

import Postgres
import TestDatabase

/// How the partitions of a trail are keyed.
enum PartitionKey: String, CaseIterable {
    case idFirst = "id, issued_at"
    case timeFirst = "issued_at, id"
}

/// Makes audit.activity a table of partitions by time, so many seconds from the epoch on each; every other one lies in
/// another database, which it is reached in by postgres_fdw.
func makePartitions(
    _ key: PartitionKey,
    secondsEach: Int,
    elsewhere: borrowing Connection,
    on connection: borrowing Connection
) throws(PostgresError) {
    let columns = """
        id bigint not null, schema text, table_name text, relid int, issued_at timestamp not null,
        native_transaction_id bigint, verb text, old_data jsonb, changed_data jsonb, transaction_id bigint
        """
    let last = try connection.rows("select ceil(extract(epoch from max(issued_at)))::int from audit.activity")
    let count = (last.first.flatMap { Int($0) } ?? 0) / secondsEach + 1
    try elsewhere.run("create schema audit")
    try connection.run(
        """
        create extension postgres_fdw;
        create server elsewhere foreign data wrapper postgres_fdw
          options (host '\(elsewhere.host)', port '\(elsewhere.port)', dbname '\(elsewhere.databaseName)');
        create user mapping for current_user server elsewhere;
        alter table audit.activity rename to whole;
        create table audit.activity (\(columns)) partition by range (issued_at);
        """
    )
    for number in 0..<count {
        let name = "audit.activity_\(number)"
        let bounds = [number, number + 1].map { "timestamp 'epoch' + interval '\($0 * secondsEach) seconds'" }
        let partition = "partition of audit.activity for values from (\(bounds[0])) to (\(bounds[1]))"
        let indexes =
            "alter table \(name) add primary key (\(key.rawValue)); create index on \(name) (native_transaction_id)"
        if number.isMultiple(of: 2) {
            try connection.run("create table \(name) \(partition); \(indexes)")
        } else {
            try elsewhere.run("create table \(name) (\(columns)); \(indexes)")
            let options = "server elsewhere options (schema_name 'audit')"
            try connection.run("create foreign table \(name) \(partition) \(options)")
        }
    }
    try connection.run(
        """
        insert into audit.activity
          select id, schema, table_name, relid, issued_at, native_transaction_id, verb, old_data, changed_data,
            transaction_id
          from audit.whole;
        drop table audit.whole;
        """
    )
}

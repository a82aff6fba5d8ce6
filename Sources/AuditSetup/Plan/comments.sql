-- Says in the database itself what each column of the audit tables holds.
comment on table :"schema".transaction is
    'One row for each database transaction that changed audited rows.';
comment on column :"schema".transaction.id is 'Identifies the transaction within this audit trail.';
comment on column :"schema".transaction.native_transaction_id is
    'What txid_current() returned in the transaction; starts again after a restore into a new cluster.';
comment on column :"schema".transaction.issued_at is 'Start of the transaction, in UTC.';
comment on column :"schema".transaction.client_addr is
    'Address of the client as the application says, else that of the connection; null for a local socket.';
comment on column :"schema".transaction.actor_id is
    'Who the application says did it: a key of the actor table; null when nobody said.';
comment on column :"schema".transaction.context is
    'Free facts about the transaction; its member db holds what the server knows and no writer chooses; null in older rows.';
comment on table :"schema".activity is 'One row for each audited row that was inserted, updated or deleted, and for each truncate.';
comment on column :"schema".activity.id is 'Rises with time, but not in the order of commits.';
comment on column :"schema".activity.schema is 'Schema of the changed table, as it was called then.';
comment on column :"schema".activity.table_name is 'Name of the changed table, as it was called then.';
comment on column :"schema".activity.relid is
    'OID of the changed table; negative from 2147483648 on, cast it to oid to get it back.';
comment on column :"schema".activity.issued_at is 'Start of the statement, in UTC.';
comment on column :"schema".activity.native_transaction_id is 'The native_transaction_id of the transaction.';
comment on column :"schema".activity.verb is 'insert, update, delete or truncate.';
comment on column :"schema".activity.old_data is
    'The row before an update or delete, without the excluded columns; an empty object otherwise.';
comment on column :"schema".activity.changed_data is
    'The inserted row, or the columns that an update changed with their new values; an empty object otherwise.';
comment on column :"schema".activity.transaction_id is
    'The transaction; null where it was written by a program that keeps no transaction rows.';

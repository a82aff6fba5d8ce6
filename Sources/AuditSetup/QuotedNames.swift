import AuditTrail
import Postgres

extension TableName {
    /// `"schema"."name"`, always quoted: bare words may be reserved ones.
    var quoted: SQL { .name(schema, name) }
}

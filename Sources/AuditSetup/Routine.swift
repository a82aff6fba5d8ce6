import AuditTrail
import Postgres

/// The actor table as the functions and the foreign key need it.
struct Actor: Equatable, Sendable {
    var table: TableName
    var key: String
    /// The type of the key, length limits included, as SQL spells it.
    var type: SQL
    /// The same type without length limits: a cast to it cuts nothing off.
    var baseType: SQL
}

/// One function of an installation.
struct Routine: Equatable, Sendable {
    var name: String
    /// As `pg_get_function_identity_arguments` writes them.
    var arguments: String
    var sql: SQL

    /// What is between the marks of the body, as `pg_proc.prosrc` holds it.
    var body: SQL

    func isInstalled(in facts: AuditFacts) -> Bool {
        facts.functions.contains { $0.name == name && $0.arguments == arguments && $0.body == body.text }
    }

    /// The names of all functions that any version has installed.
    static let allNames = [
        "create_activity", "audit_transaction", "audit_actor", "complete_transaction", "get_setting", "jsonb_subtract",
        "audit_json", "audit_row", "audit_select_list", "audit_move", "audit_notify",
    ]

    /// The functions of an installation, each after those it calls.
    ///
    /// `actorType` is the type of `transaction.actor_id` where there is no actor table.
    static func all(
        schema: String,
        profile: Profile,
        actor: Actor?,
        actorType: SQL,
        isAlways: Bool
    ) -> [Routine] {
        var values = variables(schema: schema, isAlways: isAlways)
        values["actor_base_type"] = .sql(actor?.baseType ?? actorType)
        if let actor {
            values["actor_key"] = .text(actor.key)
            values["actor_schema"] = .text(actor.table.schema)
            values["actor_table"] = .text(actor.table.name)
        }
        func routine(_ name: String, _ arguments: String, _ file: SQL, isPrivate: Bool = true) -> Routine {
            let template = Template(file)
            var sql = template.filled(with: values)
            if isPrivate {
                let signature: SQL = "\(SQL.name(schema, name))(\(SQL(verbatim: arguments)))"
                sql += "revoke all on function \(signature) from public;\n"
            }
            return Routine(name: name, arguments: arguments, sql: sql, body: template.bodies(with: values).joined())
        }
        let isStandard = profile == .standard
        let completion = isStandard ? SQLFiles.completeTransactionStandard : SQLFiles.completeTransactionFlask
        var routines = [
            routine("audit_actor", "given text", actor == nil ? SQLFiles.auditActorText : SQLFiles.auditActorKey),
            routine("audit_transaction", "", SQLFiles.auditTransaction),
            routine("jsonb_subtract", "arg1 jsonb, arg2 jsonb", SQLFiles.jsonbSubtract, isPrivate: false),
            routine("audit_json", "given json", SQLFiles.auditJson, isPrivate: false),
            routine("audit_select_list", "relation oid, source text", SQLFiles.auditSelectList, isPrivate: false),
            routine("audit_row", "relation oid, given anyelement", SQLFiles.auditRow, isPrivate: false),
            routine("audit_move", "relation integer, moved jsonb", SQLFiles.auditMove),
            routine("complete_transaction", "", completion),
            // A migration of the application, run as a role of its own, makes triggers in the profile flask.
            routine("create_activity", "", SQLFiles.createActivity, isPrivate: isStandard),
        ]
        if !isStandard {
            routines.append(
                routine("get_setting", "setting text, fallback text", SQLFiles.getSetting, isPrivate: false)
            )
        }
        return routines
    }

    /// What the files of the functions leave open; names that go into SQL made at run time are literals.
    private static func variables(schema: String, isAlways: Bool) -> [String: Template.Value] {
        func name(_ name: String) -> Template.Value { .sql(.literal(SQL.name(schema, name).text)) }
        return [
            "schema": .text(schema),
            "json_form": .sql(Template(SQLFiles.jsonForm).filled()),
            "switch_check": .sql(isAlways ? "" : Template(SQLFiles.switchCheck).filled()),
            "json_function": name("audit_json"),
            "row_function": name("audit_row"),
            "jsonb_subtract": name("jsonb_subtract"),
            "activity": name("activity"),
            "activity_sequence": name("activity_id_seq"),
            "audit_transaction": name("audit_transaction"),
        ]
    }
}

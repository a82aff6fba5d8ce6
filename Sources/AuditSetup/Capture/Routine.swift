import AuditTrail
import Postgres

/// The actor table as the functions and the foreign key need it.
struct Actor: Equatable, Sendable {
    var table: TableName
    var key: String
    /// The type of the key, length limits included, as SQL spells it; of a domain the type under it.
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

    /// Nobody may call it but those who were granted it.
    var isPrivate: Bool

    func signature(in schema: String) -> SQL { "\(SQL.name(schema, name))(\(SQL(verbatim: arguments)))" }

    /// Whether a body is what this or an earlier version has made, by words that stand in all of them.
    static func isOfAnyVersion(_ name: String, _ body: String) -> Bool {
        let words = [
            "create_activity": "select", "audit_transaction": "audit.client_addr",
            "audit_actor": "exception when others",
            "complete_transaction": "native_transaction_id", "place_transaction": "cast(new.ctid",
            "get_setting": "current_setting(setting, true)",
            "jsonb_subtract": "jsonb_object_agg(m.key, m.value)", "audit_json": "to_jsonb(cast(given",
            "audit_fits": "record_send(given)", "audit_shape": "then 'listed'",
            "audit_types": "with ordinality as n (name",
            "audit_row": "audit_select_list(relation",
            "audit_select_list": "as element_relation",
            "audit_move": "currval(", "audit_notify": "pg_notify('audit_tui'",
        ]
        return words[name].map(body.contains) ?? false
    }

    /// The functions that any version has installed, with their arguments.
    static let signatures: [String: Set<String>] = [
        "create_activity": [""], "audit_transaction": [""], "audit_actor": ["given text"],
        "complete_transaction": [""], "place_transaction": [""], "get_setting": ["setting text, fallback text"],
        "jsonb_subtract": ["arg1 jsonb, arg2 jsonb"],
        "audit_json": ["given json"], "audit_fits": ["given record, types text[]"],
        "audit_shape": ["relation regclass"], "audit_types": ["relation regclass, names text[]"],
        "audit_row": ["relation oid, given anyelement"],
        "audit_select_list": ["relation oid, source text"], "audit_move": ["relation integer, moved jsonb"],
        "audit_notify": [""],
    ]

    /// Their names, in order.
    static let allNames = signatures.keys.sorted()

    /// The functions of an installation, each after those it calls.
    ///
    /// `actorBaseType` is the type of `transaction.actor_id`, without limits of length.
    static func all(
        schema: String,
        profile: Profile,
        actorBaseType: SQL,
        isAlways: Bool
    ) -> [Routine] {
        var values = variables(schema: schema, isAlways: isAlways)
        values["actor_base_type"] = .sql(actorBaseType)
        values["own_row"] = .sql(Template(SQLFiles.ownTransactionRow).filled(with: values))
        func routine(_ name: String, _ arguments: String, _ file: SQL, isPrivate: Bool = true) -> Routine {
            let template = Template(file)
            var sql = template.filled(with: values)
            if isPrivate {
                let signature: SQL = "\(SQL.name(schema, name))(\(SQL(verbatim: arguments)))"
                sql += "revoke all on function \(signature) from public;\n"
            }
            return Routine(
                name: name,
                arguments: arguments,
                sql: sql,
                body: template.bodies(with: values).joined(),
                isPrivate: isPrivate
            )
        }
        let isStandard = profile == .standard
        let completion = isStandard ? SQLFiles.completeTransactionStandard : SQLFiles.completeTransactionFlask
        var routines = [
            routine("audit_types", "relation regclass, names text[]", SQLFiles.auditTypes, isPrivate: false),
            routine("audit_transaction", "", SQLFiles.auditTransaction),
            routine("jsonb_subtract", "arg1 jsonb, arg2 jsonb", SQLFiles.jsonbSubtract, isPrivate: false),
            routine("audit_json", "given json", SQLFiles.auditJson, isPrivate: false),
            routine("audit_select_list", "relation oid, source text", SQLFiles.auditSelectList, isPrivate: false),
            routine("audit_fits", "given record, types text[]", SQLFiles.auditFits, isPrivate: false),
            routine("audit_shape", "relation regclass", SQLFiles.auditShape, isPrivate: false),
            routine("audit_move", "relation integer, moved jsonb", SQLFiles.auditMove),
            routine("complete_transaction", "", completion),
            routine("place_transaction", "", SQLFiles.placeTransaction),
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
            "switch_check": .sql(isAlways ? "" : CaptureFunction.switchCheck),
            "json_function": name("audit_json"),
            "jsonb_subtract": name("jsonb_subtract"),
            "activity": name("activity"),
            "transaction": name("transaction"),
            "transaction_relation": .sql(.relation(schema, "transaction")),
            "activity_sequence": name("activity_id_seq"),
            "audit_transaction": name("audit_transaction"),
        ]
    }
}

extension Catalog {
    /// Whether a function is there as it should be.
    func isInstalled(_ routine: Routine) -> Bool {
        audit.functions.contains { function in
            function.name == routine.name && function.arguments == routine.arguments
                && function.body == routine.body.text && isRightlyOwned(function)
                && !(routine.isPrivate && function.isPublic)
        }
    }
}

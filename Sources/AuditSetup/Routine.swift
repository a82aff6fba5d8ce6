import AuditTrail
import Postgres

/// The actor table as the functions and the foreign key need it.
struct Actor: Equatable, Sendable {
    var table: TableName
    var key: String
    /// The type of the key, length limits included, as SQL spells it.
    var type: String
    /// The same type without length limits: a cast to it cuts nothing off.
    var baseType: String
}

/// One function of an installation.
struct Routine: Equatable, Sendable {
    var name: String
    /// As `pg_get_function_identity_arguments` writes them.
    var arguments: String
    var sql: String

    /// What is between the marks of the body, as `pg_proc.prosrc` holds it.
    var body: String {
        guard let start = sql.firstRange(of: "$body$") else { return "" }
        let rest = sql[start.upperBound...]
        return String(rest[..<(rest.firstRange(of: "$body$")?.lowerBound ?? rest.endIndex)])
    }

    func isInstalled(in facts: AuditFacts) -> Bool {
        facts.functions.contains { $0.name == name && $0.arguments == arguments && $0.body == body }
    }

    /// The names of all functions that any version has installed.
    static let allNames = [
        "create_activity", "audit_transaction", "audit_actor", "complete_transaction", "get_setting", "jsonb_subtract",
    ]

    /// The functions of an installation, each after those it calls.
    ///
    /// `actorType` is the type of `transaction.actor_id` where there is no actor table.
    static func all(schema: String, profile: Profile, actor: Actor?, actorType: String) -> [Routine] {
        var values = ["schema": schema, "actor_base_type": actor?.baseType ?? actorType]
        if let actor {
            values["actor_key"] = actor.key
            values["actor_schema"] = actor.table.schema
            values["actor_table"] = actor.table.name
        }
        func routine(_ name: String, _ arguments: String, _ text: String, isPrivate: Bool = true) -> Routine {
            var sql = Template(text).filled(with: values)
            if isPrivate {
                let signature = "\(quotedIdentifier(schema)).\(name)(\(arguments))"
                sql += "revoke all on function \(signature) from public;\n"
            }
            return Routine(name: name, arguments: arguments, sql: sql)
        }
        let isStandard = profile == .standard
        let completion = isStandard ? SQLFiles.completeTransactionStandard : SQLFiles.completeTransactionFlask
        var routines = [
            routine("audit_actor", "given text", actor == nil ? SQLFiles.auditActorText : SQLFiles.auditActorKey),
            routine("audit_transaction", "", SQLFiles.auditTransaction),
            routine("complete_transaction", "", completion),
            // A migration of the application, run as a role of its own, makes triggers in the profile flask.
            routine("create_activity", "", SQLFiles.createActivity, isPrivate: isStandard),
        ]
        if !isStandard {
            routines.append(
                routine("get_setting", "setting text, fallback text", SQLFiles.getSetting, isPrivate: false)
            )
            routines.append(
                routine("jsonb_subtract", "arg1 jsonb, arg2 jsonb", SQLFiles.jsonbSubtract, isPrivate: false)
            )
        }
        return routines
    }
}

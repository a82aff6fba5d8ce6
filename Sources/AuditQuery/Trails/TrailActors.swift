import Postgres

/// How actors are compared and named, whatever the types of their columns.
///
/// A type that somebody made may have casts of his, which would run with the reader's rights: its values are read as the
/// type's output function writes them (`concat`), which only a superuser can have made, and compared as text.
extension Trail {
    /// The key of the actor of a transaction row, as text.
    func actorID(of row: SQL) -> SQL { text("\(row).actor_id", isPlain: isActorTypePlain) }

    /// That the actor of transaction row `t` has one of the keys; `parameter` is the number of a parameter, without its type.
    func actorID(isAnyOf parameter: SQL) -> SQL {
        isActorTypePlain
            ? "t.actor_id = any (\(parameter)::\(actorTypeName)[])" : "\(actorID(of: "t")) = any (\(parameter)::text[])"
    }

    /// That the actor of transaction row `t` has the key.
    func actorID(is parameter: SQL) -> SQL {
        isActorTypePlain ? "t.actor_id = \(parameter)::\(actorTypeName)" : "\(actorID(of: "t")) = \(parameter)::text"
    }

    /// What must hold of the actor table while it is read; nil where it belongs to a role that is trusted, or there is none.
    var actorSafeguard: Safeguard? {
        guard let table = actorTable, !table.isTrusted else { return nil }
        return Safeguard(
            [Safeguard.Relation(table.schema, table.name, types: table.types)],
            trustedRoles: preferences.trustedRoles
        )
    }

    private var actorTypeName: SQL { .name(actorType.schema, actorType.name) }

    /// The variables of the statements about the actor table; none without one.
    var actorValues: [String: Template.Value] {
        guard let table = actorTable else { return [:] }
        var values: [String: Template.Value] = [
            "actor_schema": .text(table.schema), "actor_table": .text(table.name), "actor_key": .text(table.key),
            "actor_key_text": .sql(table.keyText(of: "a")),
            "actor_match": .sql(
                table.isKeyPlain && isActorTypePlain
                    ? "a.\(identifier: table.key) = any ($1::\(actorTypeName)[])"
                    : "\(table.keyText(of: "a")) = any ($1::text[])"
            ),
        ]
        if let label = table.label {
            values["actor_label"] = .text(label)
            values["actor_label_text"] = .sql(table.labelText(label, of: "a"))
        }
        return values
    }
}

extension Trail.ActorTable {
    var relation: SQL { .name(schema, name) }

    /// The key of a row, as text.
    func keyText(of row: SQL) -> SQL { text("\(row).\(identifier: key)", isPlain: isKeyPlain) }

    /// The label of a row, as text.
    func labelText(_ label: String, of row: SQL) -> SQL { text("\(row).\(identifier: label)", isPlain: isLabelPlain) }
}

/// A value as text; null stays null.
private func text(_ value: SQL, isPlain: Bool) -> SQL {
    isPlain ? "\(value)::text" : "(case when \(value) is not null then pg_catalog.concat(\(value)) end)"
}

import AuditTrail
import Postgres

/// Something that stands where an installation needs to, or that acts when the trail is written: a row of
/// `strange_objects.sql`, or a function.
struct StrangeObject: Equatable, Sendable {
    enum Kind: String, Sendable {
        case relation
        case type
        case partition
        case trigger
    }

    var kind: Kind
    var name: String
    /// Of a trigger, whom its function belongs to.
    var owner: String
    var isOfSuperuser: Bool
    /// Where the trigger or partition is.
    var table: TableName?
    /// What the trigger calls.
    var function: TableName?

    static func readAll(
        from connection: borrowing Connection,
        schema: String
    ) throws(PostgresError) -> [StrangeObject] {
        try connection.execute(Statement("strange_objects", SQLFiles.strangeObjects), [schema])
            .map { row throws(PostgresError) in
                StrangeObject(
                    kind: try row.value(0, of: Kind.self),
                    name: try row.text(1),
                    owner: try row.text(2),
                    isOfSuperuser: try row.boolean(3),
                    table: name(row, 4),
                    function: name(row, 6)
                )
            }
    }

    private static func name(_ row: borrowing Row, _ column: Int) -> TableName? {
        guard let schema = row.optionalText(column), let name = row.optionalText(column + 1) else { return nil }
        return TableName(schema: schema, name: name)
    }

    /// `trigger spy on public.activity`.
    func description(in schema: String) -> String {
        switch kind {
        case .relation: "relation \(TableName(schema: schema, name: name))"
        case .type: "type \(TableName(schema: schema, name: name))"
        case .partition: "partition \(table?.description ?? name)"
        case .trigger: "trigger \(sqlIdentifier(name)) on \(table?.description ?? "")"
        }
    }
}

extension Catalog {
    /// What runs when the trail is written though it is not of the installation, or could be made to by a role that is not
    /// trusted; each with its owner, in words: `function public.audit_json(json) of role eve`.
    ///
    /// Trusted are superusers, who own the trail, and of a capture function who owns its table.
    var foreignObjects: [String] {
        foreignFunctions.map(description) + foreignTriggersAndPartitions.map { description($0) }
    }

    private var foreignFunctions: [AuditFacts.Function] {
        guard audit.objects.owner != nil else { return [] }
        return audit.functions.filter { function in
            guard !isTrusted(function.owner, function.isOfSuperuser) else { return false }
            if Routine.signatures[function.name] != nil { return true }
            // One that belongs to a former owner of its table is a hole of that table's.
            return !function.isOfOneTable
                && triggers.contains { $0.functionSchema == auditSchema && $0.functionName == function.name }
        }
    }

    private var foreignTriggersAndPartitions: [StrangeObject] {
        audit.strangeObjects.filter { object in
            switch object.kind {
            case .relation, .type:
                return object.name.hasSuffix("_id_seq") && !isTrusted(object.owner, object.isOfSuperuser)
            case .partition: return !isTrusted(object.owner, object.isOfSuperuser)
            case .trigger: return !isOfInstallation(object) && !isTrusted(object.owner, object.isOfSuperuser)
            }
        }
    }

    func isTrusted(_ owner: String, _ isOfSuperuser: Bool) -> Bool {
        isOfSuperuser || owner == audit.objects.owner || owner == server.role
    }

    /// What the triggers of an installation on the audit tables are called.
    static let triggers = TransactionTrigger.allCases.map(\.rawValue) + ["audit_notify"]

    /// Whether a trigger on the audit tables, or one of a capture trigger's name, is what this program makes.
    func isOfInstallation(_ object: StrangeObject) -> Bool {
        Self.triggers.contains(object.name) && object.function == TableName(schema: auditSchema, name: object.name)
    }

    func description(_ function: AuditFacts.Function) -> String {
        let name = TableName(schema: auditSchema, name: function.name)
        return "function \(name)(\(function.arguments)) of role \(sqlIdentifier(function.owner))"
    }

    func description(_ object: StrangeObject) -> String {
        let what = object.description(in: auditSchema)
        let verb = object.kind == .trigger ? ", whose function is of" : " of"
        return "\(what)\(verb) role \(sqlIdentifier(object.owner))"
    }
}

import AuditTrail

/// Who has set up an audit schema, as far as its tables and functions tell.
enum Installation: Equatable, Sendable {
    /// Neither of the two tables is there.
    case absent
    /// The tables are there without capture: history that `remove` has left.
    case history
    /// Made by flask-audit-logger.
    case flaskAuditLogger
    /// Made by this program, in whichever version.
    case ours(VersionMark)
}

extension Catalog {
    /// What is installed.
    ///
    /// Throws `SetupError.foreignSchema` when one of the tables is missing or has another shape.
    func installation() throws(SetupError) -> Installation {
        let transaction = audit.columns(of: "transaction")
        let activity = audit.columns(of: "activity")
        if transaction.isEmpty && activity.isEmpty { return .absent }
        guard !isRemnant else {
            let gone = transaction.isEmpty ? "transaction" : "activity"
            throw .foreignSchema(
                auditSchema,
                detail: "its table \(gone) is gone; put it back from a backup, or take away "
                    + "what is left with audit-tui remove"
            )
        }
        try requireShape(of: "transaction", Self.transactionShape)
        try requireShape(of: "activity", Self.activityShape)
        guard audit.captureFunction != nil else { return .history }
        return audit.mark.map(Installation.ours) ?? .flaskAuditLogger
    }

    private static let transactionShape = [
        "id": "bigint", "native_transaction_id": "bigint", "issued_at": "timestamp without time zone",
        "client_addr": "inet", "actor_id": "",
    ]
    private static let activityShape = [
        "id": "bigint", "schema": "text", "table_name": "text", "relid": "integer",
        "issued_at": "timestamp without time zone", "native_transaction_id": "bigint", "verb": "text",
        "old_data": "jsonb", "changed_data": "jsonb", "transaction_id": "bigint",
    ]

    /// An empty type stands for any.
    private func requireShape(of relation: String, _ shape: [String: String]) throws(SetupError) {
        let columns = audit.columns(of: relation)
        guard !columns.isEmpty else {
            throw .foreignSchema(auditSchema, detail: "it has one of the tables transaction and activity only")
        }
        for (name, type) in shape.sorted(by: { $0.key < $1.key }) {
            guard let column = columns.first(where: { $0.name == name }) else {
                if audit.mark != nil && name != "id" { continue }
                throw .foreignSchema(auditSchema, detail: "its table \(relation) has no column \(name)")
            }
            guard type.isEmpty || column.type == type else {
                throw .foreignSchema(
                    auditSchema,
                    detail: "column \(name) of its table \(relation) is \(column.type), not \(type)"
                )
            }
        }
    }

    var hasContext: Bool { audit.columns(of: "transaction").contains { $0.name == "context" } }

    /// The tables with triggers of their own, in the order of their names.
    var auditedTables: [TableName] {
        Set(triggers.filter { $0.functionSchema == auditSchema && !$0.isCopy }.map(\.table)).sorted()
    }

    /// The columns that a table's triggers leave out now.
    func excludedColumns(of table: TableName) -> [String] {
        let triggers = ownTriggers(of: table)
        return (triggers.first { $0.name == CaptureTrigger.update.name } ?? triggers.first)?.excludedColumns ?? []
    }
}

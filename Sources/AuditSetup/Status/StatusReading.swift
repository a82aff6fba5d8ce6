import AuditTrail
import Postgres

extension Catalog {
    /// The status of the audit schema.
    ///
    /// Asks the server for the last activity of each audited table, for the growth of the trail and for nothing else.
    /// Throws `SetupError.foreignSchema` and `.server`.
    public func status(from connection: borrowing Connection) throws(SetupError) -> Status {
        var status = try statusWithoutActivity()
        guard !audit.columns.isEmpty, !isRemnant, missingColumns.isEmpty else { return status }
        do throws(SetupError) {
            try Catalog.inSnapshot(on: connection) { () throws(SetupError) in
                do throws(PostgresError) {
                    try Catalog.pinSession(on: connection)
                    try readActivity(into: &status, from: connection)
                } catch {
                    throw .server(error)
                }
            }
        } catch {
            // Reading the trail is a right of its own; what is installed can be told without it.
            guard case .server(let failure) = error, failure.sqlState == "42501" else { throw error }
            status.notes.append(
                "role \(sqlIdentifier(server.role)) may not read the trail, last activity and growth are unknown"
            )
        }
        return status
    }

    private func readActivity(
        into status: inout Status,
        from connection: borrowing Connection
    ) throws(PostgresError) {
        let audited = status.tables.indices.filter { status.tables[$0].isAudited }
        let times = try lastActivities(of: audited.map { status.tables[$0].name }, from: connection)
        for (index, time) in zip(audited, times) { status.tables[index].lastActivity = time }
        let bytes = status.activityBytes + status.transactionBytes
        let about = audit.objects.estimatedActivities
        status.growth = try Growth.read(from: connection, schema: auditSchema, bytes: bytes, about: about)
    }

    /// In the order of the tables; nil for none.
    private func lastActivities(
        of tables: [TableName],
        from connection: borrowing Connection
    ) throws(PostgresError) -> [String?] {
        let sql = Template(SQLFiles.lastActivity).filled(with: ["schema": .text(auditSchema)])
        return try connection.execute(
            Statement("last_activity", sql),
            [arrayLiteral(tables.map(\.schema)), arrayLiteral(tables.map(\.name))]
        ).map { row throws(PostgresError) in row.optionalText(0) }
    }

    /// The status as far as the catalog tells it.
    public func statusWithoutActivity() throws(SetupError) -> Status {
        let installation = isRemnant ? .absent : try installation()
        var version: InstallationVersion?
        var profile: Profile?
        switch installation {
        case .absent, .history:
            if isRemnant { (version, profile) = (audit.mark?.version, audit.mark?.profile ?? .flask) }
        case .flaskAuditLogger: profile = .flask
        case .ours(let mark): (version, profile) = (mark.version, mark.profile)
        }
        return Status(
            isInstalled: profile != nil,
            hasTrail: installation != .absent,
            isReplicated: audit.objects.isSubscribed,
            schema: auditSchema,
            version: version,
            profile: profile,
            tables: relations.filter { isCandidate($0) || !ownTriggers(of: $0.name).isEmpty }.map(tableStatus),
            holes: isRemnant ? remnantHoles() : profile == nil ? [] : holes(version: version, profile: profile),
            notes: notes(installation),
            activityBytes: audit.objects.activityBytes,
            transactionBytes: audit.objects.transactionBytes,
            estimatedActivities: audit.objects.estimatedActivities,
            growth: nil
        )
    }

    private func notes(_ installation: Installation) -> [String] {
        switch installation {
        case .absent: []
        case .history where audit.objects.isSubscribed: [replicaNote]
        case .history: ["nothing is captured, the history is still there"]
        case .flaskAuditLogger:
            ["made by flask-audit-logger; audit-tui init --adopt takes it over", switchNote] + publicationNotes
        case .ours: notificationNote(audit.objects.hasNotification) + partitionPlaceNotes() + publicationNotes
        }
    }

    private var switchNote: String {
        "set local flask_audit_logger.enable_versioning = 'false' switches capture off for a transaction"
    }

    private func tableStatus(_ relation: RelationFacts) -> TableStatus {
        let triggers = ownTriggers(of: relation.name)
        return TableStatus(
            name: relation.name,
            isAudited: !triggers.isEmpty,
            isLeft: isLeft(relation),
            triggers: triggers.map { TriggerStatus(name: $0.name, state: $0.enabled.state) },
            excludedColumns: excludedColumns(of: relation.name),
            estimatedRows: relation.estimatedRows,
            keyColumns: relation.keyColumns,
            lastActivity: nil
        )
    }
}

extension TriggerFacts.Enabled {
    var state: TriggerStatus.State {
        switch self {
        case .origin: .enabled
        case .disabled: .disabled
        case .replica: .replica
        case .always: .always
        }
    }
}

import AuditTrail
import Postgres

/// What a request comes to once it has met the installation that is there.
struct InstallSettings {
    var profile: Profile
    /// Nothing switches capture off.
    var isAlways: Bool
    var actor: Actor?
    /// The type of `transaction.actor_id`, domains looked through, without limits of length.
    var actorBaseType: SQL
    var routines: [Routine]
    /// The tables that are left out on purpose.
    var left: [TableName]
    /// The profile was not asked for and goes by what Alembic takes.
    var isProfileOfAlembic: Bool

    init(of catalog: Catalog, installation: Installation, request: InstallRequest) throws(SetupError) {
        (profile, isProfileOfAlembic) = try Self.profile(of: catalog, installation: installation, request: request)
        left = try catalog.left(after: request)
        actor = try Self.actor(of: catalog, installation: installation, request: request)
        let column = catalog.audit.columns(of: "transaction").first { $0.name == "actor_id" }
        if let column, !column.isTrusted { throw .untrustedActorType(column.type, schema: catalog.auditSchema) }
        actorBaseType = column.map { SQL(verbatim: $0.baseType) } ?? actor?.baseType ?? "text"
        isAlways = request.always ?? catalog.audit.mark?.isAlways ?? false
        routines = Routine.all(
            schema: catalog.auditSchema,
            profile: profile,
            actorBaseType: actorBaseType,
            isAlways: isAlways
        )
    }

    private static func profile(
        of catalog: Catalog,
        installation: Installation,
        request: InstallRequest
    ) throws(SetupError) -> (profile: Profile, isOfAlembic: Bool) {
        var installed: Profile?
        switch installation {
        case .absent: if request.profile == nil { installed = catalog.audit.mark?.profile }
        case .history: installed = catalog.hasContext ? .standard : nil
        case .flaskAuditLogger:
            guard request.adopt else { throw .madeByFlaskAuditLogger(schema: catalog.auditSchema) }
        case .ours(let mark):
            guard mark.version <= .current else {
                throw .newerInstallation(mark.version, schema: catalog.auditSchema)
            }
            installed = mark.profile
        }
        if let profile = request.profile ?? installed {
            if profile == .flask && installed == .standard { throw .profileCannotShrink(schema: catalog.auditSchema) }
            return (profile, false)
        }
        // Alembic's autogenerate would drop what the application's models do not know.
        return catalog.server.hasAlembic ? (.flask, true) : (.standard, false)
    }

    private static func actor(
        of catalog: Catalog,
        installation: Installation,
        request: InstallRequest
    ) throws(SetupError) -> Actor? {
        let installed = catalog.audit.objects.actorTable
        let hasActor = catalog.audit.columns(of: "transaction").contains { $0.name == "actor_id" }
        if let wanted = request.actorTable, installation != .absent, hasActor, wanted != installed {
            throw .otherActorTable(wanted, installed: installed)
        }
        guard let table = installed ?? request.actorTable else { return nil }
        guard let relation = catalog.relation(table) else { throw .unknownTable(table.short, suggestions: []) }
        guard relation.keyColumns.count == 1, let key = relation.keyColumns.first, let type = relation.keyType,
            let position = relation.columns.firstIndex(of: key)
        else { throw .actorTableWithoutKey(table) }
        guard type.isTrusted else { throw .untrustedActorKey(table, type: relation.columnTypes[position]) }
        guard relation.canBeReferredTo else { throw .actorTableNotReadable(table, role: catalog.server.role) }
        return Actor(
            table: table,
            key: key,
            type: SQL(verbatim: type.isDomain ? type.base : relation.columnTypes[position]),
            baseType: SQL(verbatim: type.base)
        )
    }
}

import AuditTrail

/// Tables that are left out on purpose.
extension Catalog {
    /// Whether a table that is not audited is none that somebody forgot: it was left with `init --leave`, or it is the
    /// bookkeeping of a tool for migrations, which nobody else writes.
    func isLeft(_ relation: RelationFacts) -> Bool {
        ownTriggers(of: relation.name).isEmpty
            && (audit.mark?.left.contains(relation.name) ?? false || isBookkeeping(relation))
    }

    private func isBookkeeping(_ relation: RelationFacts) -> Bool {
        switch relation.name.name {
        case "alembic_version": relation.columns == ["version_num"]
        case "django_migrations": relation.columns == ["id", "app", "name", "applied"]
        default: false
        }
    }

    /// The tables that will be left: those that are named to be audited are not.
    ///
    /// Throws `SetupError.leftIsAudited` and `.notLeft`.
    func left(after request: InstallRequest) throws(SetupError) -> [TableName] {
        let present = Set(audit.mark?.left ?? [])
        for table in request.left {
            guard !request.tables.contains(table), ownTriggers(of: table).isEmpty else { throw .leftIsAudited(table) }
            guard relation(table).map(isCandidate) ?? false else { throw .notLeft(table) }
        }
        for table in request.notLeft where !present.contains(table) { throw .notLeft(table) }
        return present.subtracting(request.tables).subtracting(request.notLeft).union(request.left).sorted()
    }
}

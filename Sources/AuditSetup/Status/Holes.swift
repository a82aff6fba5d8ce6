import AuditTrail

extension Catalog {
    /// What escapes the trail: first table by table, then what concerns the audit tables.
    func holes(version: InstallationVersion?, profile: Profile?) -> [Hole] {
        var holes: [Hole] = []
        for relation in relations {
            let triggers = ownTriggers(of: relation.name)
            if !triggers.isEmpty {
                holes += auditedTableHoles(relation, triggers, isOurs: version != nil)
            } else if isCandidate(relation) && !isLeft(relation) {
                let other = self.triggers(on: relation.name).first { !$0.isCopy }
                let detail = other.map { "audited in schema \(sqlIdentifier($0.functionSchema))" }
                holes.append(Hole(kind: .unaudited, table: relation.name, detail: detail ?? "changes are not recorded"))
            }
        }
        return holes + (version.map { olderVersionHoles($0) + installationHoles(profile ?? .flask) } ?? [])
    }

    private func auditedTableHoles(_ relation: RelationFacts, _ triggers: [TriggerFacts], isOurs: Bool) -> [Hole] {
        var holes: [Hole] = []
        func add(_ kind: Hole.Kind, _ detail: String) {
            holes.append(Hole(kind: kind, table: relation.name, detail: detail))
        }
        if relation.keyColumns.isEmpty { add(.noKey, "rows have no history and cannot be reverted") }
        let columns = excludedColumns(of: relation.name)
        let isAlways = audit.mark?.isAlways ?? false
        var function = captureFunction(of: relation, excluding: columns, isAlways: isAlways)
        holes += unrecordedReplication(of: relation, isAlways: isAlways)
        if isOurs, let (made, hole) = captureOfOtherSubscription(of: relation, excluding: columns) {
            // All else is judged by what was made then.
            function = made
            holes.append(hole)
        }
        if isOurs, let owner = function.wrongOwner(in: self) {
            let (owner, right) = (sqlIdentifier(owner), sqlIdentifier(relation.owner))
            add(.stale, "its capture function belongs to \(owner), the table to \(right); audit-tui init repairs it")
        } else if isOurs && !function.isInstalled(in: self) {
            add(.stale, "the table has changed since its capture function was made; audit-tui init repairs it")
        }
        for trigger in CaptureTrigger.all(for: function) {
            guard let facts = triggers.first(where: { $0.name == trigger.name }) else {
                add(.missingTrigger, "\(trigger.rawValue) is not recorded: no trigger \(trigger.name)")
                continue
            }
            switch facts.enabled {
            case .disabled: add(.disabledTrigger, "\(trigger.rawValue) is not recorded: \(trigger.name) is disabled")
            case .replica: add(.disabledTrigger, "\(trigger.name) fires in replica sessions only")
            case .origin, .always:
                if isOurs && !trigger.matches(facts, for: function, excluding: columns, isAlways: isAlways) {
                    add(.stale, "\(trigger.name) is not as this version makes it; audit-tui init repairs it")
                }
            }
        }
        return holes + partitionHoles(below: relation)
    }

    /// Copies of row triggers can be missing where another program made statement triggers, or be disabled one by one.
    private func partitionHoles(below parent: RelationFacts) -> [Hole] {
        guard parent.kind == .partitioned else { return [] }
        return relations.filter { $0.root == parent.name && $0.kind != .partitioned }.compactMap { partition in
            let copies = triggers(on: partition.name).filter { $0.functionSchema == auditSchema }
            let firing = Set(copies.filter { $0.enabled == .origin || $0.enabled == .always }.map(\.name))
            let silent = [CaptureTrigger.insert, .update, .delete].filter { !firing.contains($0.name) }
            guard !silent.isEmpty else { return nil }
            let verbs = silent.map(\.rawValue).joined(separator: ", ")
            return Hole(
                kind: .partition,
                table: partition.name,
                detail: "\(verbs) addressed to this partition of \(parent.name) is not recorded"
            )
        }
    }

    /// Before 1.2.0 others could bend the functions; what else has changed since is listed routine by routine.
    private func olderVersionHoles(_ version: InstallationVersion) -> [Hole] {
        guard version < InstallationVersion(major: 1, minor: 2, patch: 0) else { return [] }
        let activity = TableName(schema: auditSchema, name: "activity")
        let detail =
            "made by audit-tui \(version), whose functions others could bend; audit-tui init brings it up to date"
        return [Hole(kind: .stale, table: activity, detail: detail)]
    }

    private func installationHoles(_ profile: Profile) -> [Hole] {
        let activity = TableName(schema: auditSchema, name: "activity")
        let transaction = TableName(schema: auditSchema, name: "transaction")
        var holes = replicatedTrailHoles()
        if audit.objects.isAlterable {
            let detail = "roles other than the owner may change what is written; audit-tui init revokes it"
            holes.append(Hole(kind: .alterable, table: activity, detail: detail))
        }
        for name in audit.objects.rowSecurity {
            let table = TableName(schema: auditSchema, name: name)
            let detail =
                "row security is on: writes of roles fail that no policy lets record, and readers see a part; "
                + "alter table \(table) disable row level security ends it"
            holes.append(Hole(kind: .rowSecurity, table: table, detail: detail))
        }
        if !(audit.mark?.isAlways ?? false) {
            let detail =
                "set local flask_audit_logger.enable_versioning = 'false' switches capture off; "
                + "audit-tui init --always closes this"
            holes.append(Hole(kind: .enableVersioning, table: activity, detail: detail))
        }
        holes += missingColumnHoles(profile)
        holes += missingRightHoles() + partitionPlaceHoles()
        for object in foreignObjects {
            let detail = "\(object), who could change what every write runs; drop it, or give it to the trail's owner"
            holes.append(Hole(kind: .stale, table: activity, detail: detail))
        }
        for index in indexes(of: profile).wanted {
            let state = state(of: index)
            guard state != .present else { continue }
            let table = index.relation == "activity" ? activity : transaction
            let what = state == .unfinished ? "was not finished" : "is missing"
            if case .outdated(let name) = state {
                let detail = "index \(sqlIdentifier(name)) makes writes of long keys fail; audit-tui index replaces it"
                holes.append(Hole(kind: .missingIndex, table: table, detail: detail))
                continue
            }
            let detail = "index \(sqlIdentifier(index.name)) \(what), browsing is slow; audit-tui index builds it"
            holes.append(Hole(kind: .missingIndex, table: table, detail: detail))
        }
        // A role that may not make plans still sees all that it can; what it cannot compare is left out.
        let settings = (try? installation()).flatMap { installation in
            try? InstallSettings(of: self, installation: installation, request: InstallRequest())
        }
        for routine in settings?.routines ?? [] where !isInstalled(routine) {
            let detail = "function \(routine.name) is not as this version makes it; audit-tui init repairs it"
            holes.append(Hole(kind: .stale, table: activity, detail: detail))
        }
        return holes + transactionTriggerHoles()
    }
}

import AuditTrail
import Postgres

/// What is installed is ours: nothing of others is taken over, and nothing of a superuser's is handed to a trail's owner.
extension Catalog {
    /// Refuses what has a name that is needed and is not of the installation, and what others could bend.
    ///
    /// Throws `SetupError.foreignObjects` and `.trailOfAnother`.
    func requireOwnership(
        _ installation: Installation,
        _ settings: InstallSettings,
        _ targets: [CaptureTarget],
        trustingOwner: Bool,
        notifying: Bool
    ) throws(SetupError) {
        var names = Set(settings.routines.map(\.name))
        if notifying { names.insert("audit_notify") }
        var found = takenNames(installation, names, targets) + takenTriggers(targets)
        if installation != .absent { found += foreignObjects }
        guard found.isEmpty else {
            var seen: Set<String> = []
            throw .foreignObjects(found.filter { seen.insert($0).inserted })
        }
        guard server.isSuperuser, let owner = audit.objects.owner, !audit.objects.isOfSuperuser, !trustingOwner else {
            return
        }
        throw .trailOfAnother(schema: auditSchema, owner: owner)
    }

    /// Refuses to take away what others could bend, or what is not ours.
    func requireOwnershipForRemoval() throws(SetupError) {
        let found = foreignObjects
        guard found.isEmpty else { throw .foreignObjects(found) }
    }

    private func takenNames(
        _ installation: Installation,
        _ names: Set<String>,
        _ targets: [CaptureTarget]
    ) -> [String] {
        var found = audit.functions.filter { function in
            guard names.contains(function.name) else { return false }
            if installation == .absent && !isRemnant { return true }
            if isRemnant && !isTrusted(function.owner, function.isOfSuperuser) { return true }
            return !isKnown(function, installation)
        }.map(description)
        for target in targets { found += takenFunction(of: target, targets) }
        guard installation == .absent else { return found }
        return found + audit.strangeObjects.filter { $0.kind == .relation || $0.kind == .type }.map { description($0) }
    }

    /// Whether a function may be there, or may be replaced.
    ///
    /// One of another signature is the person's own, and harms nobody: ours are called with their exact types. What has been
    /// altered in an installation of ours is put right.
    private func isKnown(_ function: AuditFacts.Function, _ installation: Installation) -> Bool {
        guard Routine.signatures[function.name]?.contains(function.arguments) ?? false else { return true }
        if case .ours = installation { return true }
        let ofPackage = ["create_activity", "get_setting", "jsonb_subtract"]
        if installation == .flaskAuditLogger && ofPackage.contains(function.name) { return true }
        return Routine.isOfAnyVersion(function.name, function.body)
    }

    private func takenFunction(of target: CaptureTarget, _ targets: [CaptureTarget]) -> [String] {
        let name = target.relation.captureFunctionName
        return audit.functions.filter { function in
            guard function.name == name, function.arguments.isEmpty else { return false }
            if !function.isOfOneTable { return true }
            let isOfTable = triggers.contains { $0.table == target.relation.name && $0.functionName == name }
            let isOfOther = triggers.contains { trigger in
                trigger.functionSchema == auditSchema && trigger.functionName == name && !trigger.isCopy
                    && trigger.table != target.relation.name
                    && !targets.contains { $0.relation.name == trigger.table }
            }
            let isOfRole = isTrusted(function.owner, function.isOfSuperuser) || function.owner == target.relation.owner
            return isOfOther || !isOfRole && !isOfTable
        }.map(description)
    }

    private func takenTriggers(_ targets: [CaptureTarget]) -> [String] {
        let tables = Set(targets.map(\.relation.name))
        let audited = ["activity", "transaction"].map { TableName(schema: auditSchema, name: $0) }
        return audit.strangeObjects.filter { object in
            guard object.kind == .trigger, let table = object.table else { return false }
            if tables.contains(table) && object.name.hasPrefix("audit_trigger_") { return true }
            return audited.contains(table) && Self.triggers.contains(object.name) && !isOfInstallation(object)
        }.map { description($0) }
    }

    /// What hands the functions of the installation to the owner of the audit tables.
    func handingOver(_ signature: SQL) -> SQL {
        guard let owner = newOwnerOfRoutines else { return "" }
        return "alter function \(signature) owner to \(identifier: owner);\n"
    }

    /// Whom functions are to be given after they were made; nil for the role that makes them.
    private var newOwnerOfRoutines: String? {
        guard let owner = audit.objects.owner, owner != server.role else { return nil }
        return server.isSuperuser || audit.objects.ownerCanCreate ? owner : nil
    }

    /// Whether a function of the installation belongs to whom it should.
    func isRightlyOwned(_ function: AuditFacts.Function) -> Bool {
        guard let owner = audit.objects.owner else { return true }
        return function.owner == owner || (newOwnerOfRoutines == nil && function.owner == server.role)
            || (!server.isSuperuser && function.isOfSuperuser)
    }
}

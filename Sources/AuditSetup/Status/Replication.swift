import AuditTrail

/// What logical replication does to a trail. The worker of a subscription writes as a replica session does, and fires row
/// triggers and those of truncate alone (manual, "Architecture" of logical replication).
extension Catalog {
    /// What a subscription brings to a table whose triggers fire in ordinary sessions only.
    func unrecordedReplication(of relation: RelationFacts, isAlways: Bool) -> [Hole] {
        guard relation.isSubscribed && !isAlways else { return [] }
        let detail = "what a subscription brings to it is not recorded; audit-tui init --always records it"
        return [Hole(kind: .replication, table: relation.name, detail: detail)]
    }

    /// The capture that was made before the table came into a subscription or left it, and what that means; nil where it is
    /// another one.
    func captureOfOtherSubscription(
        of relation: RelationFacts,
        excluding columns: [String]
    ) -> (function: CaptureFunction, hole: Hole)? {
        guard audit.mark?.isAlways ?? false else { return nil }
        var other = relation
        other.isSubscribed.toggle()
        let function = captureFunction(of: relation, excluding: columns, isAlways: true)
        let made = captureFunction(of: other, excluding: columns, isAlways: true)
        guard !function.isInstalled(in: self), made.isInstalled(in: self) else { return nil }
        let came = "inserts and deletes that a subscription brings to it are not recorded; audit-tui init repairs it"
        let left = "captured row by row for a subscription that it is no longer in; audit-tui init makes it faster"
        let hole = Hole(
            kind: relation.isSubscribed ? .replication : .stale,
            table: relation.name,
            detail: relation.isSubscribed ? came : left
        )
        return (made, hole)
    }

    /// Two sides that give out ids for one trail.
    func replicatedTrailHoles() -> [Hole] {
        guard audit.objects.isSubscribed else { return [] }
        let activity = TableName(schema: auditSchema, name: "activity")
        return [Hole(kind: .replication, table: activity, detail: Self.collision)]
    }

    private static let collision =
        "a subscription brings the trail of another server, whose ids collide with those of what is captured here; "
        + "leave transaction and activity out of the publication"

    /// What who sets up capture should know of where the trail comes from and goes to.
    var replicationNotes: [String] {
        (audit.objects.isSubscribed ? [Self.collision] : []) + publicationNotes
    }

    /// What the publishing side of a trail cannot see by itself.
    var publicationNotes: [String] {
        guard let publication = audit.objects.publication else { return [] }
        return [
            "publication \(sqlIdentifier(publication)) sends the trail: a subscriber that captures changes, too, gives out the "
                + "same ids, and its subscription stops"
        ]
    }

    var replicaNote: String { "a subscription brings the trail of another server, nothing is captured here" }
}

import AuditTrail

/// What a person may decide about reading any trail.
public struct TrailPreferences: Equatable, Sendable {
    /// The columns of the actor table that may name an actor, the best first; those that are looked for anyway come after.
    public var actorLabels: [String]
    /// The columns that change with every write and say little.
    public var noiseColumns: Set<String>
    /// The columns whose values are hidden in all that is read.
    public var masks: Masks
    /// Roles that are trusted like superusers and the reader himself: what they have made may run with his rights.
    public var trustedRoles: [String]
    /// Whether values of more than 64 kB stay on the server where a row or its history is asked for, or followed.
    public var hasExcerpts = false

    /// Preferences; what is left out is as it is usual.
    public init(
        actorLabels: [String] = [],
        noiseColumns: Set<String> = DiffOptions.standardNoise,
        masks: Masks = Masks(),
        trustedRoles: [String] = []
    ) {
        self.actorLabels = actorLabels
        self.noiseColumns = noiseColumns
        self.masks = masks
        self.trustedRoles = trustedRoles
    }
}

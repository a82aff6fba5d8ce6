import AuditTrail

/// How differences are drawn.
public enum DiffLayout: String, CaseIterable, Sendable {
    /// What was before above what is after.
    case unified
    /// What was before at the left, what is after at the right.
    case sideBySide = "side-by-side"
    /// The whole row after the change, or before it where the row went, as a JSON document.
    case document = "JSON"

    /// The one after it, going round.
    var next: DiffLayout {
        let all = DiffLayout.allCases
        return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
}

/// What a person has chosen about differences; it stays when another change is looked at.
public struct DiffSettings: Equatable, Sendable {
    /// How they are drawn.
    public var layout = DiffLayout.unified
    /// Whether long values go on in the next row.
    public var wraps = false
    /// How many unchanged columns are shown around each change.
    public var context = 1
    /// Whether columns that always change are left out.
    public var hidesNoise = false
    /// The columns that always change.
    public var noiseColumns = DiffOptions.standardNoise

    /// Unified, with one column of context.
    public init() {}

    /// The settings in a few words: `side-by-side · context 1 · wrapped`.
    var words: String {
        let context = layout == .document ? nil : "context \(context)"
        let parts = [layout.rawValue, context, wraps ? "wrapped" : nil, hidesNoise ? "noise hidden" : nil]
        return parts.compactMap(\.self).joined(separator: " · ")
    }
}

import JSON

/// How a row before and after differ, line by line, ready to be shown or printed.
public struct Diff: Equatable, Sendable {
    /// The lines from top to bottom.
    public var lines: [Line]
    /// The whole row before; nil when there was none, or when it is not known.
    public var before: JSON?
    /// The whole row after; nil when there is none, or when it is not known.
    public var after: JSON?

    /// The difference that the activity made.
    ///
    /// The key columns are always shown. An insert and a delete are one-sided. What was too large to be fetched is shown
    /// as unknown.
    public init(of activity: Activity, options: DiffOptions = DiffOptions()) {
        let keyColumns = Set(activity.key?.map(\.name) ?? [])
        let (old, changed) = (activity.oldData, activity.changedData)
        switch activity.verb {
        case .truncate:
            self.init([.flag("TRUNCATE: all rows of the table were removed at once; the trail does not hold them")])
        case .insert where changed != nil:
            self.init(from: nil, to: changed, keyColumns: keyColumns, options: options)
        case .delete where old != nil:
            self.init(from: old, to: nil, keyColumns: keyColumns, options: options)
        case .insert, .delete:
            self.init(DiffBuilder.key(of: activity) + [.flag("the row is too large to be fetched with the others")])
        case .update, .other:
            guard let old, let changed else {
                let lines = DiffBuilder.partlyUnknown(activity, options: options)
                self.init(lines.markingAmbiguities(by: options.shape))
                return
            }
            self.init(from: old, changing: changed, keyColumns: keyColumns, options: options)
        }
    }

    /// The difference that the activity made, with so many unchanged columns above and below each change.
    public init(of activity: Activity, context: Int) {
        self.init(of: activity, options: DiffOptions(context: context))
    }

    /// The difference between two versions of a row, each of them whole, or nil where the row is absent.
    public init(from old: JSON?, to new: JSON?, keyColumns: Set<String>, options: DiffOptions = DiffOptions()) {
        var builder = DiffBuilder(keyColumns: keyColumns, options: options)
        switch (old, new) {
        case (let old?, let new?): builder.append(from: old, to: new)
        case (let old?, nil): builder.append(old, as: .removed)
        case (nil, let new?): builder.append(new, as: .added)
        case (nil, nil): builder.lines = [.flag("the row is absent before and after")]
        }
        self.init(builder.lines.markingAmbiguities(by: options.shape), before: old, after: new)
    }

    /// The difference between a row and what it is with other values for some of its columns.
    private init(from old: JSON, changing changed: JSON, keyColumns: Set<String>, options: DiffOptions) {
        let changes = memberPlaces(changed.members ?? [])
        let values = changed.members ?? []
        let old = JSON.object(effective(old.members ?? []))
        let before = old.members ?? []
        let kept = before.map { member in
            JSON.Member(member.name, changes[Spelling(member.name)].map { values[$0].value } ?? member.value)
        }
        let known = memberPlaces(before)
        let added = effective(values).filter { known[Spelling($0.name)] == nil }
        let new = JSON.object(kept + added)
        var builder = DiffBuilder(keyColumns: keyColumns, options: options)
        builder.recordedColumns = Set(changes.keys)
        builder.append(from: old, to: new)
        self.init(builder.lines.markingAmbiguities(by: options.shape), before: old, after: new)
    }

    private init(_ lines: [Line], before: JSON? = nil, after: JSON? = nil) {
        self.lines = before == nil || after == nil ? lines : lines.markingNames()
        self.before = before
        self.after = after
    }
}

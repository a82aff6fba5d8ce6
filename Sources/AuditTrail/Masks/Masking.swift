import JSON

extension JSON {
    /// Whether this stands in the place of a value that is masked.
    public var isMasked: Bool { self == .string(Masks.text) }

    /// The row of a table with its masked columns hidden; null is hidden like any value, since it tells as much.
    func masked(by masks: Masks, of table: TableName) -> JSON {
        guard let members else { return self }
        return .object(members.masked(by: masks, of: table))
    }
}

extension [JSON.Member] {
    /// The members of a row or of its key with the masked ones hidden.
    func masked(by masks: Masks, of table: TableName) -> [JSON.Member] {
        map { masks.hide($0.name, of: table) ? JSON.Member($0.name, .string(Masks.text)) : $0 }
    }
}

extension Activity {
    /// The activity with masked values hidden.
    public func masked(by masks: Masks) -> Activity {
        guard !masks.isEmpty else { return self }
        var activity = self
        activity.key = key?.masked(by: masks, of: table)
        activity.oldData = oldData?.masked(by: masks, of: table)
        activity.changedData = changedData?.masked(by: masks, of: table)
        return activity
    }
}

extension AttributedActivity {
    /// The activity with masked values hidden.
    public func masked(by masks: Masks) -> AttributedActivity {
        var change = self
        change.activity = activity.masked(by: masks)
        return change
    }
}

extension UpdateSample {
    /// The sample with values hidden that are masked in one of the tables, since it does not say in which it is.
    public func masked(by masks: Masks, of tables: [TableName]) -> UpdateSample {
        guard !masks.isEmpty else { return self }
        var sample = self
        sample.old = old.map { tables.reduce($0) { $0.masked(by: masks, of: $1) } }
        sample.new = new.map { tables.reduce($0) { $0.masked(by: masks, of: $1) } }
        return sample
    }
}

extension Answer {
    /// The answer with masked values hidden.
    public func masked(by masks: Masks) -> Answer {
        guard !masks.isEmpty else { return self }
        switch self {
        case .activities(let activities, let hasMore):
            return .activities(activities.map { $0.masked(by: masks) }, hasMore: hasMore)
        case .activity(let activity): return .activity(activity?.masked(by: masks))
        case .changes(var page):
            page.changes = page.changes.map { $0.masked(by: masks) }
            return .changes(page)
        case .summary(let summary): return .summary(summary.masked(by: masks))
        case .history(let history): return .history(history.masked(by: masks))
        case .row(let row): return .row(row.masked(by: masks))
        case .table(var table):
            table.rows = table.rows.map { $0.masked(by: masks) }
            return .table(table)
        case .revert(let script): return .revert(script.masked(by: masks))
        // What transactions say of their updates has been masked when they were read.
        case .transactions, .tables, .actors, .histogram, .timeline, .tableOverview, .actorOverview, .health, .shape,
            .count, .names, .unanswerable, .news:
            return self
        }
    }
}

extension Summary {
    fileprivate func masked(by masks: Masks) -> Summary {
        var summary = self
        summary.items = items.map { item in
            guard let column = item.column, masks.hide(column) else { return item }
            return Item(item.subject, "\(column) \(Masks.text)→\(Masks.text)", item.count, nil, column: column)
        }
        return summary
    }
}

extension RowHistory {
    fileprivate func masked(by masks: Masks) -> RowHistory {
        var history = self
        history.key = key.masked(by: masks, of: shape.name)
        for index in versions.indices { history.versions[index].change = versions[index].change.masked(by: masks) }
        if case .row(let row) = live { history.live = .row(row.masked(by: masks, of: shape.name)) }
        return history
    }
}

extension RowAtTime {
    fileprivate func masked(by masks: Masks) -> RowAtTime {
        var copy = self
        copy.key = key.masked(by: masks, of: table)
        if case .row(let row) = existence { copy.existence = .row(row.masked(by: masks, of: table)) }
        copy.lastChange = lastChange?.masked(by: masks)
        copy.nextChange = nextChange?.masked(by: masks)
        return copy
    }
}

extension RevertScript {
    /// What is said of the statements is masked; the statements are not, since they have to write the values.
    fileprivate func masked(by masks: Masks) -> RevertScript {
        var script = self
        for (index, statement) in statements.enumerated() {
            let masked = statement.change.masked(by: masks)
            guard masked != statement.change else { continue }
            script.holdsMaskedValues = true
            script.statements[index].change = masked
            // A reason may name the values that another row has.
            script.statements[index].verdict = statement.verdict.map(\.withoutReason)
            guard masked.activity.key != statement.change.activity.key else { continue }
            script.statements[index].summary = "\(masked.activity.verb.word) of \(masked.activity.table)"
        }
        return script
    }
}

extension RevertScript.Verdict {
    /// The verdict without words that may hold values.
    fileprivate var withoutReason: RevertScript.Verdict {
        switch self {
        case .applies, .reverted: self
        case .partly: .partly("columns of the row are others now")
        case .conflict: .conflict("the row is another now")
        case .impossible: .impossible("it cannot be told")
        }
    }
}

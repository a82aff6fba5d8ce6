/// The row of a table as the server can find it again in the same snapshot.
struct RowPlace: Equatable {
    /// The oid of the table or partition.
    var relation: String
    /// The `ctid`.
    var tuple: String
}

/// What one activity did to one key, or the row that the table holds under it: a row of `gap_steps.sql`.
struct GapStep: Equatable {
    /// Where the step comes from.
    enum Source: Equatable {
        case activity(Gap.Side, transaction: Int64)
        case table(RowPlace)
    }

    var key: String
    var source: Source
    /// How many times the table had been truncated before.
    var epoch: Int
    /// The hash of the row before; nil for none.
    var before: Int64?
    /// The hash of the row after; nil for none, and for the row of the table.
    var after: Int64?
}

/// Two rows of a key that should be the same and have different hashes, which does not mean that they are not.
struct GapSuspect: Equatable {
    var change: Gap.Change
    var after: Gap.Side
    /// Nil when the other row is that of the table.
    var before: Gap.Side?
    /// Where the row of the table is; nil for an activity, and where there is no row.
    var place: RowPlace?
}

/// Follows keys from step to step, and finds where what one step left is not what the next one found.
///
/// What a transaction did to a key need not be recorded in its order: a trigger of the application's may update the row
/// before it is recorded that it was inserted, a statement may exchange the keys of two rows. There the steps of one
/// transaction are taken as one, from what was there before them to what is there after, if they can be one, and unless
/// the order in which they were recorded fits better.
struct GapChain {
    /// What a key holds after a step: the hash of its row, nil for none, and who left it so.
    private struct State {
        var row: Int64?
        var side: Gap.Side
        var epoch: Int
    }

    /// The activities that truncated the table, oldest first: each leaves every key without a row.
    let truncates: [Gap.Side]
    private var key: String?
    private var state: State?
    /// The steps of one transaction so far.
    private var run: [GapStep] = []
    private var isRunOf: Int64?

    init(truncates: [Gap.Side]) { self.truncates = truncates }

    /// Takes the next step, in the order of keys and ids, and returns the suspects that are certain by now.
    mutating func take(_ step: GapStep) -> [GapSuspect] {
        var suspects: [GapSuspect] = []
        if step.key != key {
            suspects += finish()
            key = step.key
        }
        switch step.source {
        case .activity(_, let transaction):
            if let first = run.first, isRunOf != transaction || first.epoch != step.epoch {
                suspects += endRun(before: first.epoch == step.epoch ? .some(step.before) : nil)
            }
            isRunOf = transaction
            run.append(step)
        case .table(let place):
            suspects += endRun(before: run.first?.epoch == step.epoch ? .some(step.before) : nil)
            suspects += suspect(expected(in: step.epoch), step.before, before: nil, place)
            // The key is done: nothing but the next one follows.
            key = nil
            state = nil
        }
        return suspects
    }

    /// Ends the last key: where the table's row did not come, there is none.
    mutating func finish() -> [GapSuspect] {
        defer { (key, state) = (nil, nil) }
        guard key != nil else { return [] }
        let suspects = endRun(before: run.first?.epoch == truncates.count ? .some(nil) : nil)
        return suspects + suspect(expected(in: truncates.count), nil, before: nil, nil)
    }

    /// Ends the steps of a transaction; `next` is the row that was found after it, nil when that says nothing of it.
    private mutating func endRun(before next: Int64??) -> [GapSuspect] {
        let steps = run
        run = []
        guard let first = steps.first else { return [] }
        let expected = expected(in: first.epoch)
        guard let path = GapPath(steps, from: expected.map(\.row)),
            path.isBetter(than: steps, after: expected.map(\.row), before: next)
        else { return steps.flatMap { follow($0) } }
        state = State(row: path.end, side: path.last, epoch: first.epoch)
        return suspect(expected, path.start, before: path.first, nil)
    }

    private mutating func follow(_ step: GapStep) -> [GapSuspect] {
        guard case .activity(let side, _) = step.source else { return [] }
        let suspects = suspect(expected(in: step.epoch), step.before, before: side, nil)
        state = State(row: step.after, side: side, epoch: step.epoch)
        return suspects
    }

    /// What the key must hold; nil when nothing is known of it yet.
    private func expected(in epoch: Int) -> State? {
        if let state, state.epoch == epoch { return state }
        return epoch > 0 ? State(row: nil, side: truncates[epoch - 1], epoch: epoch) : nil
    }

    private func suspect(
        _ expected: State?,
        _ found: Int64?,
        before: Gap.Side?,
        _ place: RowPlace?
    ) -> [GapSuspect] {
        guard let expected, expected.row != found else { return [] }
        let change: Gap.Change = expected.row == nil ? .insert : found == nil ? .delete : .update
        return [GapSuspect(change: change, after: expected.side, before: before, place: place)]
    }
}

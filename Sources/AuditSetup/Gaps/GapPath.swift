/// The steps of one transaction on one key as one way from a row to a row, whatever the order they were recorded in.
///
/// Each step leads from the row before it to the row after it, so the steps can have happened one after the other if
/// there is a way that goes each of them once: every row but the first and the last is left as often as it is reached,
/// and all steps hang together (Euler's theorem on paths of directed graphs).
struct GapPath {
    /// The hash of the row before the transaction; nil for none.
    let start: Int64?
    /// The hash of the row after it; nil for none.
    let end: Int64?
    /// The first activity that found the row at the start.
    let first: Gap.Side
    /// The last activity that left the row at the end.
    let last: Gap.Side

    /// The way through the steps; nil when there is none.
    ///
    /// A round trip can begin anywhere: it begins with the row that is `expected`, if that is on the way.
    init?(_ steps: [GapStep], from expected: Int64??) {
        guard let earliest = steps.first else { return nil }
        var start = earliest.before
        var end = steps.last?.after
        if start == end || !Self.isChained(steps) {
            guard let ends = Self.ends(of: steps), Self.isConnected(steps) else { return nil }
            switch ends {
            case .different(let first, let last): (start, end) = (first, last)
            case .same:
                if let expected, steps.contains(where: { $0.before == expected }) { start = expected }
                end = start
            }
        }
        guard let first = steps.first(where: { $0.before == start })?.side,
            let last = steps.last(where: { $0.after == end })?.side
        else { return nil }
        (self.start, self.end, self.first, self.last) = (start, end, first, last)
    }

    /// Whether this way fits better than the order of the steps between the row that was there before them and the row
    /// that was found after them; nil stands for a row that is unknown.
    ///
    /// Where both fit equally well, a gap within a transaction is less likely than one outside of it.
    func isBetter(than steps: [GapStep], after expected: Int64??, before next: Int64??) -> Bool {
        let breaks = (expected.map { $0 != start } ?? false ? 1 : 0) + (next.map { $0 != end } ?? false ? 1 : 0)
        let inner = zip(steps, steps.dropFirst()).count { $0.after != $1.before }
        let first = expected.map { $0 != steps.first?.before } ?? false ? 1 : 0
        let last = next.map { $0 != steps.last?.after } ?? false ? 1 : 0
        return (breaks, 0) < (first + inner + last, inner)
    }

    private static func isChained(_ steps: [GapStep]) -> Bool {
        zip(steps, steps.dropFirst()).allSatisfy { $0.after == $1.before }
    }

    private enum Ends {
        case different(start: Int64?, end: Int64?)
        case same
    }

    /// Where the way must begin and end; nil when there is none.
    private static func ends(of steps: [GapStep]) -> Ends? {
        var balance: [Int64?: Int] = [:]
        for step in steps {
            balance[step.before, default: 0] -= 1
            balance[step.after, default: 0] += 1
        }
        let starts = balance.filter { $0.value < 0 }
        let ends = balance.filter { $0.value > 0 }
        if starts.isEmpty { return .same }
        guard starts.count == 1, ends.count == 1, let start = starts.first, let end = ends.first, end.value == 1 else {
            return nil
        }
        return .different(start: start.key, end: end.key)
    }

    private static func isConnected(_ steps: [GapStep]) -> Bool {
        var neighbours: [Int64?: Set<Int64?>] = [:]
        for step in steps {
            neighbours[step.before, default: []].insert(step.after)
            neighbours[step.after, default: []].insert(step.before)
        }
        guard let first = steps.first else { return true }
        var reached: Set<Int64?> = [first.before]
        var next = [first.before]
        while let row = next.popLast() {
            for neighbour in neighbours[row] ?? [] where reached.insert(neighbour).inserted { next.append(neighbour) }
        }
        return reached.count == neighbours.count
    }
}

extension GapStep {
    fileprivate var side: Gap.Side? {
        if case .activity(let side, _) = source { side } else { nil }
    }
}

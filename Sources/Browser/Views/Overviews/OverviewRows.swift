import AuditTrail
import Screen

/// What the server says, as rows.
extension Overview.Row {
    init(_ table: TableOverview, now: Timestamp) {
        let count = table.count.activities.map { "\(table.count.isEstimate ? "~" : "")\(grouped($0))" } ?? "?"
        let verbs = table.newest
        self.init(
            cells: [
                .init(table.count.table.short, .tableName), .init(count), .number(verbs.inserts, .insert),
                .number(verbs.updates, .update), .number(verbs.deletes + verbs.truncates, .delete),
                .age(table.lastWrite, now), .init(table.lastActor?.displayName ?? "—", .actorName),
                .init(table.capture.rawValue, table.capture == .recording ? .info : .warning),
                .init(table.keyColumns.isEmpty ? "no key" : table.keyColumns.joined(separator: ","), .muted),
            ],
            terms: [.table(.anyOf([TablePattern(table.count.table)]))]
        )
    }

    init(_ actor: ActorOverview, now: Timestamp) {
        self.init(
            cells: [
                .init(actor.actor.map(\.displayName) ?? "nobody", .actorName),
                .init(actor.actor.map { "#\($0.id)" } ?? "", .muted), .init(grouped(actor.transactions)),
                .age(actor.lastWrite, now), .init(actor.lastClient ?? "", .muted),
            ],
            terms: [.actor(.anyOf([actor.actor.map(ActorTerm.exactly) ?? .none]))]
        )
    }

    init(_ fact: HealthFact) {
        let (mark, role): (String, Role) =
            switch fact.state {
            case .info: ("  ", .text)
            case .good: ("✔ ", .info)
            case .bad: ("! ", .warning)
            }
        self.init(cells: [.init(fact.name, .header), .init(mark + fact.value, role)])
    }

    init(_ item: Summary.Item, of total: Int64) {
        let share = total > 0 ? item.count * 100 / total : 0
        self.init(
            cells: [
                .init(item.subject.rawValue, .muted), .init(grouped(item.count)), .init("\(share) %", .muted),
                .init(item.text, item.subject == .table ? .tableName : item.subject == .actor ? .actorName : .text),
            ],
            terms: item.term.map { [$0] } ?? []
        )
    }

    /// A span of a timeline, its bar as wide as there is room for.
    static func rows(_ timeline: Timeline, width: Int, in zone: TimeZone) -> [Overview.Row] {
        let histogram = timeline.histogram
        let most = histogram.counts.max() ?? 0
        return histogram.counts.indices.reversed().map { index in
            let count = histogram.counts[index]
            let length = most > 0 ? Int((Double(count) / Double(most)).squareRoot() * Double(width)) : 0
            let (start, end) = (histogram.start(of: index), histogram.start(of: index + 1))
            var cells: [Overview.Cell] = [.init(zone.text(of: start), .time), .init(count == 0 ? "" : grouped(count))]
            let verbs = timeline.samples.indices.contains(index) ? timeline.samples[index] : VerbCounts()
            cells += stack(verbs, length: count > 0 ? max(1, length) : 0)
            return Overview.Row(cells: cells, terms: [.since(TimeTerm(start)), .until(TimeTerm(end))])
        }
    }

    /// Three pieces of a bar, one for each verb, by their shares of the sample.
    private static func stack(_ verbs: VerbCounts, length: Int) -> [Overview.Cell] {
        let deletes = verbs.deletes + verbs.truncates
        let total = max(1, verbs.inserts + verbs.updates + deletes)
        let inserts = length * verbs.inserts / total
        let deleted = length * deletes / total
        let parts = [(inserts, Role.insert), (length - inserts - deleted, .update), (deleted, .delete)]
        return parts.map { .init(String(repeating: "█", count: $0.0), $0.1) }
    }
}

extension Overview.Cell {
    fileprivate static func number(_ number: Int, _ role: Role) -> Overview.Cell {
        Overview.Cell(number == 0 ? "" : grouped(number), role)
    }

    fileprivate static func age(_ time: Timestamp?, _ now: Timestamp) -> Overview.Cell {
        Overview.Cell(time.map { ageText(of: $0, at: now) } ?? "—", .time)
    }
}

/// Taking in what the server says for an overview.
extension Model {
    mutating func fillOverview(_ answer: Answer, of id: RequestID) -> [Effect] {
        guard var overview, overview.rows == .loading(id) else { return [] }
        switch answer {
        case .tableOverview(let tables):
            overview.rows = .loaded(tables.map { Overview.Row($0, now: now) })
            overview.remark = "I, U, D and the last write: of the newest 5,000 changes"
        case .actorOverview(let actors):
            overview.rows = .loaded(actors.map { Overview.Row($0, now: now) })
            overview.remark = "of the newest 5,000 transactions"
        case .health(let facts): overview.rows = .loaded(facts.map { Overview.Row($0) })
        case .summary(let summary):
            overview.rows = .loaded(summary.items.map { Overview.Row($0, of: summary.activities) })
            let reach = summary.oldest.map { ", back to \(timeZone.text(of: $0))" } ?? ""
            overview.remark =
                "\(summary.hasMore ? "the newest " : "all ")\(grouped(summary.activities)) changes\(reach)"
        case .timeline(let timeline):
            let width = max(8, size.columns - 36)
            overview.rows = .loaded(timeline.map { Overview.Row.rows($0, width: width, in: timeZone) } ?? [])
            overview.remark = timeline.map { durationText(seconds: $0.histogram.secondsPerSpan) + " a line" } ?? ""
            self.overview = overview
            selectSpanOfCursor(timeline)
            return []
        default: return []
        }
        self.overview = overview
        return []
    }

    /// Puts the cursor of the timeline where that of the list is.
    private mutating func selectSpanOfCursor(_ timeline: Timeline?) {
        guard let histogram = timeline?.histogram, let time = list.selected?.issuedAt else { return }
        let index = histogram.index(of: time) ?? histogram.counts.count - 1
        overview?.select(histogram.counts.count - 1 - index, visibleRows: size.bodyEnd - 3)
    }
}

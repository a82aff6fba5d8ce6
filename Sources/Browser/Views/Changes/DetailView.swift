import AuditTrail
import JSON
import Screen

extension Frame {
    /// The heading of the change and its difference.
    mutating func drawDetail(of model: Model, _ layout: Layout) {
        drawDetailHeading(of: model, layout)
        let first = layout.detailRows.lowerBound
        let left = layout.detailColumns.lowerBound
        switch model.shownDetail.activities {
        case .notAsked, .loading:
            put(model.shownDetail.transaction == nil ? "" : "loading…", column: left + 3, row: first, role: .muted)
        case .failed(let failure):
            put("✘ " + SafeText(failure.message), column: left + 3, row: first, role: .error)
            put(SafeText(model.key(.refresh)) + " reads again", column: left + 3, row: first + 1, role: .muted)
        case .loaded(let activities) where activities.isEmpty:
            put("no change of this transaction matches the filter", column: left + 3, row: first, role: .muted)
        case .loaded:
            drawDiff(of: model, layout)
        }
    }

    private mutating func drawDetailHeading(of model: Model, _ layout: Layout) {
        let row = layout.detailRows.lowerBound - 1
        let columns = layout.detailColumns
        let rule = String(repeating: "─", count: columns.count)
        put(SafeText(rule), column: columns.lowerBound, row: row, role: .border)
        if columns.lowerBound > 0 {
            for row in row..<layout.detailRows.upperBound {
                put("│", column: columns.lowerBound - 1, row: row, role: .border)
            }
        }
        guard let transaction = model.shownDetail.transaction else { return }
        let actor = transaction.actor?.displayName ?? "unknown actor"
        let origin = transaction.origin?.words ?? []
        let place = [transaction.clientAddress].compactMap(\.self) + ["xid \(grouped(transaction.nativeID))"]
        var text = (["tx \(transaction.name)", actor] + place + origin).joined(separator: " · ")
        if layout.shape != .split, layout.shape != .sideBySide, let time = transaction.issuedAt {
            text = ([actor, model.timeZone.text(of: time)] + origin).joined(separator: " · ")
        }
        let right = changeText(of: model)
        let room = max(0, columns.count - right.width - 4)
        if room > 3 {
            put(" " + SafeText(text) + " ", column: columns.lowerBound + 1, row: row, width: room, role: .title)
        }
        put(right, column: max(columns.lowerBound, columns.upperBound - right.width - 1), row: row, role: .title)
    }

    /// Which change this is: `public.orders #42 · UPDATE · 1/2`.
    private func changeText(of model: Model) -> SafeText {
        guard let activity = model.shownDetail.activity, let activities = model.shownDetail.activities.value else {
            return ""
        }
        let key = activity.key.map { " #" + $0.map { keyValueText($0.value) }.joined(separator: ",") } ?? ""
        let count = "\(model.shownDetail.index + 1)/\(grouped(activities.count))\(model.shownDetail.hasMore ? "+" : "")"
        return SafeText(" \(activity.table)\(key) · \(activity.verb.word.uppercased()) \(count) ")
    }

    private mutating func drawDiff(of model: Model, _ layout: Layout) {
        guard let sheet = model.shownDetail.sheet(columns: layout.detailColumns.count) else { return }
        draw(
            sheet,
            rows: layout.detailRows,
            column: layout.detailColumns.lowerBound,
            top: model.shownDetail.top,
            cursor: model.focus == .detail ? model.shownDetail.line : nil,
            searchWord: model.searchWord
        )
    }
}

import AuditTrail
import Screen

/// Reading what is on screen in a pager, as a whole and at leisure.
extension Model {
    mutating func openOutside() -> [Effect] {
        let lines: [SafeText]
        if case .history(let pane)? = panes.last, let history = pane.history.value {
            lines = history.versions.flatMap {
                text(of: $0.change.activity, by: $0.change.actor, $0.number, shape: history.shape)
            }
        } else if panes.isEmpty, overview == nil, let changes = detail.activities.value, !changes.isEmpty {
            lines = changes.flatMap { text(of: $0, by: detail.transaction?.actor, shape: shapes[$0.table] ?? nil) }
        } else {
            notice = Notice(.info, "there is nothing loaded to be read; \(key(.open)) opens the changes")
            return []
        }
        return [.page(lines.map { $0.string + "\n" }.joined())]
    }

    private func text(
        of activity: Activity,
        by actor: Actor?,
        _ version: Int? = nil,
        shape: TableShape?
    ) -> [SafeText] {
        let key = activity.key.map { " #" + $0.map { keyValueText($0.value) }.joined(separator: ",") } ?? ""
        let parts: [String?] = [
            version.map { "v\($0)" }, activity.issuedAt.map(timeZone.iso8601), actor?.displayName ?? "unknown actor",
            "\(activity.verb.word) \(activity.table)\(key)",
        ]
        let diff = Diff(of: activity, options: DiffOptions(context: 1000, shape: shape)).lines.map { line in
            let value = line.path.isEmpty ? line.value : "\(line.path): \(line.value)"
            return SafeText("  \(line.marker) \(value)\(line.delta.map { "  \($0)" } ?? "")\(line.markText)")
        }
        return [SafeText(parts.compactMap(\.self).joined(separator: "  "))] + diff + [""]
    }
}

import AuditTrail
import Screen

/// Running a revert on the server and taking it back at once, where the person has allowed that.
extension Model {
    /// Begins a dry run of the script, or says how to allow one.
    mutating func dryRun(_ pane: RevertPane) -> [Effect] {
        guard let script = pane.script.value else { return [] }
        if case .loading = pane.dryRun { return [] }
        guard isDryRunAllowed else {
            let words = "a dry run locks rows and fires triggers until it is rolled back; --allow-dry-run allows it"
            notice = Notice(.warning, words)
            return []
        }
        var pane = pane
        let id = nextRequest()
        pane.dryRun = .loading(id)
        panes[panes.count - 1] = .revert(pane)
        return [.dryRun(script, id)]
    }

    /// Takes in what came of it, if its pane is still there.
    mutating func accept(_ run: DryRun, of id: RequestID) -> [Effect] {
        for index in panes.indices {
            guard case .revert(var pane) = panes[index], pane.dryRun == .loading(id), let script = pane.script.value
            else { continue }
            pane.dryRun = .loaded(script.shown(run))
            panes[index] = .revert(pane)
            notice = pane.dryRunLines.first.map { Notice(run.failure == nil ? .info : .error, $0.text) }
        }
        return []
    }

    /// The dry run that is awaited; whatever else runs has been left.
    public var awaitedDryRun: RequestID? {
        for case .revert(let pane) in panes {
            if case .loading(let id) = pane.dryRun { return id }
        }
        return nil
    }
}

extension Pane {
    /// A dry run that was awaited when its view was left has been stopped.
    mutating func forgetDryRun() {
        guard case .revert(var pane) = self, case .loading = pane.dryRun else { return }
        pane.dryRun = .notAsked
        self = .revert(pane)
    }
}

extension RevertPane {
    /// What came of the dry run, in words.
    var dryRunLines: [Line] {
        switch dryRun {
        case .notAsked, .failed: return []
        case .loading:
            return [Line(text: "dry run: running; the rows are locked until it is rolled back", role: .muted)]
        case .loaded(let run):
            let outcome = run.outcome(of: script.value?.statements.count ?? 0)
            let isDone = run.failure == nil
            var lines = [Line(text: "\(isDone ? "✔" : "✘") dry run: \(outcome)", role: isDone ? .diffAdd : .error)]
            let message = run.failure.map { SafeText($0.message).pieces(ofColumns: 74) } ?? []
            lines += message.map { Line(text: "  \($0.string)", role: .error) }
            lines += run.notices.map { Line(text: "  \($0)", role: $0.hasPrefix("warning") ? .warning : .muted) }
            if run.otherNotices > 0 {
                lines.append(Line(text: "  \(grouped(run.otherNotices)) notices are not shown", role: .muted))
            }
            return lines
        }
    }
}

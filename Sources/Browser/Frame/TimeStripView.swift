import AuditTrail
import Screen

extension Frame {
    /// The bars, what one of them stands for, and, where there is room, the axis below.
    mutating func drawTimeStrip(of model: Model, _ layout: Layout) {
        guard let row = layout.stripRows.first else { return }
        switch model.timeStrip.histogram {
        case .notAsked, .loading: put("histogram: loading…", column: 1, row: row, role: .muted)
        case .failed(let failure): put("histogram: " + SafeText(failure.message), column: 1, row: row, role: .muted)
        case .loaded:
            guard let histogram = model.shownHistogram else { return }
            let cursor = model.list.selected?.issuedAt.flatMap(histogram.index(of:))
            drawBars(histogram, cursor, row: row)
            if layout.stripRows.count > 1 { drawAxis(histogram, cursor, row: row + 1, in: model.timeZone) }
        }
    }

    private mutating func drawBars(_ histogram: Histogram, _ cursor: Int?, row: Int) {
        let most = histogram.counts.max() ?? 0
        for (index, count) in histogram.counts.enumerated() where 1 + index < size.columns {
            put(SafeText(bar(count, of: most)), column: 1 + index, row: row, role: .histogramBar)
        }
        if let cursor {
            if histogram.counts[cursor] == 0 { put("┃", column: 1 + cursor, row: row, role: .histogramCursor) }
            overlay(row: row, columns: 1 + cursor..<2 + cursor, role: .histogramCursor)
        }
        let sign = histogram.isEstimate ? "~ " : ""
        let scale = SafeText(sign + durationText(seconds: histogram.secondsPerSpan) + "/bar")
        put(scale, column: max(0, size.columns - scale.width - 1), row: row, role: .muted)
    }

    private mutating func drawAxis(_ histogram: Histogram, _ cursor: Int?, row: Int, in zone: TimeZone) {
        let step = 12
        for index in stride(from: 0, to: histogram.counts.count, by: step) where index + step <= histogram.counts.count
        {
            let text = axisText(
                zone.calendar(of: histogram.start(of: index)),
                secondsPerLabel: histogram.secondsPerSpan * Int64(step)
            )
            put(SafeText(text), column: 1 + index, row: row, role: .histogramAxis)
        }
        if let cursor { put("┃", column: 1 + cursor, row: row, role: .histogramCursor) }
    }
}

/// A bar of one to eight eighths; a blank for nothing.
///
/// Heights go by the square root, so that one large transaction does not flatten all others.
func bar(_ count: Int64, of most: Int64) -> String {
    guard count > 0, most > 0 else { return " " }
    let eighths = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return eighths[min(7, Int((Double(count) / Double(most)).squareRoot() * 7.999))]
}

/// A length of time in its largest unit that is at least two: `15 min`, `12 d`.
func durationText(seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(max(1, seconds)) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86400) d"
    }
}

/// A moment as precisely as the distance of the labels needs.
private func axisText(_ calendar: CalendarTime, secondsPerLabel: Int64) -> String {
    switch secondsPerLabel {
    case (86400 * 28)...: return String(calendar.date.prefix(7))
    case 86400...: return calendar.date
    case (3600 * 12)...: return "\(calendar.date.dropFirst(5)) \(calendar.timeOfDay.prefix(2))h"
    default: return String(calendar.timeOfDay.prefix(secondsPerLabel < 60 ? 8 : 5))
    }
}

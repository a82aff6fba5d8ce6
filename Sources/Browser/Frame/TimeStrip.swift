import AuditTrail

/// The histogram above the list.
public struct TimeStrip: Equatable, Sendable {
    /// Whether the person wants it.
    public var isWanted = true
    /// What the server says.
    public var histogram: Remote<Histogram> = .notAsked
    /// The length of what is shown in seconds; nil for all that the filter's times allow.
    public var zoomSeconds: Int64?

    /// The lengths that zooming goes through: two years, a year, 90, 30 and 7 days, a day, 6 hours, an hour, ten minutes.
    static let zoomSteps: [Int64] = [730, 365, 90, 30, 7, 1].map { $0 * 86400 } + [21600, 3600, 600]
}

/// Looking at time.
extension Model {
    /// Asks for the histogram that fits the screen, unless it is not shown.
    mutating func askForHistogram() -> [Effect] {
        let width = Layout(of: self).stripWidth
        guard width > 0, case .ready = connection else { return [] }
        let id = nextRequest()
        if timeStrip.histogram.value == nil { timeStrip.histogram = .loading(id) }
        histogramRequest = id
        let range = stripRange
        return [.ask(.histogram(from: range.from, to: range.to, spans: width, of: filter), id)]
    }

    /// What the strip shows: what is loaded corrects what the server has estimated for the filter.
    var shownHistogram: Histogram? {
        guard let histogram = timeStrip.histogram.value else { return nil }
        guard !filter.isOfTimes else { return histogram }
        let isWhole = list.isLoaded && list.olderEdge == .end && list.newerEdge == .end
        return histogram.counting(list.rows, areAll: isWhole)
    }

    /// What the strip covers: the filter's times, or a part around the cursor.
    var stripRange: (from: Timestamp?, to: Timestamp?) {
        guard let length = timeStrip.zoomSeconds else { return (filter.since, filter.until) }
        let middle = list.selected?.issuedAt ?? now
        let end = min(middle.adding(seconds: length / 2), max(now, middle).adding(seconds: 1))
        return (end.adding(seconds: -length), end)
    }

    mutating func accept(_ histogram: Histogram?, of id: RequestID) -> [Effect] {
        guard histogramRequest == id else { return [] }
        histogramRequest = nil
        timeStrip.histogram =
            histogram.map(Remote.loaded) ?? .failed(Failure(message: "no changes have been recorded yet"))
        return []
    }

    mutating func toggleStrip() -> [Effect] {
        timeStrip.isWanted.toggle()
        keepCursorsVisible()
        return timeStrip.histogram.value == nil ? askForHistogram() : []
    }

    /// Shows less or more time, around the cursor.
    mutating func zoom(in isInwards: Bool) -> [Effect] {
        guard let histogram = timeStrip.histogram.value else { return [] }
        let shown = (histogram.end.microseconds - histogram.start.microseconds) / 1_000_000
        let steps = TimeStrip.zoomSteps
        if isInwards {
            guard let next = steps.first(where: { $0 * 10 < shown * 9 }) else {
                notice = Notice(.info, "ten minutes are the least that the histogram shows")
                return []
            }
            timeStrip.zoomSeconds = next
        } else {
            timeStrip.zoomSeconds =
                timeStrip.zoomSeconds == nil ? nil : steps.last { $0 * 9 > shown * 10 }
        }
        return askForHistogram()
    }

    /// Goes to the last transaction of the next span of the histogram that has any.
    mutating func goToSpan(older: Bool) -> [Effect] {
        guard let histogram = shownHistogram, let time = list.selected?.issuedAt else { return [] }
        let here = histogram.index(of: time) ?? (time < histogram.start ? -1 : histogram.counts.count)
        guard let next = histogram.nextFilled(from: here, older: older) else {
            notice = Notice(
                .info,
                "the histogram has no \(older ? "older" : "newer") changes; \(key(.zoomOut)) shows more time"
            )
            return []
        }
        return load(at: .at(Timestamp(microseconds: histogram.start(of: next + 1).microseconds - 1)), keeping: nil)
    }

    /// Asks again when the cursor has left what a zoomed histogram shows.
    mutating func keepStripAroundCursor() -> [Effect] {
        guard timeStrip.zoomSeconds != nil, histogramRequest == nil, let histogram = timeStrip.histogram.value,
            let time = list.selected?.issuedAt, histogram.index(of: time) == nil
        else { return [] }
        return askForHistogram()
    }
}

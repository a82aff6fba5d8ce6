/// How many activities there are in each of several spans of time of the same length, one after the other.
///
/// Counts are the distances between activity ids, so gaps in the sequence count too.
public struct Histogram: Equatable, Sendable {
    /// Where the first span begins.
    public var start: Timestamp
    /// Where the last span ends.
    public var end: Timestamp
    /// The activities of each span, the oldest first.
    public var counts: [Int64]
    /// Whether the counts are those that samples let expect.
    public var isEstimate = false

    /// A histogram from its parts.
    public init(start: Timestamp, end: Timestamp, counts: [Int64], isEstimate: Bool = false) {
        self.start = start
        self.end = end
        self.counts = counts
        self.isEstimate = isEstimate
    }

    /// The histogram of what is selected, with how many of each span's sample were.
    ///
    /// A span of whose sample any was selected has one at least.
    public func selecting(_ samples: [(looked: Int64, selected: Int64)]) -> Histogram {
        var result = self
        result.isEstimate = true
        for (index, sample) in zip(counts.indices, samples) where sample.selected < max(1, sample.looked) {
            let share = Double(sample.selected) / Double(sample.looked)
            result.counts[index] = sample.selected > 0 ? max(1, Int64((Double(counts[index]) * share).rounded())) : 0
        }
        return result
    }

    /// The histogram of these transactions, each at its time with the activities that count.
    ///
    /// Where they are not all, those that are there correct the estimate upwards.
    public func counting(_ transactions: [Transaction], areAll: Bool) -> Histogram {
        var found = [Int64](repeating: 0, count: counts.count)
        // By index, since it is done for every frame: to take a transaction out would count all its references.
        for place in transactions.indices {
            guard let time = transactions[place].issuedAt, let span = index(of: time) else { continue }
            found[span] += Int64(transactions[place].counts.total)
        }
        var result = self
        result.isEstimate = !areAll && isEstimate
        result.counts = areAll ? found : zip(counts, found).map { max($0, $1) }
        return result
    }

    /// Where the span of that index begins; that after the last one begins at the end.
    public func start(of index: Int) -> Timestamp {
        guard !counts.isEmpty else { return start }
        let length = Double(end.microseconds - start.microseconds)
        return Timestamp(microseconds: start.microseconds + Int64(length * Double(index) / Double(counts.count)))
    }

    /// The span in which the moment lies; nil outside of all.
    public func index(of moment: Timestamp) -> Int? {
        guard moment >= start, moment < end, !counts.isEmpty else { return nil }
        let share = Double(moment.microseconds - start.microseconds) / Double(end.microseconds - start.microseconds)
        return min(counts.count - 1, Int(share * Double(counts.count)))
    }

    /// The nearest span with activities, before or after one.
    public func nextFilled(from index: Int, older: Bool) -> Int? {
        older
            ? counts.indices.last { $0 < index && counts[$0] > 0 }
            : counts.indices.first { $0 > index && counts[$0] > 0 }
    }

    /// The length of a span in seconds.
    public var secondsPerSpan: Int64 {
        (end.microseconds - start.microseconds) / Int64(max(1, counts.count)) / 1_000_000
    }
}

import JSON

/// What a transaction changed, in a few words: `status pending→paid (2 rows)`, `+1 row · total`, `DELETE 412 rows`.
///
/// A value is named only when all updates are known to have made that same change. Where the columns that a filter names were
/// changed, the text begins with them.
struct ChangeSummary {
    let counts: VerbCounts
    let samples: [UpdateSample]
    private let columns: SummaryColumns

    init(counts: VerbCounts, samples: [UpdateSample], noise: Set<String>, namedPaths: [[String]]) {
        self.counts = counts
        self.samples = samples
        columns = SummaryColumns(of: samples, noise: noise, namedPaths: namedPaths)
    }

    var text: String {
        var parts: [String] = []
        if counts.truncates > 0 { parts.append("TRUNCATE") }
        if counts.inserts > 0 { parts.append("+" + rows(counts.inserts)) }
        if counts.deletes > 0 {
            parts.append((parts.isEmpty && counts.updates == 0 ? "DELETE " : "−") + rows(counts.deletes))
        }
        if counts.updates > 0 { parts.insert(updateSummary, at: columns.beginWithNamed ? 0 : parts.count) }
        return parts.joined(separator: " · ")
    }

    private func rows(_ count: Int) -> String {
        "\(min(count, VerbCounts.limit))\(counts.isCapped ? "+" : "") row\(count == 1 && !counts.isCapped ? "" : "s")"
    }

    /// How many columns are named.
    private static let namedColumns = 3

    private var updateSummary: String {
        var words: [String] = []
        var more = max(0, columns.names.count - Self.namedColumns)
        for column in columns.names.prefix(Self.namedColumns) {
            let places = commonTransition(of: column)
            words.append(places?.first ?? column)
            more += max(0, (places?.count ?? 0) - 1)
        }
        let names = words.joined(separator: ", ") + (more > 0 ? " …+\(more)" : "")
        if counts.updates == 1 && !counts.isCapped { return names }
        return names.isEmpty ? rows(counts.updates) : "\(names) (\(rows(counts.updates)))"
    }

    /// What all updates are known to have done to the column; nil where they are not.
    private func commonTransition(of column: String) -> [String]? {
        guard counts.updates == samples.count, columns.areValuesTelling(of: column),
            let first = samples.first?.transition(of: column, columns)
        else { return nil }
        return samples.dropFirst().allSatisfy { $0.transition(of: column, columns) == first } ? first : nil
    }
}

extension UpdateSample {
    /// What the update did to the column, one text for each place in it; nil when that is not known or too long.
    fileprivate func transition(of column: String, _ columns: SummaryColumns) -> [String]? {
        guard let new = new?[column] else { return nil }
        let places = columns.ordered(changes(from: old?[column], to: new, at: [.member(column)]))
        let texts = places.compactMap { place -> String? in
            guard !place.isMove, let old = shortText(place.old), let new = shortText(place.new) else { return nil }
            return "\(pathText(place.path)) \(old)→\(new)"
        }
        return texts.count == places.count && !texts.isEmpty ? texts : nil
    }
}

/// A plain value as a word; nil for what takes more room.
private func shortText(_ value: JSON?) -> String? {
    let text: String
    switch value {
    case nil: text = "∅"
    case .string(let string)?: text = string.isEmpty ? "\"\"" : string
    case .object?, .array?: return nil
    case let value?: text = value.description
    }
    return text.utf8.count <= 24 || text.count <= 24 ? text : nil
}

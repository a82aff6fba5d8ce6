/// Up to three of the names that differ from the given one by few letters, or look alike, nearest first.
public func nearest(to name: String, among names: [String]) -> [String] {
    let wanted = Array(name.lowercased())
    let limit = max(1, min(3, wanted.count / 3))
    var seen: Set<String> = []
    return
        names
        .filter { seen.insert($0).inserted && abs($0.count - wanted.count) <= limit }
        .map { (distance: looksAlike(name, $0) ? 0 : editDistance(wanted, Array($0.lowercased())), name: $0) }
        .filter { $0.distance <= limit }
        .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        .prefix(3)
        .map(\.name)
}

/// Up to three labels of people that a name may stand for: those that hold it as a part, then those of which a word is near.
///
/// Whoever has a label of more than a hundred bytes is not suggested.
public func nearest(to name: String, amongLabels labels: [String]) -> [String] {
    let wanted = name.lowercased()
    let labels = labels.filter { $0.utf8.count <= 100 }
    let holders = wanted.isEmpty ? [] : labels.filter { $0.lowercased().contains(wanted) }.sorted()
    let byWord = labels.filter { label in
        let words = label.split { $0 == " " || $0 == "." || $0 == "@" }.map(String.init)
        return !nearest(to: name, among: words).isEmpty
            || words.contains { $0.count >= 3 && wanted.hasPrefix($0.lowercased()) }
    }.sorted()
    var seen: Set<String> = []
    return Array((holders + nearest(to: name, among: labels) + byWord).filter { seen.insert($0).inserted }.prefix(3))
}

/// How many letters must be added, dropped, replaced or swapped with the next to get from one word to the other.
///
/// The "optimal string alignment" of the Damerau-Levenshtein distance.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            let replaced = previous[column] + (letter == other ? 0 : 1)
            var least = min(replaced, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                least = min(least, beforePrevious[column - 1] + 1)
            }
            current.append(least)
        }
        (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
}

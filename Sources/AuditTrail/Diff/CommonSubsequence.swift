/// What two sequences have in common, in order: pairs of places that hold the same.
///
/// The longest such sequence by the greedy algorithm of E. W. Myers ("An O(ND) Difference Algorithm and Its Variations",
/// 1986). Where more than `limit` steps would be needed, which takes their square in time, a long one that is found in
/// n log n: the n-th occurrence of a value is paired with its n-th occurrence, and the longest run that rises on both
/// sides is taken. Of values that are not repeated that is the longest too.
struct CommonSubsequence {
    /// How many insertions and deletions are searched for at most.
    static let limit = 256

    /// The places on the left and on the right, both rising.
    private(set) var pairs: [(left: Int, right: Int)] = []

    /// What two sequences of numbers have in common; the numbers are 0 and more, and not much more than there are.
    init(_ left: [Int], _ right: [Int]) {
        let shorter = min(left.count, right.count)
        var start = 0
        while start < shorter, left[start] == right[start] { start += 1 }
        var tail = 0
        while tail < shorter - start, left[left.count - 1 - tail] == right[right.count - 1 - tail] { tail += 1 }

        pairs.reserveCapacity(start + tail)
        for index in 0..<start { pairs.append((index, index)) }
        appendMiddle(left, start..<left.count - tail, right, start..<right.count - tail)
        for index in (0..<tail).reversed() { pairs.append((left.count - 1 - index, right.count - 1 - index)) }
    }

    /// Whatever one side lacks is in no pair: without it the search is short even where nearly everything changed.
    private mutating func appendMiddle(_ left: [Int], _ leftRange: Range<Int>, _ right: [Int], _ rightRange: Range<Int>)
    {
        guard !leftRange.isEmpty, !rightRange.isEmpty else { return }
        let count = max(left[leftRange].max() ?? 0, right[rightRange].max() ?? 0) + 1
        let leftPlaces = leftRange.filter(isAmong(right[rightRange], count, left))
        let rightPlaces = rightRange.filter(isAmong(left[leftRange], count, right))
        let leftValues = leftPlaces.map { left[$0] }
        let rightValues = rightPlaces.map { right[$0] }
        let found =
            shortestEdit(leftValues, rightValues, limit: CommonSubsequence.limit)
            ?? risingOccurrences(leftValues, rightValues, count)
        for pair in found { pairs.append((leftPlaces[pair.left], rightPlaces[pair.right])) }
    }
}

/// A test for places of a sequence whose value is among some others; all values are less than `count`.
private func isAmong(_ others: ArraySlice<Int>, _ count: Int, _ sequence: [Int]) -> (Int) -> Bool {
    var isThere = Array(repeating: false, count: count)
    for value in others { isThere[value] = true }
    return { isThere[sequence[$0]] }
}

/// The pairs of the longest common subsequence, or nil where it leaves out more than `limit` values.
private func shortestEdit(_ left: [Int], _ right: [Int], limit: Int) -> [(left: Int, right: Int)]? {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    let limit = min(limit, left.count + right.count)
    let middle = limit + 1
    // How far each diagonal has been followed on the left, and for each number of steps what that was before it.
    var reached = Array(repeating: 0, count: 2 * limit + 3)
    var history: [[Int]] = []
    for steps in 0...limit {
        history.append(Array(reached[middle - steps - 1...middle + steps + 1]))
        for diagonal in stride(from: -steps, through: steps, by: 2) {
            let below = reached[middle + diagonal + 1]
            let above = reached[middle + diagonal - 1]
            var x = diagonal == -steps || (diagonal != steps && above < below) ? below : above + 1
            while x < left.count, x - diagonal < right.count, left[x] == right[x - diagonal] { x += 1 }
            reached[middle + diagonal] = x
            if x >= left.count, x - diagonal >= right.count { return pairs(of: history, left.count, right.count) }
        }
    }
    return nil
}

/// The way back from the end of both sequences along the diagonals that led there.
private func pairs(of history: [[Int]], _ leftCount: Int, _ rightCount: Int) -> [(left: Int, right: Int)] {
    var (x, y) = (leftCount, rightCount)
    var pairs: [(left: Int, right: Int)] = []
    for steps in history.indices.reversed() {
        let diagonal = x - y
        let reached = history[steps]
        let middle = steps + 1
        let below = reached[middle + diagonal + 1]
        let above = reached[middle + diagonal - 1]
        let isBelow = diagonal == -steps || (diagonal != steps && above < below)
        let previousX = steps == 0 ? 0 : (isBelow ? below : above)
        let previousY = steps == 0 ? 0 : previousX - (isBelow ? diagonal + 1 : diagonal - 1)
        while x > previousX, y > previousY {
            (x, y) = (x - 1, y - 1)
            pairs.append((x, y))
        }
        (x, y) = (previousX, previousY)
    }
    return pairs.reversed()
}

private func risingOccurrences(_ left: [Int], _ right: [Int], _ count: Int) -> [(left: Int, right: Int)] {
    var places: [[Int]] = Array(repeating: [], count: count)
    for (index, value) in right.enumerated() { places[value].append(index) }
    var used = Array(repeating: 0, count: count)
    var candidates: [(left: Int, right: Int)] = []
    for (index, value) in left.enumerated() where used[value] < places[value].count {
        candidates.append((index, places[value][used[value]]))
        used[value] += 1
    }
    return longestRise(candidates.map(\.right)).map { candidates[$0] }
}

/// The indices of a longest subsequence that rises, by patience sorting; the numbers differ from each other.
func longestRise(_ numbers: [Int]) -> [Int] {
    // For each length, where the run of that length ends that has the smallest last number.
    var ends: [Int] = []
    var previous = Array(repeating: -1, count: numbers.count)
    for (index, number) in numbers.enumerated() {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
        }
        if low > 0 { previous[index] = ends[low - 1] }
        if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [Int] = []
    var index = ends.last ?? -1
    while index >= 0 {
        run.append(index)
        index = previous[index]
    }
    return run.reversed()
}

/// Steps in an order in which each comes behind those that it waits for; those that wait for each other are together.
///
/// The strongly connected components of a graph (Tarjan, "Depth-first search and linear graph algorithms", 1972), without
/// recursion: a chain may be as long as the revert.
struct StepComponents {
    /// The numbers of the steps, component by component, each in rising order.
    private(set) var components: [[Int]] = []

    private let waits: [[Int]]
    private var numbers: [Int?]
    private var lowest: [Int]
    private var isPending: [Bool]
    private var pending: [Int] = []
    private var count = 0

    /// The order of steps that wait for others, by their numbers.
    init(_ waits: [[Int]]) {
        self.waits = waits
        numbers = Array(repeating: nil, count: waits.count)
        lowest = Array(repeating: 0, count: waits.count)
        isPending = Array(repeating: false, count: waits.count)
        for start in waits.indices where numbers[start] == nil { visit(start) }
    }

    private mutating func visit(_ start: Int) {
        var path = [(step: start, next: 0)]
        enter(start)
        while let (step, next) = path.last {
            guard next < waits[step].count else {
                path.removeLast()
                leave(step)
                if let parent = path.last?.step { lowest[parent] = min(lowest[parent], lowest[step]) }
                continue
            }
            path[path.count - 1].next += 1
            let needed = waits[step][next]
            if let number = numbers[needed] {
                if isPending[needed] { lowest[step] = min(lowest[step], number) }
            } else {
                path.append((needed, 0))
                enter(needed)
            }
        }
    }

    private mutating func enter(_ step: Int) {
        numbers[step] = count
        lowest[step] = count
        count += 1
        pending.append(step)
        isPending[step] = true
    }

    private mutating func leave(_ step: Int) {
        guard lowest[step] == numbers[step], let start = pending.lastIndex(of: step) else { return }
        let component = pending[start...].sorted()
        for member in component { isPending[member] = false }
        pending.removeSubrange(start...)
        components.append(component)
    }
}

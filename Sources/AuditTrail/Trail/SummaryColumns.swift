import JSON

/// The columns that a summary names, in its order: those that a filter names, the others, and those that always change.
struct SummaryColumns {
    /// The columns in their order.
    let names: [String]
    private let noise: Set<String>
    private let namedPaths: [[String]]

    /// The columns that updates changed.
    init(of samples: [UpdateSample], noise: Set<String>, namedPaths: [[String]]) {
        self.noise = noise
        self.namedPaths = namedPaths
        var columns = samples.first?.columns ?? []
        // As a rule all updates change the same.
        if samples.contains(where: { $0.columns != columns }) {
            var seen: Set<String> = []
            columns = samples.flatMap(\.columns).filter { seen.insert($0).inserted }
        }
        var named: [String] = []
        for path in namedPaths { named += columns.filter { isColumn($0, of: path) && !named.contains($0) } }
        let others = named.isEmpty ? columns : columns.filter { !named.contains($0) }
        let isQuiet = noise.isDisjoint(with: others)
        names = named + (isQuiet ? others : others.filter { !noise.contains($0) } + others.filter(noise.contains))
    }

    /// Whether the first is one that the filter names.
    var beginWithNamed: Bool { names.first.map(isNamed) ?? false }

    /// Whether the values of a column say something: those that always change do where they were asked for.
    func areValuesTelling(of column: String) -> Bool { !noise.contains(column) || isNamed(column) }

    private func isNamed(_ column: String) -> Bool { namedPaths.contains { isColumn(column, of: $0) } }

    /// The changes in a column, those at the paths that the filter names first.
    func ordered(_ changes: [JSONChange]) -> [JSONChange] {
        guard changes.count > 1 else { return changes }
        let paths = namedPaths.filter { $0.count > 1 }
        guard !paths.isEmpty else { return changes }
        let isNamed = changes.map { change in paths.contains { leads($0, to: change.path) } }
        let places = changes.indices
        return places.filter { isNamed[$0] }.map { changes[$0] } + places.filter { !isNamed[$0] }.map { changes[$0] }
    }
}

private func isColumn(_ column: String, of path: [String]) -> Bool {
    guard let name = path.first else { return false }
    return path.count == 1 && holdsWildcard(name) ? matchesGlob(column, name) : column == name
}

/// Whether the place of a change is at the path or inside it, or around it.
private func leads(_ path: [String], to place: JSONPath) -> Bool {
    zip(path, place).allSatisfy { name, step in
        switch step {
        case .member(let member): member == name
        case .element(let index): String(index) == name
        }
    }
}

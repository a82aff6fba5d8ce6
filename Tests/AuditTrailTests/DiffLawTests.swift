import JSON
import Testing

@testable import AuditTrail

/// What holds for any two documents.
@Suite struct DiffLawTests {
    private static let seeds = Array(0..<10)

    private func isSame(_ left: JSON?, _ right: JSON?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return Fingerprint(left).isSame(as: Fingerprint(right))
    }

    @Test(arguments: seeds) func theChangesAppliedToTheOldDocumentGiveTheNewOne(_ seed: Int) {
        var generator = DocumentGenerator(random: .init(state: UInt64(seed)))
        for _ in 0..<100 {
            let old = generator.document()
            let new = generator.below(4) == 0 ? generator.document() : generator.version(of: old)
            let changes = changes(from: old, to: new)
            let result = applying(changes, to: old)
            #expect(isSame(result, new), "\(old) to \(new) by \(changes)")
            #expect(changes.isEmpty == isSame(old, new), "\(old) to \(new)")
            #expect(JSONComparison(from: old, to: new).changeCount == changes.count)
        }
    }

    @Test(arguments: seeds) func equalDocumentsDifferNowhereWhateverTheOrderOfTheirMembers(_ seed: Int) {
        var generator = DocumentGenerator(random: .init(state: UInt64(seed)))
        for _ in 0..<60 {
            let old = generator.document()
            #expect(changes(from: old, to: generator.reordered(old)).isEmpty, "\(old)")
        }
    }

    @Test(arguments: seeds) func theLinesOfADifferenceAreItsChanges(_ seed: Int) {
        var generator = DocumentGenerator(random: .init(state: UInt64(seed)))
        for _ in 0..<60 {
            let old = generator.row()
            let new = generator.version(of: old)
            guard let before = old.members, let after = new.members, !before.isEmpty, !after.isEmpty else { continue }
            let changes = changes(from: old, to: new)
            for context in [0, 1, 100] {
                let diff = Diff(from: old, to: new, keyColumns: ["id"], options: DiffOptions(context: context))
                let added = diff.lines.filter { $0.kind == .added }
                let removed = diff.lines.filter { $0.kind == .removed }
                #expect(Set(added.map(\.location)) == Set(changes.filter { !$0.isMove && $0.new != nil }.map(\.path)))
                #expect(removed.count == changes.count { !$0.isMove && $0.old != nil })
                #expect(diff.lines.count { $0.kind == .moved } == changes.count(where: \.isMove))
            }
        }
    }

    @Test(arguments: seeds) func theCommonSubsequenceIsTheLongestWhereTheSearchIsShort(_ seed: Int) {
        var generator = DocumentGenerator(random: .init(state: UInt64(seed)))
        for _ in 0..<100 {
            let values = generator.below(6) + 1
            let left = (0..<generator.below(30)).map { _ in generator.below(values) }
            let right = (0..<generator.below(30)).map { _ in generator.below(values) }
            let pairs = CommonSubsequence(left, right).pairs
            expectValid(pairs, left, right)
            #expect(pairs.count == longestLength(left, right))
        }
    }

    @Test func aHopelessSearchStillFindsSomethingInCommonInOrder() {
        var generator = DocumentGenerator(random: .init(state: 1))
        for values in [2, 50, 5000] {
            let left = (0..<5000).map { _ in generator.below(values) }
            let right = (0..<5000).map { _ in generator.below(values) }
            let pairs = CommonSubsequence(left, right).pairs
            expectValid(pairs, left, right)
            #expect(!pairs.isEmpty)
        }
    }

    private func expectValid(_ pairs: [(left: Int, right: Int)], _ left: [Int], _ right: [Int]) {
        #expect(pairs.allSatisfy { left[$0.left] == right[$0.right] })
        #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.left < $1.left && $0.right < $1.right })
    }

    /// By the table of all beginnings.
    private func longestLength(_ left: [Int], _ right: [Int]) -> Int {
        var row = Array(repeating: 0, count: right.count + 1)
        for value in left {
            var next = row
            for (index, other) in right.enumerated() {
                next[index + 1] = value == other ? row[index] + 1 : max(next[index], row[index + 1])
            }
            row = next
        }
        return row[right.count]
    }
}

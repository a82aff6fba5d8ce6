/// A string that equals another only when their bytes do.
///
/// Swift compares strings by canonical equivalence, which takes two spellings of `é` for one; the server and the trail
/// keep them apart, and so must a comparison.
struct Spelling: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: Spelling, right: Spelling) -> Bool {
        let isSame = left.text.utf8.withContiguousStorageIfAvailable { left in
            right.text.utf8.withContiguousStorageIfAvailable { right in
                left.count == right.count && left.elementsEqual(right)
            }
        }
        return (isSame ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

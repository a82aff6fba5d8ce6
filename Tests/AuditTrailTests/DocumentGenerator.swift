import JSON

/// Random documents and versions of them, the same for the same seed.
struct DocumentGenerator {
    var random: FilterGenerator.Random

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

    mutating func document(depth: Int = 0) -> JSON {
        switch below(depth > 3 ? 5 : 9) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .number(pick(["0", "-0", "1", "1.0", "1.00", "1e400", "12345678901234567890", "7", "8"]))
        case 3, 4: return .string(pick(["", "a", "b c", "a b c", "é", "e\u{301}", "\u{202E}", "2026-10-09", "a.b"]))
        case 5, 6: return .object(members(depth: depth))
        case 7: return .array((0..<below(7)).map { _ in document(depth: depth + 1) })
        default: return .array(rows(depth: depth))
        }
    }

    /// A row: an object of a few columns, never empty.
    mutating func row() -> JSON { .object([JSON.Member("id", .number("1"))] + members(depth: 0)) }

    private mutating func members(depth: Int) -> [JSON.Member] {
        let names = ["a", "b", "é", "e\u{301}", "a.b", "[0]", "", "updated_at", "key"].shuffled(using: &random)
        return names.prefix(below(6)).map { JSON.Member($0, document(depth: depth + 1)) }
    }

    /// Objects that are told by their id.
    private mutating func rows(depth: Int) -> [JSON] {
        let name = pick(["id", "key"])
        return (0..<9).shuffled(using: &random).prefix(below(7)).map { number in
            .object([JSON.Member(name, .integer(number)), JSON.Member("v", document(depth: depth + 2))])
        }
    }

    /// The document after a few changes in it.
    mutating func version(of document: JSON) -> JSON {
        var result = document
        for _ in 0..<below(5) { result = changed(result) }
        return result
    }

    private mutating func changed(_ document: JSON) -> JSON {
        switch document {
        case .object(var members) where !members.isEmpty && below(8) > 0:
            let index = below(members.count)
            switch below(5) {
            case 0: members.remove(at: index)
            case 1: members.shuffle(using: &random)
            case 2 where !members.contains { $0.name == "new" }: members.append(JSON.Member("new", self.document()))
            default: members[index].value = changed(members[index].value)
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && below(8) > 0:
            let index = below(elements.count)
            switch below(7) {
            case 0: elements.remove(at: index)
            case 1: elements.insert(elements[index], at: below(elements.count + 1))
            case 2: elements.insert(self.document(depth: 3), at: index)
            case 3:
                let element = elements.remove(at: index)
                elements.insert(element, at: below(elements.count + 1))
            case 4: elements.shuffle(using: &random)
            default: elements[index] = changed(elements[index])
            }
            return .array(elements)
        default: return self.document(depth: 3)
        }
    }

    /// The document with the members of its objects in another order.
    mutating func reordered(_ document: JSON) -> JSON {
        switch document {
        case .object(let members):
            .object(members.map { JSON.Member($0.name, reordered($0.value)) }.shuffled(using: &random))
        case .array(let elements): .array(elements.map { reordered($0) })
        default: document
        }
    }
}

import AuditTrail

private let now = Timestamp(microseconds: 1_791_567_062_114_331)

/// Tries a text as a filter and as everything else that a person types.
func check(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    checkFilter(text)
    for field in ["table", "actor", "verb", "since", "until", "row"] { _ = try? FilterTerm(field, text, now: now) }
    if let name = try? QualifiedName(parsing: text) {
        let printed = name.parts.map(sqlIdentifier).joined(separator: ".")
        precondition((try? QualifiedName(parsing: printed)) == name, "a name is printed as another")
    }
    if let moment = try? Timestamp(parsing: text, now: now) {
        precondition((try? Timestamp(parsing: moment.iso8601, now: now)) == moment, "a time is printed as another")
    }
    _ = try? Destination(parsing: text, now: now)
    _ = try? Masks(parsing: text.split(separator: ",").map(String.init))
}

/// A filter is printed as one that means the same; an error is of some of the text.
private func checkFilter(_ text: String) {
    let filter: Filter
    do throws(FilterError) {
        filter = try Filter(parsing: text, now: now)
    } catch {
        let count = text.unicodeScalars.count
        precondition(error.range.lowerBound >= 0 && error.range.upperBound <= count, "the error is outside of the text")
        precondition(!error.description.isEmpty, "the error says nothing")
        return
    }
    let printed = filter.description
    guard let again = try? Filter(parsing: printed, now: now) else {
        preconditionFailure("what is printed cannot be read: \(printed)")
    }
    precondition(again == filter, "what is printed is another filter: \(printed)")
    precondition(again.description == printed, "it is printed in two ways: \(printed)")
}

/// Whether a name that nothing is called was most likely meant to be `masks`, so that what it says to hide would be shown.
///
/// Anything with `mask` in it is, whatever its case, and what is a slip away: a letter left out, added, changed or swapped
/// with the next. `mark` is none, which is the name of an action.
func mayMeanMasks(_ name: String) -> Bool {
    let letters = Array(name.lowercased().unicodeScalars)
    return name.lowercased().contains("mask") || isOneSlip(letters, from: Array("masks".unicodeScalars))
        || isOneSlip(letters, from: Array("mask".unicodeScalars)) && name != "mark"
}

/// Whether one letter left out, added, changed or swapped with the next makes one of the other.
private func isOneSlip(_ given: [Unicode.Scalar], from wanted: [Unicode.Scalar]) -> Bool {
    let head = zip(given, wanted).prefix { $0 == $1 }.count
    let (left, right) = (given[head...], wanted[head...])
    if left.dropFirst() == right.dropFirst() || left.dropFirst() == right || left == right.dropFirst() { return true }
    let isSwapped = left.count > 1 && left.prefix(2).reversed() == Array(right.prefix(2))
    return isSwapped && left.dropFirst(2) == right.dropFirst(2)
}

/// Whether a text matches a glob of `*` and `?`, without regard to case.
public func matchesGlob(_ text: String, _ glob: String) -> Bool {
    let text = Array(text.lowercased().unicodeScalars)
    let glob = Array(glob.lowercased().unicodeScalars)
    // Behind the last star, and where in the text the attempt for it began.
    var retry: (glob: Int, text: Int)?
    var (place, position) = (0, 0)
    while position < text.count {
        if place < glob.count, glob[place] == "*" {
            place += 1
            retry = (place, position)
        } else if place < glob.count, glob[place] == "?" || glob[place] == text[position] {
            place += 1
            position += 1
        } else if let last = retry {
            retry = (last.glob, last.text + 1)
            (place, position) = (last.glob, last.text + 1)
        } else {
            return false
        }
    }
    return glob[place...].allSatisfy { $0 == "*" }
}

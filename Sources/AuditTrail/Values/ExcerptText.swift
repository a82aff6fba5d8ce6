import JSON

extension Excerpt {
    /// How large the whole is and, where it was chosen, which part of it is here: `51 MB`, `bytes 5 to 9 of 51,200,001`.
    public var extent: String {
        guard isWindow else { return byteText(Int64(byteCount)) }
        let end = min(byteCount, offset + text.utf8.count)
        return "bytes \(grouped(offset + 1)) to \(grouped(end)) of \(grouped(byteCount))"
    }
}

extension JSON {
    /// The value in one line that may be cut off: of an excerpt, first how large the whole is.
    public var lineText: String {
        if case .excerpt(let excerpt) = self { "(\(excerpt.extent)) \(excerpt)" } else { description }
    }
}

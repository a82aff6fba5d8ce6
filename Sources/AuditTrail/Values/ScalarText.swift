extension String {
    /// The text with each occurrence of a Unicode scalar replaced.
    ///
    /// The standard library compares characters: a quote and the combining mark behind it are one that is no quote, so
    /// that what looks for quotes to escape would pass it by.
    public func replacing(scalar: Unicode.Scalar, with replacement: String) -> String {
        var result = UnicodeScalarView()
        for other in unicodeScalars {
            if other == scalar {
                result.append(contentsOf: replacement.unicodeScalars)
            } else {
                result.append(other)
            }
        }
        return String(result)
    }

    /// The text with each pair of a Unicode scalar made one.
    public func undoubling(scalar: Unicode.Scalar) -> String {
        var result = UnicodeScalarView()
        var isFirst = false
        for other in unicodeScalars {
            let isSecond = isFirst && other == scalar
            isFirst = other == scalar && !isSecond
            if !isSecond { result.append(other) }
        }
        return String(result)
    }
}

/// A name of the database as a part of a file's name: letters, digits, `-`, `_` and `.`, with `_` for everything else.
///
/// A name with a slash in it would lead to another folder, and one with control characters act on whoever lists this one.
func fileNamePart(_ name: String) -> String {
    String(
        String.UnicodeScalarView(
            name.unicodeScalars.map { scalar in
                let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                return isPlain || "-_.".unicodeScalars.contains(scalar) ? scalar : "_"
            }
        )
    )
}

/// A message without the connection strings in it, which may hold passwords.
///
/// A string that was given in another's place is repeated by whoever gets it: as the name of a database, a host, a service, a
/// table. It is cut out from the quote before it to the last one of its line, since a password may have any character in it.
public func withoutConnectionStrings(_ message: String) -> String { cut(message) { passwordPlace(in: $0) } }

/// The same for messages about connecting, in which `user:password@` without anything in front is one as well.
func withoutCredentials(_ message: String) -> String {
    cut(message) { line in passwordPlace(in: line) ?? credentialsPlace(in: line) }
}

private func cut(_ message: String, _ place: (ArraySlice<UInt8>) -> Int?) -> String {
    let lines = Array(message.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let cut = lines.map { line -> [UInt8] in
        guard let place = place(line) else { return Array(line) }
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        guard let start = line[..<place].lastIndex(where: quotes.contains) else {
            let word = line[..<place].lastIndex(of: UInt8(ascii: " ")).map { $0 + 1 } ?? line.startIndex
            return Array(line[..<word]) + Array("…".utf8)
        }
        let end = line[place...].lastIndex(of: line[start]) ?? line.endIndex
        return Array(line[...start]) + Array("…".utf8) + Array(line[end...])
    }
    return String(decoding: Array(cut.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self)
}

/// Where a URI begins that may hold a password, or a pair whose keyword ends in `password`.
private func passwordPlace(in line: ArraySlice<UInt8>) -> Int? {
    let signs = Array("://".utf8)
    let word = Array("password".utf8)
    return line.indices.first { index in
        let rest = line[index...]
        if rest.starts(with: signs) {
            let isOurs = ["postgres", "postgresql"].contains {
                line[..<index].reversed().starts(with: $0.utf8.reversed())
            }
            return isOurs || rest.contains(UInt8(ascii: "@"))
        }
        guard rest.starts(with: word) else { return false }
        return rest.dropFirst(word.count).first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "=")
    }
}

/// Where the colon stands of `user:password@`.
private func credentialsPlace(in line: ArraySlice<UInt8>) -> Int? {
    line.indices.first { index in
        guard line[index] == UInt8(ascii: ":") else { return false }
        let rest = line[(index + 1)...].drop { ![UInt8(ascii: " "), UInt8(ascii: "@")].contains($0) }
        return rest.first == UInt8(ascii: "@")
    }
}

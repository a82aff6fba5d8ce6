import Glibc

/// Why a file could not be read.
public enum FileError: Error, Equatable, Sendable {
    /// The system refused; the payload is `errno`.
    case unreadable(Int32)
    /// It is larger than settings ever are.
    case tooLarge
    /// It holds bytes that are no UTF-8; the payload is the first line with such.
    case notUTF8(line: Int)
}

extension FileError: CustomStringConvertible {
    /// What is wrong, to be put behind the name of the file.
    public var description: String {
        switch self {
        case .unreadable(let code): String(cString: strerror(code))
        case .tooLarge: "is larger than 1 MB"
        case .notUTF8: "not UTF-8"
        }
    }

    /// The line, 1 where there is none.
    public var line: Int {
        if case .notUTF8(let line) = self { line } else { 1 }
    }
}

/// What a file holds.
///
/// Blocks on the file system. Throws `FileError.unreadable` and `.tooLarge`.
public func bytesOfFile(_ path: String) throws(FileError) -> [UInt8] {
    guard let file = fopen(path, "re") else { throw .unreadable(errno) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
        bytes += buffer[..<count]
        guard bytes.count <= 1 << 20 else { throw .tooLarge }
    }
    // A folder can be opened, but not read.
    guard ferror(file) == 0 else { throw .unreadable(errno) }
    return bytes
}

/// The text of a file.
///
/// Blocks on the file system. Throws `FileError`.
func textOfFile(_ path: String) throws(FileError) -> String {
    let bytes = try bytesOfFile(path)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    throw .notUTF8(line: (bad ?? 0) + 1)
}

/// The names in a folder; empty when it cannot be read.
func namesInFolder(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        names.append(name)
    }
    return names
}

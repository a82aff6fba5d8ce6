import Glibc

/// Why a file could not be read.
public enum FileError: Error, Equatable, Sendable {
    /// The system refused; the payload is `errno`.
    case unreadable(Int32)
    /// It is no file, and nothing is there to be read: a socket, a terminal, or a pipe into which nobody writes.
    case notAFile
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
        case .notAFile: "is no file, and gives nothing to read in time"
        case .tooLarge: "is larger than 1 MB"
        case .notUTF8: "not UTF-8"
        }
    }

    /// The line, 1 where there is none.
    public var line: Int {
        if case .notUTF8(let line) = self { line } else { 1 }
    }
}

/// How long somebody who writes into a pipe that the person named may take until all has come.
let pipePatience = Duration.seconds(3)

/// What a file holds.
///
/// Blocks on the file system, but not on anybody who would have to write: a pipe, as a shell makes it of `<(command)`, is waited
/// for no longer than the patience lasts, a terminal not at all. Throws `FileError.unreadable`, `.notAFile` and `.tooLarge`.
public func bytesOfFile(_ path: String, patience: Duration = .zero) throws(FileError) -> [UInt8] {
    // Without O_NONBLOCK a pipe would be waited for by the opening.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    // A socket in the file system.
    if descriptor < 0, errno == ENXIO { throw .notAFile }
    guard descriptor >= 0 else { throw .unreadable(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno) }
    let end = status.st_mode & S_IFMT == S_IFIFO ? ContinuousClock.now + patience : nil
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
        // A pipe that nobody has opened yet looks empty to read(2), but not to poll(2).
        if let end, !isReadable(descriptor, until: end) { throw .notAFile }
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR || end != nil && errno == EAGAIN { continue }
        if count < 0, errno == EAGAIN { throw .notAFile }
        // A folder can be opened, but not read.
        guard count >= 0 else { throw .unreadable(errno) }
        if count == 0 { return bytes }
        bytes += buffer[..<count]
        guard bytes.count <= 1 << 20 else { throw .tooLarge }
    }
}

/// Whether there is something to read, or the end, by that moment.
private func isReadable(_ descriptor: Int32, until end: ContinuousClock.Instant) -> Bool {
    while case let left = end - .now, left > .zero {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, Int32(left / .milliseconds(1)) + 1) > 0 { return true }
    }
    return false
}

/// The text of a file.
///
/// Blocks on the file system. Throws `FileError`.
func textOfFile(_ path: String, patience: Duration = .zero) throws(FileError) -> String {
    let bytes = try bytesOfFile(path, patience: patience)
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

import AuditTrail
import Browser
import Glibc

/// Writes text to a new file in the current folder and says what became of it.
///
/// An existing file is never overwritten: a number is put before the ending until there is none of the name.
func savedNotice(_ text: String, _ name: String) -> Notice { saved(text, name).notice }

/// The same with the path of the file; nil when there is none.
func saved(_ text: String, _ name: String) -> (path: String?, notice: Notice) {
    do throws(FileFailure) {
        let file = try newFile(name.replacing(scalar: "/", with: "_"))
        defer { close(file.descriptor) }
        guard writeAll(text, to: file.descriptor) else { throw FileFailure(path: file.path) }
        return (file.path, Notice(.info, "written to \(file.path)"))
    } catch {
        return (nil, Notice(.error, error.description))
    }
}

/// Why a file was not written.
struct FileFailure: Error {
    /// The whole, for who does not know what was to be written.
    var description: String
    /// What the system says.
    var reason: String

    /// What the system says of the last call.
    init(path: String) {
        reason = String(cString: strerror(errno))
        description = "cannot write \(path): \(reason)"
    }

    init(_ description: String) { (self.description, reason) = (description, description) }
}

/// Makes a new file, in the current folder unless the name has another in front; whoever calls closes it.
func newFile(_ name: String) throws(FileFailure) -> (descriptor: Int32, path: String) {
    for number in 1...1000 {
        let name = numbered(name, number)
        let path = name.contains("/") ? name : "./\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor < 0, errno == EEXIST { continue }
        guard descriptor >= 0 else { throw FileFailure(path: path) }
        return (descriptor, path)
    }
    throw FileFailure("there are too many files like \(name)")
}

private func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let dot = name.lastIndex(of: ".") else { return "\(name)-\(number)" }
    return "\(name[..<dot])-\(number)\(name[dot...])"
}

/// Writes all of the text, as far as that is possible; false when it is not.
@discardableResult
func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        bytes = bytes.dropFirst(count)
    }
    return true
}

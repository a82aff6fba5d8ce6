import AuditTrail
import Browser
import Glibc
import Report

/// The file that changes are exported to.
struct ExportFile: ~Copyable {
    let path: String
    private let descriptor: Int32
    private var lines: ChangeLines

    /// A new file of about that name.
    static func create(_ format: ExportFormat, name: String) throws(FileFailure) -> ExportFile {
        let file = ExportFile(try newFile(name), ChangeLines(format))
        try file.write(file.lines.heading)
        return file
    }

    private init(_ file: (descriptor: Int32, path: String), _ lines: ChangeLines) {
        (descriptor, path) = file
        self.lines = lines
    }

    deinit { close(descriptor) }

    /// Appends changes.
    mutating func append(_ changes: [AttributedActivity]) throws(FileFailure) {
        var text: [OutputLine] = []
        for change in changes { text += lines.of(change) }
        try write(text)
    }

    private func write(_ lines: [OutputLine]) throws(FileFailure) {
        guard !lines.isEmpty, !writeAll(lines.map(\.string).joined(separator: "\n") + "\n", to: descriptor) else {
            return
        }
        throw FileFailure(path: path)
    }
}

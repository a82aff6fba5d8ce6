import Glibc
import TestDatabase

/// The program that was built together with these tests, or that of `AUDIT_TUI_TEST_PROGRAM`.
public let program: String = {
    if let path = getenv("AUDIT_TUI_TEST_PROGRAM") { return String(cString: path) }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/audit-tui"
}()

/// Runs a command without environment, but for what tells it where its coverage goes and how a sanitizer behaves.
public let emptyEnvironment = "env -i $(env | grep -E '^(LLVM_PROFILE_FILE|ASAN_OPTIONS|TSAN_OPTIONS)=')"

/// What a shell command printed and how it ended.
public struct Outcome: Equatable {
    /// The exit status.
    public var status: Int32
    /// Both streams, unless the command says otherwise; what is no UTF-8 is replaced.
    public var output: String

    /// An outcome to compare with.
    public init(status: Int32, output: String) {
        self.status = status
        self.output = output
    }
}

/// Why something that a test needs could not be done.
public struct TestError: Error, CustomStringConvertible {
    /// A sentence.
    public let description: String

    /// An error from a sentence about it.
    public init(_ description: String) { self.description = description }
}

/// Runs a command of the shell and waits for it; both output streams come back unless the command says otherwise.
public func shell(_ command: String) throws -> Outcome {
    guard let stream = popen("{ \(command)\n} 2>&1", "r") else { throw TestError("cannot run \(command)") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    let status = pclose(stream)
    return Outcome(status: status >> 8, output: String(decoding: bytes, as: UTF8.self))
}

/// The text as one word of the shell.
///
/// Not by characters, which may merge a quote with what stands beside it.
public func quoted(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
}

extension TestDatabase {
    /// The options that lead the program, and psql, to this database, as the superuser unless it is another.
    public func options(as role: String? = nil) throws -> String {
        let settings = try settings(as: role)
        let options = [("-h", settings.host), ("-p", settings.port), ("-U", settings.user), ("-d", settings.database)]
        return options.compactMap { option, value in value.map { "\(option) \(quoted($0))" } }.joined(separator: " ")
    }

    /// Runs the program as the superuser unless it is another, with nothing of a person's own.
    public func run(_ arguments: String, as role: String? = nil) throws -> Outcome {
        try shell("\(program) \(arguments) --config /dev/null \(options(as: role)) </dev/null")
    }
}

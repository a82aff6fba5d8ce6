import Glibc

@testable import PrivateServer

/// The program `private-server-host`, run as a child so that a test can end it.
final class HostProcess {
    let processID: pid_t
    /// The process id and folder of the server that the host runs.
    let server: (processID: pid_t, folder: String)

    struct Failure: Error {
        let message: String
    }

    private let descriptor: Int32

    /// Starts the host and waits until its server answers; it goes on until it is ended or this value is let go of.
    init(_ arguments: [String] = []) throws {
        (processID, descriptor) = try Self.spawn(arguments, environment: [])
        let words = Self.line(from: descriptor).split(separator: " ", maxSplits: 1)
        guard words.count == 2, let serverID = pid_t(words[0]) else { throw Failure(message: "\(words)") }
        server = (serverID, String(words[1]))
    }

    deinit { close(descriptor) }

    /// Sends the signal to the host and waits for its end.
    func end(by signal: Int32) {
        kill(processID, signal)
        waitpid(processID, nil, 0)
    }

    /// Whether the server's process and folder are both gone within a generous limit.
    func leavesNothing() -> Bool {
        Self.holds { kill(server.processID, 0) != 0 && errno == ESRCH && access(server.folder, F_OK) != 0 }
    }

    /// Ends a host while its server is still being made, and says whether its folder goes away.
    static func leavesNothingWhenEndedEarly() throws -> Bool {
        var template = Array("/tmp/audit-tui-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(message: "no folder") }
        let parent = String(cString: made)
        defer { rmdir(parent) }
        chmod(parent, 0o777)
        let (processID, descriptor) = try spawn([], environment: ["TMPDIR=\(parent)"])
        defer { close(descriptor) }
        let hasBegun = holds { isFolderInside(parent) }
        kill(processID, SIGKILL)
        waitpid(processID, nil, 0)
        return hasBegun && holds { !isFolderInside(parent) }
    }

    private static func holds(_ condition: () -> Bool) -> Bool {
        let limit = ContinuousClock.now + .seconds(20)
        while !condition() {
            if ContinuousClock.now > limit { return false }
            usleep(10_000)
        }
        return true
    }

    private static func isFolderInside(_ parent: String) -> Bool {
        guard let folder = opendir(parent) else { return false }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Every folder lists itself and its parent.
        return count > 2
    }

    /// What the host says when it has no more than a limit of the shell, as `-n 4`.
    static func lastWords(under limit: String) throws -> String {
        let (processID, descriptor) = try spawn([], environment: [], limit: limit)
        defer { close(descriptor) }
        defer { waitpid(processID, nil, 0) }
        return line(from: descriptor)
    }

    private static func spawn(
        _ arguments: [String],
        environment: [String],
        limit: String? = nil
    ) throws -> (pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure(message: "no socket") }
        defer { close(ends[1]) }
        // Swift's backtracer takes the first SIGQUIT as a crash to report and sometimes goes on after it.
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
        let coverage = getenv("LLVM_PROFILE_FILE").map { ["LLVM_PROFILE_FILE=\(String(cString: $0))"] } ?? []
        let environment = ["PATH=\(path)", "SWIFT_BACKTRACE=enable=no"] + coverage + environment
        let limit = limit.map { ["/bin/sh", "-c", "ulimit \($0) && exec \"$0\"", program] }
        return (
            try ChildProcess.spawn(
                limit ?? [program] + arguments,
                environment: environment,
                standardStreams: ends[1]
            ), ends[0]
        )
    }

    /// The host stands beside the program that runs the tests.
    private static var program: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/private-server-host"
    }

    private static func line(from descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

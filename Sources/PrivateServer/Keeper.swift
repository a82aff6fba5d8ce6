import Glibc

/// The child process that looks after one server, and our end of the socket pair that ties its life to ours.
///
/// See `KeeperScript`. Letting go of this value makes the keeper stop the server and remove its folder.
struct Keeper: ~Copyable {
    private let process: pid_t
    private let lifeline: Int32
    private var unread: [UInt8] = []

    /// Starts the keeper of a server that gets these arguments, its folder being made in `parentFolder`.
    static func launch(parentFolder: String, arguments: [String]) throws(PrivateServerError) -> Keeper {
        var ends: [Int32] = [-1, -1]
        // Close-on-exec from the start: whoever else inherited our end would keep the server alive after us.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .cannotLaunch(code: errno) }
        defer { close(ends[1]) }
        let command =
            ["/bin/sh", "-c", KeeperScript.launch, "audit-tui-launch"]
            + ["/bin/sh", "-c", KeeperScript.keep, "audit-tui-keeper", parentFolder] + arguments
        do {
            let process = try ChildProcess.spawn(command, environment: environment, standardStreams: ends[1])
            return Keeper(process: process, lifeline: ends[0])
        } catch {
            close(ends[0])
            throw error
        }
    }

    private init(process: pid_t, lifeline: Int32) {
        self.process = process
        self.lifeline = lifeline
    }

    deinit {
        shutdown(lifeline, Int32(SHUT_WR))
        let limit = ContinuousClock.now + .seconds(10)
        while waitForInput(until: limit), !receive().isEmpty {}
        close(lifeline)
        // Blocks no longer than the shell takes to exit once its end is closed; past the limit it goes on without us.
        waitpid(process, nil, ContinuousClock.now < limit ? 0 : WNOHANG)
    }

    /// The next line that the keeper says; nil when it has ended or the limit has passed.
    mutating func line(until limit: ContinuousClock.Instant) -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            guard waitForInput(until: limit) else { return nil }
            let bytes = receive()
            if bytes.isEmpty { return nil }
            unread += bytes
        }
    }

    /// All that the keeper still says, up to its end.
    mutating func remainingText(until limit: ContinuousClock.Instant) -> String {
        while waitForInput(until: limit) {
            let bytes = receive()
            if bytes.isEmpty { break }
            unread += bytes
        }
        defer { unread = [] }
        return String(decoding: unread, as: UTF8.self)
    }

    /// Waits until the keeper says something or ends; false when the limit passed first.
    func waitForInput(until limit: ContinuousClock.Instant) -> Bool {
        var entry = pollfd(fd: lifeline, events: Int16(POLLIN), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: limit) / .milliseconds(1)
            let ready = poll(&entry, 1, Int32(min(max(left.rounded(.up), 0), 60_000)))
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { return true }
            if left <= 0 { return false }
        }
    }

    private func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var count = recv(lifeline, &buffer, buffer.count, 0)
        while count < 0, errno == EINTR { count = recv(lifeline, &buffer, buffer.count, 0) }
        return Array(buffer[..<max(count, 0)])
    }

    /// What the server may see of our environment: `PG*` variables of the person are not meant for it.
    private static var environment: [String] {
        let path = getenv("PATH").map { String(cString: $0) + ":" } ?? ""
        return ["PATH=\(path)/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"]
    }
}

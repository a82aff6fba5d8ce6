import Glibc

/// Starting a program that inherits nothing but its standard streams.
enum ChildProcess {
    /// Starts `command` with one descriptor as its standard input and output; returns its process id.
    ///
    /// Signals get their default action back and none is blocked, whatever this program has set (`posix_spawn`).
    static func spawn(
        _ command: [String],
        environment: [String],
        standardStreams: Int32
    ) throws(PrivateServerError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, standardStreams, 0)
        posix_spawn_file_actions_adddup2(&actions, standardStreams, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        for descriptor in openDescriptors() where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var process: pid_t = 0
        let code = withArgumentVector(command) { arguments in
            withArgumentVector(environment) { environment in
                posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
            }
        }
        // unreached: only a system without memory or processes refuses
        guard code == 0 else { throw .cannotLaunch(code: code) }
        return process
    }

    /// The descriptors that are open now.
    ///
    /// glibc's `posix_spawn_file_actions_addclosefrom_np` cannot be imported into Swift, and not every descriptor here
    /// is close-on-exec: some are inherited. Closing one that has been closed meanwhile is no error to glibc.
    private static func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var descriptors: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let descriptor = Int32(name) { descriptors.append(descriptor) }
        }
        return descriptors
    }

    private static func withArgumentVector<T>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> T
    ) -> T {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies + [nil]).withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("the array holds at least one element") }
            return body(start)
        }
    }
}

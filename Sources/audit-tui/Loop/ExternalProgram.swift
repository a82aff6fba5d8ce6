import Browser
import Glibc
import Terminal

/// A pager or an editor that has the terminal for a while.
enum ExternalProgram {
    /// What is wrong; nil when the program has run.
    ///
    /// The program is found as a shell would find it, but no shell runs: the words of the variable and the file's path are
    /// its arguments. Signals get their default action back; blocks until it has ended.
    static func run(_ variable: String, default name: String, on path: String) -> Notice? {
        let words = (getenv(variable).map { String(cString: $0) } ?? "").split(separator: " ").map(String.init)
        let command = words.isEmpty ? [name] : words
        var process: pid_t = 0
        let code = spawn(command + [path], &process)
        guard code == 0 else {
            return Notice(.error, "cannot run \(command[0]): \(String(cString: strerror(code))); set \(variable)")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let exitCode = status >> 8 & 0xFF
        // A shell says by this that there is no such program.
        return exitCode == 127 ? Notice(.error, "cannot run \(command[0]); set \(variable)") : nil
    }

    private static func spawn(_ command: [String], _ process: inout pid_t) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Standard input and output may be a file or a pipe.
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/tty", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let copies = command.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies + [nil]).withUnsafeBufferPointer { arguments in
            guard let start = arguments.baseAddress else { return EINVAL }
            return posix_spawnp(&process, command[0], &actions, &attributes, start, environ)
        }
    }

    /// Writes text to a temporary file that only this user may read; nil when it cannot be written.
    static func temporaryFile(_ text: String) -> String? {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/audit-tui-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard writeAll(text, to: descriptor) else {
            unlink(path)
            return nil
        }
        return path
    }
}

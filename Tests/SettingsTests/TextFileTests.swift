import Glibc
import Settings
import Testing

/// What is no file is read or refused without waiting for somebody.
@Suite struct TextFileTests {
    /// Gives the path of a new folder, which is gone afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/audit-tui-test-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer {
            for name in ["pipe", "socket", "slow.toml", "light"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        try body(path)
    }

    private func makePipe(_ path: String) { #expect(mkfifo(path, 0o600) == 0) }

    @Test func aPipeIntoWhichNobodyWritesIsRefused() throws {
        try withFolder { folder in
            let path = "\(folder)/pipe"
            makePipe(path)
            #expect(throws: FileError.notAFile) { try Configuration.read(file: path) }
            let start = ContinuousClock.now
            #expect(throws: FileError.notAFile) { try bytesOfFile(path) }
            #expect(.now - start < .seconds(1))
        }
    }

    @Test func whatComesOutOfAPipeIsRead() throws {
        try withFolder { folder in
            let path = "\(folder)/pipe"
            makePipe(path)
            // Both ends of one process: opening it for reading and writing never waits.
            let writer = open(path, O_RDWR | O_CLOEXEC)
            defer { close(writer) }
            let text = "mouse = true\n"
            #expect(write(writer, text, text.utf8.count) == text.utf8.count)
            // The writer is still there, so that there is no end.
            #expect(throws: FileError.notAFile) { try Configuration.read(file: path) }
        }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let text = "mouse = true\n"
        #expect(write(ends[1], text, text.utf8.count) == text.utf8.count)
        close(ends[1])
        #expect(try Configuration.read(file: "/dev/fd/\(ends[0])").configuration.mouse)
    }

    @Test func aSocketIsRefused() throws {
        try withFolder { folder in
            let path = "\(folder)/socket"
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
            }
            #expect(bound == 0)
            #expect(throws: FileError.notAFile) { try bytesOfFile(path) }
        }
    }

    @Test func aTerminalIsRefused() {
        // The side of a new terminal at which nobody sits.
        #expect(throws: FileError.notAFile) { try bytesOfFile("/dev/ptmx") }
    }

    @Test func nothingIsReadOfTheNullDevice() throws {
        #expect(try bytesOfFile("/dev/null").isEmpty)
        #expect("\(FileError.notAFile) \(FileError.notAFile.line)" == "is no file, and gives nothing to read in time 1")
    }

    @Test func aThemeThatIsAPipeIsNone() throws {
        try withFolder { folder in
            makePipe("\(folder)/slow.toml")
            let start = ContinuousClock.now
            var library = ThemeLibrary(folders: [folder])
            #expect(library.theme("slow") == nil)
            #expect(library.rememberedTheme("slow") == nil)
            #expect(.now - start < .seconds(1))
        }
    }
}

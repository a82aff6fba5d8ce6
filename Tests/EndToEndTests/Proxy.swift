import Glibc
import TestProgram
import Testing

/// What the faults are made with.
let faultsFolder = #filePath.dropLast("Proxy.swift".count) + "Faults"

/// A way to a server through the loopback that can be cut.
struct Proxy {
    let port: Int
    private let process: Int32
    /// The file that is there while requests to cancel are to wait.
    private let hold: String

    /// A way to the server's socket, through a port or through any.
    init(to socket: String, port: Int = 0) throws {
        let folder = "/tmp/audit-tui-proxy-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        hold = folder + "-hold"
        let script = "python3 \(faultsFolder)/proxy.py \(quoted(socket)) \(port) \(hold)"
        // The shell ends at once, and the proxy goes on.
        let started = try shell("\(script) >\(folder) 2>&1 </dev/null & echo $!")
        guard let process = Int32(started.output.prefix { $0 != "\n" }) else { throw TestError(started.output) }
        let limit = ContinuousClock.now + .seconds(20)
        var line = ""
        while !line.hasSuffix("\n") {
            guard ContinuousClock.now < limit else { throw TestError("no proxy: \(line)") }
            line = try shell("cat \(folder)").output
            usleep(20_000)
        }
        _ = try shell("rm \(folder)")
        guard let found = Int(line.dropLast()) else { throw TestError("no proxy: \(line)") }
        self.port = found
        self.process = process
    }

    /// Cuts the way: nothing arrives any more, and nobody is told.
    func stop() { kill(process, SIGSTOP) }

    /// Keeps requests to cancel from the server until they may pass.
    func holdCancelRequests() throws { #expect(try shell("touch \(hold)").status == 0) }

    /// Hands on the requests to cancel that were held.
    func passCancelRequests() throws { #expect(try shell("rm \(hold)").status == 0) }

    /// Takes the way away; connections are closed.
    func end() {
        kill(process, SIGKILL)
        unlink(hold)
    }
}

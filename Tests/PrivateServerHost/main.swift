import Glibc
import PrivateServer

// Starts a private server, says where it is and waits, so that a test can end this process in any way it likes.

do {
    let server = try PrivateServer.start()
    print(server.processID, server.folder)
    fflush(nil)
    if CommandLine.arguments.contains("crash") { abort() }
    while getchar() != EOF {}
    server.stop()
} catch {
    print(error)
    exit(1)
}

import Glibc

/// The signals that ask the program to end, kept back while it has something to put in order first.
///
/// Looked for now and then: Glibc's module lacks `signalfd`, and a handler would need a global variable. One thread only.
struct HeldSignals {
    private var held = sigset_t()
    private var previous = sigset_t()

    /// Keeps `SIGINT`, `SIGTERM` and `SIGHUP` back from now on.
    init() {
        sigemptyset(&held)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&held, signal) }
        sigprocmask(SIG_BLOCK, &held, &previous)
    }

    /// Whether one of them has arrived since the last call.
    func take() -> Bool {
        var held = held
        var atOnce = timespec()
        return sigtimedwait(&held, nil, &atOnce) > 0
    }

    /// Lets them act as before; one that nobody has taken ends the program here.
    func release() {
        var previous = previous
        sigprocmask(SIG_SETMASK, &previous, nil)
    }
}

import AuditQuery
import AuditTrail
import Browser
import Glibc
import Postgres
import PrivateServer
import Screen
import Settings
import Terminal

/// The loop that joins keys, server and screen: waits for any of them, lets the model change, draws once.
struct BrowserLoop: ~Copyable {
    var terminal: TerminalSession
    var page: Channel
    var background: Channel
    /// The revert that is run and taken back.
    var dryRun: DryRunSession?
    /// What a dry run connects with.
    let settings: ConnectionSettings
    /// What makes the demonstration live; nil on a database of somebody's own.
    private var writer: SampleWriter?
    var model: Model
    /// What is being exported.
    var export: ExportFile?
    /// How often following looks, in milliseconds.
    private let followInterval: Int
    /// Whether there has been a session.
    private var hasBeenReady = false
    /// When the present attempt to connect began.
    var beganConnecting = ContinuousClock.now
    /// Why there will be no session.
    private var problem: (any Error)?
    var library: ThemeLibrary
    let appearance: BrowserAppearance
    /// What is wrong with the configuration, to be said at the start.
    private let problems: [Problem]
    private var clicks = ClickCounter()
    /// Whether the page has been asked for something since the screen was drawn.
    var hasAskedForPage = false
    var preview = PreviewPace()
    var exitCode: Int32?
    /// What has happened and what is to be done about it.
    private var events = EventQueue()

    init(
        _ terminal: consuming TerminalSession,
        page: consuming Channel,
        background: consuming Channel,
        settings: ConnectionSettings,
        allowsDryRun: Bool,
        filter: Filter,
        personal: PersonalSettings,
        appearance: BrowserAppearance,
        followInterval: Int,
        writer: consuming SampleWriter? = nil
    ) {
        model = Model(
            size: terminal.size(),
            filter: filter,
            indexes: page.trail?.indexedTerms ?? IndexedTerms(),
            now: currentTime(),
            noiseColumns: personal.configuration.noiseColumns
        )
        model.themes = ThemeNames(current: appearance.name, all: personal.library.names)
        model.banner = appearance.banner
        model.keymap = personal.keymap
        model.timeZone = personal.timeZone
        model.list.isOldestFirst = personal.configuration.isOldestFirst
        model.isMouseOn = personal.configuration.mouse
        model.isDryRunAllowed = allowsDryRun
        self.settings = settings
        self.appearance = appearance
        library = personal.library
        problems = personal.problems + appearance.problems
        self.terminal = terminal
        self.page = page
        self.background = background
        self.followInterval = followInterval
        self.writer = writer
    }

    /// Runs until the person leaves or a signal ends it; returns the exit code.
    ///
    /// The terminal is restored by then. Throws what keeps a first session from coming about, unless trying again may help.
    consuming func run() throws -> Int32 {
        if page.trail != nil { becomeReady() }
        if let problem = problems.first {
            let more = problems.count > 1 ? " (and \(problems.count - 1) more: audit-tui --check-config)" : ""
            handle(.told(Notice(.warning, problem.description + more)))
        }
        if model.isMouseOn { terminal.setMouse(true) }
        while exitCode == nil {
            waitForQuickAnswer()
            terminal.present(view(model))
            wait()
        }
        let pageCancellation = page.cancelStatement()
        let backgroundCancellation = background.cancelStatement()
        let dryRunCancellation = cancelDryRun()
        terminal.end()
        // A server that does not answer finds out by itself that nobody is there.
        pageCancellation?.isTaken(withinMilliseconds: 100)
        backgroundCancellation?.isTaken(withinMilliseconds: 100)
        dryRunCancellation?.isTaken(withinMilliseconds: 100)
        if let problem { throw problem }
        return exitCode ?? 0
    }

    /// Gives the server a moment to answer before the screen is drawn: a server nearby does, and the frame that would say no
    /// more than that something is loading need not be sent.
    private mutating func waitForQuickAnswer() {
        guard hasAskedForPage else { return }
        hasAskedForPage = false
        let limit = ContinuousClock.now + .milliseconds(4)
        while page.isBusy, exitCode == nil, case let left = limit - .now, left > .zero {
            var polled = [
                pollfd(fd: page.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = poll(&polled, 2, Int32(left / .milliseconds(1)) + 1)
            guard count > 0, polled[0].revents != 0, polled[1].revents == 0 else { return }
            take(page.proceed(), isPage: true)
        }
    }

    private mutating func wait() {
        let descriptors = [
            terminal.inputDescriptor, terminal.signalDescriptor, page.descriptor, background.descriptor,
            writerDescriptor, dryRunState?.descriptor ?? -1,
        ]
        var polled = descriptors.enumerated().map { index, descriptor in
            let writes =
                switch index {
                case 2: page.wantsToWrite
                case 3: background.wantsToWrite
                case 5: dryRunState?.wantsToWrite ?? false
                default: false
                }
            return pollfd(fd: descriptor, events: Int16(POLLIN) | (writes ? Int16(POLLOUT) : 0), revents: 0)
        }
        _ = poll(&polled, nfds_t(polled.count), timeoutMilliseconds)
        let isReady = polled.map { $0.revents != 0 }
        // Whoever types fast while following asks the server no more often than whoever waits.
        let now = currentTime()
        if isTickDue(at: now) { handle(.tick(now)) }
        if isReady[1] { for signal in terminal.readSignals() { handle(signal) } }
        if isReady[0] { readKeys(hasHungUp: polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0) }
        if isReady[2] { take(page.proceed(), isPage: true) }
        if isReady[3] { take(background.proceed(), isPage: false) }
        if isReady[4] { advanceWriter() }
        advanceDryRun(isReady: isReady[5])
        if preview.isDue(for: model, at: .now) { askForHeldPreview() }
        if preview.isPatienceOver(for: model, at: .now) { handle(.waited) }
    }

    private var writerDescriptor: Int32 {
        switch writer {
        case .some(let writer): writer.descriptor
        case .none: -1
        }
    }

    /// The demonstration goes on without new events when its writer has lost the server.
    private mutating func advanceWriter() {
        do throws(PostgresError) {
            try writer?.advance()
        } catch {
            writer = nil
        }
    }

    private func isTickDue(at now: Timestamp) -> Bool {
        if model.follow != nil { return now.microseconds - model.now.microseconds >= Int64(followInterval) * 1000 }
        return now.microseconds / 1_000_000 != model.now.microseconds / 1_000_000
    }

    /// What is left of the pause between previews, of the patience, of the interval while following, or else until the
    /// clock of the first row changes.
    private var timeoutMilliseconds: Int32 {
        if let end = preview.due(for: model) {
            return Int32(clamping: max(0, Int((end - .now) / .milliseconds(1)) + 1))
        }
        if let next = model.reconnection.next {
            let left = (next.microseconds - currentTime().microseconds) / 1000 % 1000
            return Int32(clamping: left > 0 ? left : 1000)
        }
        if model.follow != nil {
            let passed = (currentTime().microseconds - model.now.microseconds) / 1000
            return Int32(clamping: max(1, Int64(followInterval) - passed))
        }
        let second = model.now.microseconds / 1_000_000 % 60
        return Int32(60 - second) * 1000
    }

    private mutating func readKeys(hasHungUp: Bool) {
        let inputs = terminal.readInput()
        // A terminal that is gone is always readable and never has a key.
        if inputs.isEmpty, hasHungUp { exitCode = 128 + SIGHUP }
        for input in inputs where exitCode == nil {
            switch input {
            case .key(let key): handle(.key(key))
            case .pasted(let text): handle(.pasted(text))
            case .mouse(let mouse): handle(.mouse(clicks.counted(mouse, at: currentTime())))
            }
        }
    }

    private mutating func handle(_ signal: Signal) {
        switch signal {
        case .resized:
            terminal.resize()
            handle(.resized(terminal.size()))
        case .terminate(let number): exitCode = 128 + number
        case .interrupted: exitCode = 130
        case .suspendRequested: run(.suspend)
        case .continued: handle(.resized(terminal.size()))
        }
    }

    /// Lets the model change by what has happened, and does what it asks for once it has changed.
    mutating func handle(_ message: Message) {
        events.add(message)
        guard events.begin() else { return }
        while let next = events.next() {
            switch next {
            case .message(let message): events.add(update(&model, message))
            case .effect(let effect): run(effect)
            }
        }
    }

    mutating func take(_ events: [Channel.Event], isPage: Bool) {
        for event in events {
            switch event {
            case .answered(let id, let answer): handle(.answered(id, answer))
            case .failed(let id, let failure): handle(.failed(id, failure))
            case .woken: if model.follow != nil { handle(.tick(currentTime())) }
            case .ready where isPage: becomeReady()
            case .lost(let reason) where isPage: lose(reason)
            case .ready, .lost: break
            }
        }
    }
}

/// The session with the server, as it comes and goes.
extension BrowserLoop {
    private mutating func becomeReady() {
        let isFirst = !hasBeenReady
        if isFirst, let trail = page.trail {
            hasBeenReady = true
            model.indexes = trail.indexedTerms
            background.keep(to: trail.schema)
        }
        let place = page.place
        handle(.connection(.ready(database: place.database, host: place.host)))
        if isFirst, page.trail?.isOfBytes == true { handle(.told(Notice(.warning, unreadableBytes))) }
        if isFirst, let warning = page.trail?.partWarning { handle(.told(Notice(.warning, warning))) }
    }

    /// Shows why there is no session, or ends where there has been none and trying again would change nothing.
    ///
    /// What has taken its time was a server that does not answer, or a lock.
    private mutating func lose(_ reason: String) {
        guard !hasBeenReady, let loss = page.loss, loss is TrailError || !isPassing(loss) else {
            return handle(.connection(.lost(reason)))
        }
        problem = loss
        exitCode = 1
    }

    private func isPassing(_ loss: any Error) -> Bool {
        switch loss as? PostgresError {
        case .cannotConnect(_, needsPassword: true): false
        case .connectionLost: true
        default: ContinuousClock.now - beganConnecting > .seconds(3)
        }
    }
}

/// The present moment by the system's clock.
func currentTime() -> Timestamp {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Timestamp(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)
}

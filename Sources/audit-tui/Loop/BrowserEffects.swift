import AuditTrail
import Browser
import Glibc
import Postgres
import Settings
import Terminal

/// What the model wants to be done in the world.
extension BrowserLoop {
    mutating func run(_ effect: Effect) {
        switch effect {
        case .ask(let question, let id):
            if !question.isForPage {
                take(background.ask(question, id), isPage: false)
            } else if preview.admits(question, id, of: model, at: .now) {
                askForPage(question, id)
            }
        case .showStatements: handle(.statements(page.statements))
        case .copy(let text): handle(.told(copy(text)))
        case .save(let text, let name): handle(.told(savedNotice(text, name)))
        case .openExport(let format, let name): openExport(format, name)
        case .export(let changes): append(changes)
        case .closeExport: export = nil
        case .page(let text):
            guard let path = ExternalProgram.temporaryFile(text) else {
                return handle(
                    .told(Notice(.error, "cannot write a temporary file: \(String(cString: strerror(errno)))"))
                )
            }
            lend(toPagerOrEditor: "PAGER", default: "less", path)
            unlink(path)
        case .edit(let text, let name):
            let file = saved(text, name)
            handle(.told(file.notice))
            if let path = file.path { lend(toPagerOrEditor: "EDITOR", default: "vi", path) }
        case .cancel:
            askForHeldPreview()
            take(page.cancel(), isPage: true)
            dryRun?.stop()
            advanceDryRun(isReady: true)
        case .dryRun(let script, let id): begin(script, id)
        case .useTheme(let name): use(name)
        case .mouse(let isOn): terminal.setMouse(isOn)
        case .reconnect:
            handle(.connection(.connecting))
            beganConnecting = .now
            take(page.openAnew(), isPage: true)
        case .redraw: terminal.redraw()
        case .suspend:
            terminal.suspend()
            handle(.resized(terminal.size()))
        case .quit: exitCode = 0
        }
    }

    private mutating func askForPage(_ question: Question, _ id: RequestID) {
        hasAskedForPage = true
        preview.ask(at: .now)
        take(page.ask(question, id), isPage: true)
    }

    /// Asks for the changes that have waited, unless nobody waits for them any more.
    mutating func askForHeldPreview() {
        guard let (question, id) = preview.release(at: .now), model.detail.activities == .loading(id) else { return }
        askForPage(question, id)
    }

    /// Runs a script in a session of its own that may write, which this one may not.
    private mutating func begin(_ script: RevertScript, _ id: RequestID) {
        do throws(PostgresError) {
            dryRun = try DryRunSession(script, id, settings)
        } catch {
            // unreached: only a system without threads or pipes refuses
            handle(.dryRun(id, DryRun(failure: DryRun.Failure(message: error.description))))
        }
    }

    /// Asks the server to stop a dry run.
    func cancelDryRun() -> Cancellation? {
        switch dryRun {
        case .some(let session): session.cancelStatement()
        case .none: nil
        }
    }

    /// Goes on with the dry run, and ends one whose outcome nobody waits for any more.
    mutating func advanceDryRun(isReady: Bool) {
        guard let id = dryRunState?.id else { return }
        if isReady, let outcome = dryRun?.proceed() {
            dryRun = nil
            handle(.dryRun(id, outcome))
        } else if model.awaitedDryRun != id {
            dryRun = nil
        }
    }

    /// What the loop polls for the dry run; nil when there is none.
    var dryRunState: (id: RequestID, descriptor: Int32, wantsToWrite: Bool)? {
        switch dryRun {
        case .some(let session): (session.id, session.descriptor, session.wantsToWrite)
        case .none: nil
        }
    }

    private mutating func openExport(_ format: ExportFormat, _ name: String) {
        do throws(FileFailure) {
            let file = try ExportFile.create(format, name: name)
            let path = file.path
            export = consume file
            handle(.exportOpened(path: path))
        } catch {
            handle(.exportFailed(error.description))
        }
    }

    private mutating func append(_ changes: [AttributedActivity]) {
        do throws(FileFailure) {
            try export?.append(changes)
        } catch {
            handle(.exportFailed(error.reason))
        }
    }

    /// Lets another program have the terminal until it ends.
    private mutating func lend(toPagerOrEditor variable: String, default name: String, _ path: String) {
        terminal.release()
        let problem = ExternalProgram.run(variable, default: name, on: path)
        terminal.resume()
        // What it was interrupted by was not meant for us.
        _ = terminal.readSignals()
        handle(.resized(terminal.size()))
        if let problem { handle(.told(problem)) }
    }

    private mutating func use(_ name: String) {
        guard let loaded = library.rememberedTheme(name) else {
            return handle(.told(Notice(.error, "theme \(name) is gone")))
        }
        terminal.theme = loaded.theme.banner(in: appearance.bannerColor)
        let problem = loaded.problems.first.map { Notice(.warning, $0.description) }
        handle(.told(problem ?? Notice(.info, "theme \(name)")))
    }

    private func copy(_ text: String) -> Notice {
        guard terminal.copy(pasteable(text)) else {
            return Notice(.warning, "too long for the clipboard (\(grouped(text.utf8.count)) bytes); w writes a file")
        }
        return Notice(.info, "sent \(grouped(text.utf8.count)) bytes to the clipboard of the terminal")
    }
}

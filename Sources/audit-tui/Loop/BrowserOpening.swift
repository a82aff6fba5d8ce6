import AuditQuery
import Glibc
import Postgres

/// The way from the command line to the browser.
extension BrowseOptions {
    /// For so long the server may take to answer before the screen is drawn: a server nearby does, and what it asks for is
    /// asked for on the terminal as it was.
    private static let quietTime = Duration.milliseconds(300)

    /// Connects and hands the session to the browser, or the attempt where the server takes its time.
    ///
    /// Where the server wants a password, or there are several trails, it asks and begins again. Returns the status to exit
    /// with. Throws `CommandError` and `TrailError`.
    func openingBrowser(
        _ settings: inout ConnectionSettings,
        _ preferences: TrailPreferences,
        _ browse: (consuming Channel, ConnectionSettings) throws -> Int32
    ) throws -> Int32 {
        if connection.password { settings.password = try readPassword() }
        var schema = schema
        while true {
            var page = Channel(settings, schema: schema, preferences: preferences, listens: false)
            do {
                try page.waitForTrail(.now + Self.quietTime)
                if let trail = page.trail { warn(of: trail) }
                return try browse(page, settings)
            } catch TrailError.ambiguous(let schemas) where isInteractive {
                schema = try chosenSchema(of: schemas)
            } catch PostgresError.cannotConnect(_, needsPassword: true)
                where !connection.noPassword && settings.password == nil
            {
                settings.password = try readPassword()
            } catch let error as PostgresError {
                guard case .cannotConnect = error else { throw error }
                throw CommandError.cannotConnect(error)
            }
        }
    }
}

extension Channel {
    /// Connects and finds the trail, waiting until that moment at most.
    ///
    /// Throws `PostgresError` and `TrailError` where there will be none.
    mutating func waitForTrail(_ end: ContinuousClock.Instant) throws {
        var events = open()
        while true {
            for event in events {
                switch event {
                case .ready: return
                case .lost: if let loss { throw loss }
                case .woken, .answered, .failed: break
                }
            }
            let left = end - .now
            guard left > .zero else { return }
            let writes = wantsToWrite ? Int16(POLLOUT) : 0
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN) | writes, revents: 0)
            events = poll(&polled, 1, Int32(left / .milliseconds(1)) + 1) > 0 ? proceed() : []
        }
    }

    /// A channel to the same trail that is told of what is written.
    var sibling: Channel { Channel(settings, schema: schema, preferences: preferences, listens: true) }
}

import AuditTrail

/// When a session that was lost is tried again.
public struct Reconnection: Equatable, Sendable {
    /// How many attempts have failed since the session stood.
    public var failures = 0
    /// When the next one is due; nil while one is on its way.
    public var next: Timestamp?

    /// How long is waited after each failure in seconds, the last one ever after.
    static let delays: [Int64] = [1, 2, 4, 8, 15, 30]

    /// One more failure, at a moment.
    mutating func fail(at now: Timestamp) {
        next = now.adding(seconds: Self.delays[min(failures, Self.delays.count - 1)])
        failures += 1
    }
}

extension Model {
    /// Tries again when it is time for that.
    mutating func reconnectWhenDue() -> [Effect] {
        guard case .lost = connection, let next = reconnection.next, now >= next else { return [] }
        return reconnect()
    }

    /// Tries again now.
    mutating func reconnect() -> [Effect] {
        reconnection.next = nil
        return [.reconnect]
    }

    /// Whether there has been no session yet, and one is on its way.
    var isWaitingForFirstSession: Bool { connection == .connecting && !list.isLoaded && list.pending == nil }

    /// What is said of a session that is lost.
    var reconnectionText: String {
        guard let next = reconnection.next else { return "connecting again" }
        let seconds = max(1, (next.microseconds - now.microseconds + 999_999) / 1_000_000)
        return "connecting again in \(seconds) s, \(key(.refresh)) now"
    }
}

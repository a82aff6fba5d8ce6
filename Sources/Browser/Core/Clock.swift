import AuditTrail

/// What time it is, and how times are shown.
struct Clock: Equatable, Sendable {
    var now: Timestamp
    var zone: TimeZone
}

extension Model {
    var clock: Clock { Clock(now: now, zone: timeZone) }
}

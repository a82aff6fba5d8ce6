import AuditTrail
import Screen

/// Counts clicks that follow each other at one place, since terminals report each for itself.
struct ClickCounter {
    /// Within this time a click belongs to the one before, as desktops have it by default.
    private static let microseconds: Int64 = 400_000

    private var last: (column: Int, row: Int, count: Int, time: Timestamp)?

    /// The act with its number of clicks.
    mutating func counted(_ mouse: Mouse, at time: Timestamp) -> Mouse {
        guard case .click = mouse.act else {
            last = nil
            return mouse
        }
        var count = 1
        if let last, last.column == mouse.column, last.row == mouse.row,
            0...Self.microseconds ~= time.microseconds - last.time.microseconds
        {
            count = last.count + 1
        }
        last = (mouse.column, mouse.row, count, time)
        return Mouse(.click(count: count), column: mouse.column, row: mouse.row)
    }
}

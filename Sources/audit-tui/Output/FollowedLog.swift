import AuditQuery
import AuditTrail
import Glibc
import Report

/// Prints what is committed, oldest first, until so many have been printed.
///
/// Each transaction is flushed as a whole, so that the reader of a pipe need not wait for the next.
func printLog(
    of follower: consuming TrailFollower,
    _ format: LogFormat,
    limit: Int?,
    everyMilliseconds interval: Int,
    isRaw: Bool
) throws {
    guard format == .text else {
        var printer = ChangePrinter(format, limit: limit, isRaw: isRaw)
        while true {
            let found = try follower.nextActivities()
            for change in found where !printer.print(change, follower.shapes) { return }
            flushOutput()
            if found.isEmpty { _ = poll(nil, 0, Int32(clamping: interval)) }
        }
    }
    var left = limit ?? .max
    var growing: GrowingTransaction?
    while left > 0 {
        let found = try follower.nextActivities()
        for activity in found where growing?.add(activity) != true {
            if let transaction = growing { printTransaction(transaction, follower.shapes, &left) }
            growing = left > 0 ? GrowingTransaction(activity) : nil
        }
        if found.isEmpty, let transaction = growing {
            printTransaction(transaction, follower.shapes, &left)
            growing = nil
        }
        flushOutput()
        if found.isEmpty { _ = poll(nil, 0, Int32(clamping: interval)) }
    }
}

private func printTransaction(
    _ transaction: GrowingTransaction,
    _ shapes: [TableName: TableShape],
    _ left: inout Int
) {
    for line in transaction.report(shapes).lines { printLine(line) }
    left -= 1
}

/// A transaction whose activities arrive one by one; keeps no more of them than are printed.
private struct GrowingTransaction {
    private let first: AttributedActivity
    private var activities: [Activity] = []
    private var counts = VerbCounts()

    init(_ first: AttributedActivity) {
        self.first = first
        _ = add(first)
    }

    /// Takes an activity in; false when it belongs to another transaction.
    mutating func add(_ next: AttributedActivity) -> Bool {
        let activity = next.activity
        guard activity.nativeTransactionID == first.activity.nativeTransactionID else { return false }
        if activities.count < TransactionReport.activityLimit { activities.append(activity) }
        switch activity.verb {
        case .insert: counts.inserts += 1
        case .update, .other: counts.updates += 1
        case .delete: counts.deletes += 1
        case .truncate: counts.truncates += 1
        }
        return true
    }

    func report(_ shapes: [TableName: TableShape]) -> TransactionReport {
        let transaction = Transaction(
            nativeID: first.activity.nativeTransactionID,
            id: first.activity.transactionID,
            actor: first.actor,
            origin: first.origin,
            clientAddress: first.clientAddress,
            issuedAt: first.activity.issuedAt,
            counts: counts,
            tables: [],
            samples: [],
            firstActivityID: first.activity.id
        )
        return TransactionReport(transaction, activities, shapes)
    }
}

import Browser
import Postgres

/// The requests to cancel that no statement has ended by yet, oldest first: a late one hits the next question.
struct PendingCancellations {
    private var requests: [(id: RequestID, request: Cancellation)] = []

    /// Adds a request that was sent while a statement of a question ran.
    mutating func add(_ request: Cancellation, of id: RequestID) { requests.append((id, request)) }

    /// Forgets those that the server has taken: they end nothing any more.
    mutating func forgetTaken() { requests.removeAll { $0.request.isTaken() } }

    /// Whether a statement of a question was ended by a request that was sent while an earlier one ran.
    mutating func meansAnother(than id: RequestID) -> Bool {
        guard !requests.isEmpty else { return false }
        let isOwn = requests.contains { $0.id == id }
        // One that is not taken yet may end the next statement, too.
        forgetTaken()
        return !isOwn
    }
}

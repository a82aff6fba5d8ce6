import AuditTrail
import Browser

extension Channel {
    /// What comes out of the channel.
    enum Event {
        /// The session stands and the trail has been found.
        case ready
        /// Something was written to the trail.
        case woken
        /// An answer.
        case answered(RequestID, Answer)
        /// A question that has no answer.
        case failed(RequestID, Failure)
        /// The session is gone; all questions have failed.
        case lost(String)
    }
}

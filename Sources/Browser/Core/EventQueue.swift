/// What has happened and has still to be taken in, and what the model has asked for and has still to be done.
///
/// An effect never runs inside the update that asked for it, nor before those of an earlier one: what running it makes happen
/// waits until all of them have run.
public struct EventQueue: Equatable, Sendable {
    /// What comes next.
    public enum Next: Equatable, Sendable {
        /// The model is to take this in.
        case message(Message)
        /// This is to be done.
        case effect(Effect)
    }

    private var messages: [Message] = []
    private var effects: [Effect] = []
    private var isRunning = false

    /// Nothing has happened.
    public init() {}

    /// Adds what has happened.
    public mutating func add(_ message: Message) { messages.append(message) }

    /// Adds what an update has asked for.
    public mutating func add(_ effects: [Effect]) { self.effects += effects }

    /// Whether the queue is to be worked through: false for who is called by somebody that does so already.
    public mutating func begin() -> Bool {
        defer { isRunning = true }
        return !isRunning
    }

    /// What comes next: effects before messages; nil when all is done.
    public mutating func next() -> Next? {
        if !effects.isEmpty { return .effect(effects.removeFirst()) }
        if !messages.isEmpty { return .message(messages.removeFirst()) }
        isRunning = false
        return nil
    }
}

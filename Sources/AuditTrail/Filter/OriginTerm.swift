/// What is known of the session that wrote a transaction, whoever it claims to be by.
public enum OriginField: String, CaseIterable, Hashable, Sendable {
    /// The role that logged in, or the one that had been set.
    case role
    /// The name of the application.
    case application = "app"
}

/// Which of them are wanted.
public enum OriginTerm: Hashable, Sendable {
    /// Those that match the glob, without regard to case.
    case matching(String)
    /// None is known.
    case none
}

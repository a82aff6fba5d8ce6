import JSON

/// What the server knew of the session that wrote a transaction, beside the actor that it claims; profile `standard` only.
public struct Origin: Hashable, Sendable {
    /// The role that logged in, which nobody can choose.
    public var sessionRole: String
    /// The role that had been set, the same without one.
    public var currentRole: String
    /// The name of the application, which the client chooses; nil for none.
    public var application: String?

    /// An origin from its parts.
    public init(sessionRole: String, currentRole: String? = nil, application: String? = nil) {
        self.sessionRole = sessionRole
        self.currentRole = currentRole ?? sessionRole
        self.application = application.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What the member `db` of a transaction's context says; nil without a role in it.
    public init?(context: JSON?) {
        guard let facts = context?["db"], case .string(let session)? = facts["session_user"] else { return nil }
        func text(_ name: String) -> String? { if case .string(let text)? = facts[name] { text } else { nil } }
        self.init(sessionRole: session, currentRole: text("current_user"), application: text("application_name"))
    }

    /// The role, `app` or `app as owner` where another one had been set.
    public var role: String { currentRole == sessionRole ? sessionRole : "\(sessionRole) as \(currentRole)" }

    /// `role app`, `app psql`: what is said behind the actor.
    public var words: [String] { ["role \(role)"] + (application.map { ["app \($0)"] } ?? []) }
}

extension AttributedActivity {
    /// What the server knew of the session that wrote it; nil where that was not recorded.
    public var origin: Origin? { Origin(context: context) }
}

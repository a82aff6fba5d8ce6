extension TableShape {
    /// How the server makes JSON of a column's values without running code of others than PostgreSQL's and superusers'.
    ///
    /// A type that somebody made may have a cast of his to JSON, which the server's own conversion would run with the rights
    /// of whoever reads. What its output function writes is safe, since only a superuser can make one.
    public indirect enum Form: Equatable, Sendable {
        /// The server's own conversion.
        case plain
        /// A value of `json`, which may hold what `jsonb` cannot.
        case json
        /// An array of these.
        case jsons
        /// What the output function writes, as a string.
        case text
        /// An array of such strings.
        case texts
        /// An object with a member for each field.
        case row([Field])
        /// An array of such objects.
        case rows([Field])
    }

    /// A field of a composite type.
    public struct Field: Equatable, Sendable {
        /// The name, unquoted.
        public var name: String
        /// How its values become JSON.
        public var form: Form

        /// A field from its parts.
        public init(name: String, form: Form) {
            self.name = name
            self.form = form
        }
    }
}

/// Where to connect and as whom, in libpq's own words.
///
/// What is nil is left to libpq: `PG*` variables, service files, `.pgpass`, then its defaults. The password is held
/// here and nowhere else, and has no description.
public struct ConnectionSettings: Sendable {
    /// A string of `keyword=value` pairs or a URI that the others override; with it, `database` must be a name.
    public var profile: String?
    /// A database name, a URI (`postgresql://…`) or a string of `keyword=value` pairs.
    public var database: String?
    /// A host name, an address, or the folder of a Unix socket.
    public var host: String?
    /// The port.
    public var port: String?
    /// The role to log in as.
    public var user: String?
    /// A password that the person typed.
    public var password: String?
    /// What the server shows as `application_name`, unless the person named another.
    public var applicationName = "audit-tui"

    /// Settings that leave everything but the given to libpq.
    public init(database: String? = nil, host: String? = nil, port: String? = nil, user: String? = nil) {
        self.database = database
        self.host = host
        self.port = port
        self.user = user
    }

    /// The keywords and values for `PQconnectStartParams`.
    ///
    /// `dbname` comes first: libpq expands a connection string found in the first of them, and later keywords override it.
    var parameters: [(keyword: String, value: String)] {
        let all: [(String, String?)] = [
            ("dbname", profile), ("dbname", database), ("host", host), ("port", port), ("user", user),
            ("password", password),
            ("client_encoding", "UTF8"), ("fallback_application_name", applicationName),
        ]
        return all.compactMap { keyword, value in value.map { (keyword, $0) } }
    }
}

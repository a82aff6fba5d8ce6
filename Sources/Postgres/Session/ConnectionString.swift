import CLibpq

/// A URI or a string of `keyword=value` pairs, as libpq reads it.
///
/// What libpq says of one that it cannot read repeats it, with the password in it. So it is read before anybody connects, and
/// what is wrong is said in words that repeat nothing.
struct ConnectionString {
    /// Whether libpq may have taken a part of the password for something else, which its messages then name.
    let isDoubtful: Bool

    /// Reads a string (`PQconninfoParse`).
    ///
    /// Throws `PostgresError.cannotConnect` for what cannot be meant.
    init(_ text: String) throws(PostgresError) {
        guard let values = Self.values(of: text) else { throw Self.error(Self.reason(text)) }
        if values["host"]?.utf8.contains(UInt8(ascii: "@")) == true { throw Self.error("a host has no @ in it", text) }
        let digits = "0123456789,".utf8
        if let port = values["port"], !port.utf8.allSatisfy(digits.contains) {
            throw Self.error("the port is no number", text)
        }
        let place = text.utf8.prefix { $0 != UInt8(ascii: "?") }
        let signs = place.count { $0 == UInt8(ascii: "@") }
        isDoubtful = Self.isURI(text) && (signs > 1 || signs == 1 && values["user"] == nil && values["password"] == nil)
    }

    /// Whether libpq takes the name of a database for a connection string.
    static func isOne(_ text: String) -> Bool { isURI(text) || text.utf8.contains(UInt8(ascii: "=")) }

    /// What is said in the place of libpq's words where these may name a part of the password.
    static var doubt: String {
        "no session came about, and the connection string may say other than was meant: \(advice)"
    }

    private static func isURI(_ text: String) -> Bool {
        ["postgresql://", "postgres://"].contains { text.utf8.starts(with: $0.utf8) }
    }

    private static let advice = "in a password %40 stands for @, %2F for /, %25 for %"

    private static func error(_ reason: String) -> PostgresError {
        .cannotConnect(message: "the connection string cannot be read: \(reason)", needsPassword: false)
    }

    private static func error(_ reason: String, _ text: String) -> PostgresError {
        error(isURI(text) ? "\(reason); \(advice)" : reason)
    }

    /// The values by their keywords; nil when the string cannot be read.
    private static func values(of text: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard let options = PQconninfoParse(text, &message) else { return nil }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// Why a string cannot be read, without a word of it.
    private static func reason(_ text: String) -> String {
        guard isURI(text) else {
            return
                "it must be pairs of a keyword of libpq and a value, which stands in single quotes where it has blanks"
        }
        let bytes = Array(text.utf8)
        let isWrong = bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "%") else { return false }
            let digits = bytes[(index + 1)...].prefix(2)
            return digits.count < 2 || !digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
                || digits.allSatisfy { $0 == UInt8(ascii: "0") }
        }
        return isWrong
            ? "a % must have two hexadecimal digits behind it; \(advice)"
            : "its host or its parameters are not as in a URI of libpq; \(advice)"
    }
}

extension ConnectionSettings {
    /// The string that libpq takes the values from; nil when there is none.
    ///
    /// Throws `PostgresError.cannotConnect` when it cannot be what was meant.
    func connectionString() throws(PostgresError) -> ConnectionString? {
        guard let text = profile ?? database, ConnectionString.isOne(text) else { return nil }
        return try ConnectionString(text)
    }
}

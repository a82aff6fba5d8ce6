import AuditTrail
import JSON

/// The version of an installation: that of the program that made it.
public struct InstallationVersion: Hashable, Sendable {
    /// Raised when older programs cannot read what newer ones install.
    public var major: Int
    /// Raised when something is added.
    public var minor: Int
    /// Raised otherwise.
    public var patch: Int

    /// What this program installs.
    public static let current = InstallationVersion(major: 1, minor: 2, patch: 0)

    /// A version from its three numbers.
    public init(major: Int, minor: Int, patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `1.2.3`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 3, let major = numbers[0], let minor = numbers[1], let patch = numbers[2] else {
            return nil
        }
        self.init(major: major, minor: minor, patch: patch)
    }
}

extension InstallationVersion: Comparable, CustomStringConvertible {
    /// Orders by major, minor, patch.
    public static func < (left: InstallationVersion, right: InstallationVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// `1.2.3`.
    public var description: String { "\(major).\(minor).\(patch)" }
}

/// The mark of an installation: a comment on the function `create_activity`, one JSON object.
///
/// It is on the function because Alembic reports comments on the tables as a difference.
struct VersionMark: Equatable, Sendable {
    var version: InstallationVersion
    var profile: Profile
    /// Nothing switches capture off.
    var isAlways: Bool
    /// The tables that are left out on purpose, in the order of their names.
    var left: [TableName]

    init(version: InstallationVersion, profile: Profile, isAlways: Bool = false, left: [TableName] = []) {
        self.version = version
        self.profile = profile
        self.isAlways = isAlways
        self.left = left
    }

    /// Reads a comment; nil when it is not ours.
    ///
    /// Only what `text` writes is recognised, with any members after these.
    init?(_ comment: String) {
        let parts = comment.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 9, parts[0] == "{", parts[1] == "audit-tui", parts[5] == "profile",
            let version = InstallationVersion(parts[3]), let profile = Profile(rawValue: String(parts[7]))
        else { return nil }
        let left = (try? JSON(parsing: comment))?["left"]?.elements ?? []
        self.init(
            version: version,
            profile: profile,
            isAlways: parts.count > 9 && parts[9] == "always",
            left: left.compactMap(Self.table)
        )
    }

    private static func table(_ pair: JSON) -> TableName? {
        guard let parts = pair.elements, parts.count == 2, case .string(let schema) = parts[0],
            case .string(let name) = parts[1]
        else { return nil }
        return TableName(schema: schema, name: name)
    }

    var text: String {
        let always = isAlways ? ", \"always\": true" : ""
        let tables = JSON.array(left.map { .array([.string($0.schema), .string($0.name)]) })
        let left = left.isEmpty ? "" : ", \"left\": \(tables)"
        return "{\"audit-tui\": \"\(version)\", \"profile\": \"\(profile.rawValue)\"\(always)\(left)}"
    }
}

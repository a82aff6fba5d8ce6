import AuditTrail
import Settings

/// The time zones of the machine, as tzset(3) finds them.
extension TimeZone {
    /// The folder of the compiled time zone database.
    static var folder: String { environment("TZDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/share/zoneinfo" }

    /// The zone of a name; nil when there is none.
    static func ofSystem(named name: String) -> TimeZone? {
        switch name {
        case "UTC": .utc
        case "local": local
        default: inFolder(name)
        }
    }

    /// The zone of the variable `TZ`, or else of the machine; UTC where that is none, as the C library has it.
    private static var local: TimeZone {
        guard let value = environment("TZ") else { return ofFile("/etc/localtime", named: "local") ?? .utc }
        let text = String(value.hasPrefix(":") ? value.dropFirst() : value[...])
        if text.hasPrefix("/") { return ofFile(text, named: "local") ?? .utc }
        return inFolder(text) ?? TimeZone(name: "local", rule: text) ?? .utc
    }

    /// The zone of a name like `Europe/Berlin`.
    private static func inFolder(_ name: String) -> TimeZone? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") }) else { return nil }
        return ofFile("\(folder)/\(name)", named: name)
    }

    private static func ofFile(_ path: String, named name: String) -> TimeZone? {
        (try? bytesOfFile(path)).flatMap { TimeZone(name: name, file: $0) }
    }
}

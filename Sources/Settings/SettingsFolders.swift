/// Where settings are looked for, by the XDG Base Directory Specification 0.8.
public struct SettingsFolders: Equatable, Sendable {
    /// The configuration file that is read when none is named; nil without a home.
    public let configuration: String?
    /// The folders of theme files; the first that has a theme wins.
    public let themes: [String]

    /// The folders that an environment names; the closure is given the name of a variable.
    ///
    /// A path that is not absolute is passed over, as the specification asks.
    public init(environment: (String) -> String?) {
        func absolute(_ path: String?) -> String? { path?.hasPrefix("/") == true ? path : nil }
        let home = absolute(environment("HOME")).map { "\($0)/.config" }
        let own = (absolute(environment("XDG_CONFIG_HOME")) ?? home).map { "\($0)/audit-tui" }
        let named = environment("XDG_DATA_DIRS") ?? ""
        let shared = (named.isEmpty ? "/usr/local/share:/usr/share" : named).split(separator: ":").map(String.init)
        configuration = own.map { "\($0)/config.toml" }
        themes = (own.map { ["\($0)/themes"] } ?? []) + shared.compactMap(absolute).map { "\($0)/audit-tui/themes" }
    }
}

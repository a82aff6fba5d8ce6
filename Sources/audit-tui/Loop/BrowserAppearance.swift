import Glibc
import Screen
import Settings
import Terminal

/// How the browser looks at its start.
struct BrowserAppearance {
    /// The theme as it is called.
    var name: String
    var theme: Theme
    /// What the first row says before the database.
    var banner: String?
    var bannerColor: Color?
    /// What is wrong with the files of the theme.
    var problems: [Problem] = []

    /// The appearance of the theme that was named on the command line, else in the configuration, else of the default.
    ///
    /// Asks the terminal for its background where that decides. Throws `CommandError.usage` when there is no theme of the
    /// name on the command line; a wrong name in the configuration is a problem of that.
    static func choose(_ named: String?, _ personal: PersonalSettings) throws(CommandError) -> BrowserAppearance {
        let name = named == "auto" ? nameForBackground(personal) : named ?? nameConfigured(personal)
        if let loaded = personal.library.theme(name) {
            return BrowserAppearance(name: name, theme: loaded.theme, problems: loaded.problems)
        }
        guard named == nil else {
            let known = personal.library.names.joined(separator: ", ")
            throw .usage("there is no theme \(name); there are auto, \(known)")
        }
        return BrowserAppearance(name: "default", theme: ThemeLibrary.standard)
    }

    private static func nameConfigured(_ personal: PersonalSettings) -> String {
        switch personal.configuration.theme?.value {
        case .named(let name)?: name
        case .pair?: nameForBackground(personal)
        case nil: "default"
        }
    }

    private static func nameForBackground(_ personal: PersonalSettings) -> String {
        var (dark, light) = ("modus-vivendi", "modus-operandi")
        if case .pair(let ownDark, let ownLight)? = personal.configuration.theme?.value {
            (dark, light) = (ownDark, ownLight)
        }
        return TerminalBackground.ask(environment: environment).isLight ? light : dark
    }

    /// The same with the banner of a profile.
    func banner(of profile: Profile?, named name: String?) -> BrowserAppearance {
        guard let profile else { return self }
        var appearance = self
        appearance.banner = profile.banner ?? (profile.bannerColor == nil ? nil : name)
        appearance.bannerColor = profile.bannerColor
        appearance.theme = theme.banner(in: profile.bannerColor)
        return appearance
    }
}

/// The value of an environment variable; nil when it is not set.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

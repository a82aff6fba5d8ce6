import Glibc
import Screen
import Settings

/// How the browser looks, and how else it could.
struct BrowserAppearance {
    /// Where themes come from.
    let library: ThemeLibrary
    /// The theme as it is called.
    let name: String
    let theme: Theme

    /// The appearance of a theme that was named on the command line; without one, the default.
    ///
    /// Throws `CommandError.usage` when there is no such theme.
    static func choose(_ name: String?) throws(CommandError) -> BrowserAppearance {
        let library = ThemeLibrary(folders: SettingsFolders(environment: environment).themes)
        let name = name ?? "default"
        guard let loaded = library.theme(name) else {
            throw .usage("there is no theme \(name); there are \(library.names.joined(separator: ", "))")
        }
        for problem in loaded.problems { tell("audit-tui: warning: \(safe(problem.description))") }
        return BrowserAppearance(library: library, name: name, theme: loaded.theme)
    }
}

/// The value of an environment variable; nil when it is not set.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

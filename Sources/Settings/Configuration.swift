import Screen

/// What a person has set: the values of a configuration file, before anything is made of them.
public struct Configuration: Equatable, Sendable {
    /// The theme, or one for each kind of background.
    public enum ThemeChoice: Equatable, Sendable {
        /// This one.
        case named(String)
        /// The one that suits the background of the terminal.
        case pair(dark: String, light: String)
    }

    /// The file as it was named; nil when there is none.
    public var file: String?
    /// The theme; nil when nothing is said.
    public var theme: Located<ThemeChoice>?
    /// The zone in which times are shown, by its name, or `local`; nil when nothing is said, which is UTC.
    public var timeZone: Located<String>?
    /// The columns that change with every write, in the place of those that are known to; nil when nothing is said.
    public var noiseColumns: Set<String>?
    /// The columns whose values are not to be shown, as they are written: `customers.email`, `*.password_hash`.
    public var masks: [Located<String>] = []
    /// The name of the preset that the keys start from; nil when nothing is said.
    public var keymap: Located<String>?
    /// The keys that were bound, in the order of the file.
    public var keyBindings: [KeyBinding] = []
    /// Whether the list shows the oldest transaction at the top.
    public var isOldestFirst = false
    /// Whether the mouse is listened to.
    public var mouse = false
    /// How often following looks, in milliseconds; nil when nothing is said.
    public var followIntervalMilliseconds: Int?
    /// The columns of the actor table that may name an actor, the best first; empty when nothing is said.
    public var actorLabels: [String] = []
    /// The connections by their names.
    public var profiles: [String: Profile] = [:]

    /// Nothing is set.
    public init() {}
}

/// Keys that were bound to an action, by the names in the file.
public struct KeyBinding: Equatable, Sendable {
    /// The part of the browser where they count: the `list` of `[keys.list]`.
    public var context: Located<String>
    /// The action.
    public var action: Located<String>
    /// The keys; none takes the action's keys away.
    public var keys: [Located<String>]
}

/// A connection that was given a name.
public struct Profile: Equatable, Sendable {
    /// The service of libpq's service file; nil when nothing is said.
    public var service: String?
    /// A database name, a URI, or a string of keyword=value pairs; nil when nothing is said.
    ///
    /// It may hold a password.
    public var connection: String?
    /// The filter to start with, as it is typed; nil when nothing is said.
    public var filter: Located<String>?
    /// What the first row of the screen says before the database; nil when nothing is said.
    public var banner: String?
    /// The colour of the first row; nil when nothing is said.
    public var bannerColor: Color?
    /// The line of its heading.
    public var line: Int
}

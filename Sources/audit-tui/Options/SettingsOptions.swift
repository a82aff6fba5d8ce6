import ArgumentParser
import AuditQuery
import AuditTrail
import Browser
import Glibc
import Settings

/// Where the person's configuration is.
struct SettingsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Another configuration than one's own.",
            valueName: "file"
        )
    )
    var config: String?

    /// For the few who read a trail made of views; the error that refuses one names it.
    @Option(help: ArgumentHelp("A role whose code may run with your rights.", valueName: "role", visibility: .hidden))
    var trust: [String] = []

    /// The configuration; what is wrong with it is said nowhere yet.
    ///
    /// Throws `CommandError.usage` when a file that was named cannot be read.
    func read() throws(CommandError) -> PersonalSettings {
        let folders = SettingsFolders(environment: environment)
        let named = config ?? environment("AUDIT_TUI_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
        let library = ThemeLibrary(folders: folders.themes)
        guard let file = named ?? folders.configuration else {
            return PersonalSettings(
                configuration: Configuration(),
                problems: [],
                library: library,
                trustedRoles: trust
            )
        }
        do throws(FileError) {
            let (configuration, problems) = try Configuration.read(file: file)
            return PersonalSettings(
                configuration: configuration,
                problems: (problems + furtherProblems(of: configuration, library)).sorted { $0.line < $1.line },
                library: library,
                trustedRoles: trust
            )
        } catch .unreadable(ENOENT) where named == nil && !isLink(file) {
            return PersonalSettings(configuration: Configuration(), problems: [], library: library, trustedRoles: trust)
        } catch {
            switch error {
            case .unreadable, .notAFile: if named != nil { throw .usage("cannot read \(file): \(error)") }
            case .tooLarge, .notUTF8: break
            }
            let problem = Problem(file: file, line: error.line, "cannot be read: \(error)", subject: .file)
            return PersonalSettings(
                configuration: Configuration(),
                problems: [problem],
                library: library,
                trustedRoles: trust
            )
        }
    }
}

/// Whether there is a link of that name: one that leads nowhere is no missing configuration.
private func isLink(_ path: String) -> Bool {
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK
}

/// What the person's configuration says, and what is wrong with it.
struct PersonalSettings {
    var configuration: Configuration
    var problems: [Problem]
    let library: ThemeLibrary
    /// The roles that are trusted by an explicit word.
    var trustedRoles: [String] = []

    /// How trails are to be read, with what the configuration hides, and what the command line hides.
    ///
    /// Throws `CommandError.usage` when it cannot be known what is to be hidden.
    func preferences(masking masks: Masks = Masks()) throws(CommandError) -> TrailPreferences {
        TrailPreferences(
            actorLabels: configuration.actorLabels,
            noiseColumns: configuration.noiseColumns ?? DiffOptions.standardNoise,
            masks: try knownMasks().and(masks),
            trustedRoles: trustedRoles
        )
    }

    /// What the configuration hides; who shows values asks for it first.
    ///
    /// Throws `CommandError.usage` when it cannot be known.
    func knownMasks() throws(CommandError) -> Masks {
        if let problem = problems.first(where: \.leavesMasksUnknown) {
            let advice = "nothing is shown while it is not known what is masked; --config /dev/null goes without it"
            throw .usage("\(problem); \(advice)")
        }
        do throws(MaskError) {
            return try Masks(parsing: configuration.masks.map(\.value))
        } catch {
            // unreached: a mask that cannot be read is one of the problems
            throw .usage("masks: \(error)")
        }
    }

    /// The zone in which times are shown; UTC where none is named, or none that there is.
    var timeZone: TimeZone { configuration.timeZone.flatMap { TimeZone.ofSystem(named: $0.value) } ?? .utc }

    /// The keys: those of the preset, changed by the person's own.
    var keymap: Keymap { configuration.keys.keymap }

    /// Says what is wrong, a line for each, where there is no screen to say it on.
    func tellProblems() {
        for problem in problems { tell("audit-tui: warning: \(problem)") }
    }
}

/// What is wrong with values that are well-formed: themes that do not exist, filters that cannot be read.
func furtherProblems(of configuration: Configuration, _ library: ThemeLibrary) -> [Problem] {
    guard let file = configuration.file else { return [] }
    var problems: [Problem] = []
    if let theme = configuration.theme {
        let names =
            switch theme.value {
            case .named(let name): [name]
            case .pair(let dark, let light): [dark, light]
            }
        for name in names where library.theme(name) == nil {
            problems.append(Problem(file: file, line: theme.line, "there is no theme \(name)"))
        }
    }
    if let zone = configuration.timeZone, TimeZone.ofSystem(named: zone.value) == nil {
        let words = "there is no time zone \(zone.value) in \(TimeZone.folder); Europe/Berlin, UTC and local are such"
        problems.append(Problem(file: file, line: zone.line, words))
    }
    problems += configuration.keys.problems.map { Problem(file: file, line: $0.line, $0.message) }
    for mask in configuration.masks {
        do throws(MaskError) {
            _ = try Masks(parsing: [mask.value])
        } catch {
            problems.append(Problem(file: file, line: mask.line, "masks: \(error)", subject: .masks))
        }
    }
    for (_, profile) in configuration.profiles {
        guard let filter = profile.filter else { continue }
        do {
            _ = try Filter(parsing: filter.value, now: currentTime())
        } catch {
            problems.append(Problem(file: file, line: filter.line, "filter: \(error)"))
        }
    }
    return problems
}

extension Configuration {
    /// The keymap that is set, and what is wrong with the lines that set it.
    fileprivate var keys: (keymap: Keymap, problems: [KeymapProblem]) {
        let name = keymap?.value ?? "default"
        let settings = keyBindings.map { binding in
            KeySetting(
                place: binding.context.value,
                action: binding.action.value,
                keys: binding.keys.map(\.value),
                line: binding.action.line
            )
        }
        guard let preset = Keymap.preset(named: name) else {
            let known = Keymap.presetNames.joined(separator: ", ")
            let problem = KeymapProblem(
                line: keymap?.line ?? 1,
                message: "there is no keymap \(name); there are \(known)"
            )
            let own = Keymap.standard.applying(settings)
            return (own.keymap, [problem] + own.problems)
        }
        return preset.applying(settings)
    }
}

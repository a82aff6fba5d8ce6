import ArgumentParser
import Browser
import Screen

/// `audit-tui keys`: the keys of the browser, by the names that the configuration takes.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Print the keys of the browser and the names of their actions.",
        discussion: "What each line says: the name of an action, its keys, and what it does."
    )

    @Argument(help: "The view; without one, all.")
    var view: KeyView?

    @Option(help: "The keymap.")
    var preset = KeymapName.default

    func run() throws {
        for line in preset.keymap.lines(for: view?.place) { printLine(SafeText(line)) }
    }
}

/// A view that keys can be bound for.
struct KeyView: ExpressibleByArgument {
    let place: Keymap.Place

    static let allValueStrings = Keymap.Place.allCases.map(\.rawValue)

    init?(argument: String) {
        guard let place = Keymap.Place(rawValue: argument) else { return nil }
        self.place = place
    }
}

/// A keymap that is built in.
struct KeymapName: ExpressibleByArgument {
    let name: String
    let keymap: Keymap

    static let `default` = KeymapName(name: "default", keymap: .standard)
    static let allValueStrings = Keymap.presetNames

    private init(name: String, keymap: Keymap) {
        self.name = name
        self.keymap = keymap
    }

    init?(argument: String) {
        guard let keymap = Keymap.preset(named: argument) else { return nil }
        self.init(name: argument, keymap: keymap)
    }

    var defaultValueDescription: String { name }
}

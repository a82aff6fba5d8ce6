import Browser
import Screen
import Settings

/// Tries a text as a configuration and as a theme; in two parts, one inherits from the other.
func check(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let (configuration, problems) = Configuration.read(text, file: "config.toml")
    checkProblems(problems, of: text)
    let settings = configuration.keyBindings.map { binding in
        KeySetting(
            place: binding.context.value,
            action: binding.action.value,
            keys: binding.keys.map(\.value),
            line: binding.action.line
        )
    }
    let (keymap, complaints) = Keymap.standard.applying(settings)
    precondition(complaints.allSatisfy { !$0.message.isEmpty }, "a complaint says nothing")
    precondition(keymap.action(for: .control("c"), in: .list) == .cancel, "^C does not cancel")
    let halves = parts(bytes, at: 0).map { String(decoding: $0, as: UTF8.self) }
    let theme = LoadedTheme(ThemeText(file: "theme.toml", text: halves[0]), named: "theme") { name in
        ThemeText(file: name, text: halves.count > 1 ? halves[1] : text)
    }
    checkProblems(theme.problems.filter { $0.file == "theme.toml" }, of: halves[0])
    for banner in [nil, configuration.profiles.values.first?.bannerColor] { _ = theme.theme.banner(in: banner) }
}

/// What is wrong is said, and of a line that there is.
private func checkProblems(_ problems: [Problem], of text: String) {
    let lines = text.unicodeScalars.count { $0 == "\n" } + 1
    for problem in problems {
        precondition(!problem.text.isEmpty, "a problem says nothing")
        precondition(problem.line >= 0 && problem.line <= lines, "\(problem) is not in the file")
    }
}

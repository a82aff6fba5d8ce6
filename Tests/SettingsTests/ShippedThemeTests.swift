import Screen
import Testing

@testable import Settings

@Suite struct ShippedThemeTests {
    static let names = ThemeLibrary().names

    private func load(_ name: String) throws -> LoadedTheme { try #require(ThemeLibrary().theme(name)) }

    @Test func twelveAreBuiltIn() {
        #expect(
            Self.names == [
                "default", "catppuccin-mocha", "deuteranopia-dark", "deuteranopia-light", "dracula", "gruvbox-dark",
                "modus-operandi", "modus-vivendi", "mono", "nord", "solarized-dark", "solarized-light",
            ]
        )
    }

    @Test(arguments: names) func itIsUnderstoodAndStylesEveryRole(name: String) throws {
        let loaded = try load(name)
        #expect(loaded.problems == [])
        #expect(loaded.theme.name == name)
        #expect(Set(loaded.theme.styles.keys) == Set(Role.all))
        #expect((loaded.appearance == .any) == ["default", "mono"].contains(name))
    }

    @Test(arguments: names) func withoutColoursItLooksLikeMono(name: String) throws {
        let theme = try load(name).theme
        let mono = try load("mono").theme
        for role in Role.all {
            #expect(
                theme.style(for: role, overlay: nil, in: .never) == mono.style(for: role, overlay: nil, in: .never)
            )
        }
    }

    @Test func theMonoThemeHasNoColoursAndTellsVerbsAndDiffsApart() throws {
        let mono = try load("mono").theme
        for style in mono.styles.values { #expect(style == Style(attributes: style.attributes)) }
        let verbs: [Role] = [.insert, .update, .delete, .truncate]
        #expect(Set(verbs.map { mono.style(for: $0) }).count == 4)
        let changes: [Role] = [.diffAdd, .diffDelete, .diffAddEmphasis, .diffDeleteEmphasis, .diffContext, .diffNoise]
        #expect(Set(changes.map { mono.style(for: $0) }).count == 6)
    }

    @Test(arguments: names) func withSixteenColoursItUsesThePersonsOwn(name: String) throws {
        let theme = try load(name).theme
        #expect(theme.style(for: .text, overlay: nil, in: .ansi16).background ?? .standard == .standard)
        for role in Role.all where role != .selection {
            switch theme.style(for: role, overlay: nil, in: .ansi16).foreground ?? .standard {
            case .standard, .ansi(0...6): break
            case let color: Issue.record("\(role.name) is \(color)")
            }
        }
    }

    /// 4.5 to 1 for text, 3 to 1 for lines and signs (Web Content Accessibility Guidelines 2.2, 1.4.3 and 1.4.11).
    @Test(arguments: names.filter { !["default", "mono"].contains($0) })
    func everythingStandsOutFromItsBackground(name: String) throws {
        let theme = try load(name).theme
        let overlays: [Role] = [.selection, .cursor, .matchHit, .matchCurrent]
        let marks: [Role] = [.border, .scrollbar, .histogramBar, .histogramAxis, .histogramCursor, .mark]
        for role in Role.all {
            let least = marks.contains(role) ? 3 : 4.5
            let style = theme.style(for: role, overlay: nil, in: .truecolor)
            #expect(try contrast(of: style) >= least, "\(role.name) is \(style)")
            guard !marks.contains(role), !overlays.contains(role) else { continue }
            let selected = theme.style(for: role, overlay: .selection, in: .truecolor)
            #expect(try contrast(of: selected) >= 3, "\(role.name) under the selection is \(selected)")
        }
    }

    @Test(arguments: ["deuteranopia-dark", "deuteranopia-light"])
    func withoutRedAndGreenAdditionsAndDeletionsStayApart(name: String) throws {
        let theme = try load(name).theme
        for (one, other) in [(Role.diffAdd, Role.diffDelete), (.insert, .delete), (.info, .error)] {
            let colors = try [one, other].map { try #require(theme.style(for: $0).foreground?.components) }
            #expect(distance(seen(colors[0]), seen(colors[1])) > 0.3)
        }
    }
}

private typealias Light = (red: Double, green: Double, blue: Double)

/// sRGB made linear, 0 to 1 (IEC 61966-2-1).
private func light(_ color: (red: UInt8, green: UInt8, blue: UInt8)) -> Light {
    func linear(_ part: UInt8) -> Double {
        let value = Double(part) / 255
        if value <= 0.04045 { return value / 12.92 }
        return power((value + 0.055) / 1.055)
    }
    return (linear(color.red), linear(color.green), linear(color.blue))
}

/// The 2.4th power of a number from 0 to 1, by the fifth root of its twelfth power.
private func power(_ base: Double) -> Double {
    let square = base * base
    let fourth = square * square
    let twelfth = fourth * fourth * fourth
    var root = 1.0
    for _ in 0..<200 { root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root) }
    return root
}

private func luminance(_ light: Light) -> Double {
    0.2126 * light.red + 0.7152 * light.green + 0.0722 * light.blue
}

private func contrast(of style: Style) throws -> Double {
    let foreground = luminance(light(try #require(style.foreground?.components)))
    let background = luminance(light(try #require(style.background?.components)))
    return (max(foreground, background) + 0.05) / (min(foreground, background) + 0.05)
}

/// What is seen of a colour without the cones for green (Machado, Oliveira and Fernandes 2009, severity 1).
private func seen(_ color: (red: UInt8, green: UInt8, blue: UInt8)) -> Light {
    let light = light(color)
    return (
        0.367322 * light.red + 0.860646 * light.green - 0.227968 * light.blue,
        0.280085 * light.red + 0.672501 * light.green + 0.047413 * light.blue,
        -0.011820 * light.red + 0.042940 * light.green + 0.968881 * light.blue
    )
}

private func distance(_ one: Light, _ other: Light) -> Double {
    let (red, green, blue) = (one.red - other.red, one.green - other.green, one.blue - other.blue)
    return (red * red + green * green + blue * blue).squareRoot()
}

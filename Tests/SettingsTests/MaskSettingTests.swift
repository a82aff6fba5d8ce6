import Testing

@testable import Settings

/// Masks that cannot be understood leave it unknown what is masked, whatever is wrong with them.
@Suite struct MaskSettingTests {
    private func subjects(_ text: String) -> [Problem.Subject] {
        Configuration.read(text, file: "c.toml").problems.map(\.subject)
    }

    @Test(arguments: [
        "masks = [[\"customers.email\"]]", "masks = [{ table = \"customers\", column = \"email\" }]", "masks = 3",
        "masks = true", "masks = 1.5", "masks = 2026-11-27", "masks = { customers = \"email\" }",
        "masks = [\"customers.email\", 1]", "[masks]\ncustomers = [\"email\"]", "[[masks]]\ncolumn = \"email\"",
        "masks.customers = \"email\"",
        // Names that are not the setting's.
        "mask = [\"customers.email\"]", "Masks = [\"customers.email\"]", "masked = [\"customers.email\"]",
        "maks = [\"customers.email\"]", "msaks = [\"customers.email\"]", "masc = [\"customers.email\"]",
        "mask_columns = [\"customers.email\"]", "\"masks \" = [\"customers.email\"]", "asks = [\"customers.email\"]",
        "\"m\u{430}sks\" = [\"customers.email\"]",
        // Below a heading, where it belongs to that.
        "[profile.x]\nmasks = [\"customers.email\"]", "[profile]\nmasks = [\"customers.email\"]",
        "[keys.list]\nmasks = [\"customers.email\"]", "[keys]\nmasks = [\"customers.email\"]",
        "[theme]\ndark = \"nord\"\nlight = \"nord\"\nmasks = [\"customers.email\"]",
    ]) func whateverShapeTheyHave(text: String) {
        #expect(subjects(text).contains(.masks), "\(Configuration.read(text, file: "c.toml").problems)")
        #expect(Configuration.read(text, file: "c.toml").problems.contains { $0.leavesMasksUnknown })
    }

    @Test(arguments: [
        "masks = [", "masks = [\"a.b\"]\nmasks = [\"c.d\"]", "masks = [\"a.b\"]\n\u{0}", "x",
        "masks = [\"a.b\"\n[profile.x]",
    ]) func aFileThatCannotBeUnderstoodMayHoldThem(text: String) {
        #expect(subjects(text) == [.file])
    }

    @Test(arguments: [
        "mouse = 3", "colour = \"red\"", "[keys.list]\nmark = \"m\"\nmark-base = \"v\"",
        "[profile.masks]\nbanner = \"x\"", "[keys.list]\nopen = 13", "masks = []", "masks = [\"a.b\"]",
    ]) func otherProblemsAreOfOneSetting(text: String) {
        #expect(subjects(text).allSatisfy { $0 == .setting })
    }
}

import AuditTrail
import Foundation
import Screen
import Testing

@testable import Browser

/// Compares a frame with the file of its name and size; `UPDATE_SCREENS=1` writes the file.
func checkScreen(_ frame: Frame, _ name: String) throws {
    let size = "\(frame.size.columns)x\(frame.size.rows)"
    let screen = "\(frame.text())\n=== roles\n\(frame.roles())\n"
    try checkText(screen, "\(name)-\(size).screen")
}

/// Compares a text with the file of its name, in the same way.
func checkText(_ screen: String, _ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Screens")
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] == "1" {
        try screen.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == screen, "\(name)")
}

/// Compares whole screens with the files in `Screens`: the text above, the roles below.
@Suite struct ScreenTests {
    private func check(_ fixture: Fixture, _ name: String) throws {
        try checkScreen(view(fixture.model), name)
    }

    @Test func aScreenThatIsTooSmall() throws {
        try check(Fixture.loaded(columns: 23, rows: 5), "too-small")
    }

    @Test func loadingEmptyAndFailedLookDifferent() throws {
        var loading = Fixture(columns: 80, rows: 24)
        loading.send(.connection(.ready(database: "shop", host: "db-prod")))
        try check(loading, "loading")
        try check(Fixture.loaded(columns: 80, rows: 24, []), "empty")
        let id = loading.asked[0].id
        loading.send(.failed(id, Failure(message: "permission denied for table activity")))
        try check(loading, "failed")
        loading.send(.connection(.lost("connection lost: server closed the connection unexpectedly")))
        try check(loading, "lost")
    }

    @Test func aFilterThatMatchesNothing() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.character("v"))
        fixture.answer()
        try check(fixture, "no-match")
    }

    @Test func followingWithNewOnesCounted() throws {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.model.follow = Follow(unseen: Set(1...12))
        try check(fixture, "follow")
    }
}

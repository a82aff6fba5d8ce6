import Settings
import Testing

@testable import audit_tui

@Suite struct ProfileTests {
    private func profile(_ text: String) throws -> Profile {
        try #require(Configuration.read("[profile.x]\n\(text)", file: "c").configuration.profiles["x"])
    }

    @Test func aProfileIsAConnectionString() throws {
        #expect(try profile("service = \"it's \\\\ here\"").connectionString == #"service='it\'s \\ here'"#)
        #expect(try profile("connection = \"shop\"").connectionString == "dbname='shop'")
        for text in ["host=db dbname=shop", "postgresql://db/shop"] {
            #expect(try profile("connection = \"\(text)\"").connectionString == text)
        }
        #expect(try profile("banner = \"x\"").connectionString == nil)
    }

    @Test func theCommandLineGoesBeforeTheProfile() throws {
        let none = ["--config", "/dev/null"]
        let command = try AuditTUI.parseAsRoot(["log", "-h", "there", "-d", "shop"] + none)
        let settings = try #require(command as? LogCommand).connection.settings(database: "other")
        #expect([settings.profile, settings.database, settings.host] == [nil, "other", "there"])
        let unknown = try #require(
            try AuditTUI.parseAsRoot(["log", "--connection-profile", "x"] + none) as? LogCommand
        )
        #expect(throws: CommandError.self) { try unknown.connection.settings() }
        // A string of pairs says it all, so that the profile is not even looked for.
        #expect(try unknown.connection.settings(database: "dbname=y").profile == nil)
    }
}

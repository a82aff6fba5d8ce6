import AuditTrail
import Screen
import Testing

@testable import Browser

@Suite struct InstallPickerTests {
    private var picker: InstallPicker {
        func item(
            _ name: String,
            _ rows: String,
            key: [String],
            notes: [String] = [],
            secrets: [String] = [],
            isAudited: Bool = false
        ) -> InstallPicker.Item {
            InstallPicker.Item(
                table: TableName(schema: "public", name: name),
                rows: rows,
                keyColumns: key,
                notes: notes,
                suspiciousColumns: secrets,
                isAudited: isAudited
            )
        }
        return InstallPicker(
            database: "shop",
            auditSchema: "audit",
            items: [
                item("customers", "5.0 k", key: ["id"], notes: ["jsonb prefs"], secrets: ["password_hash"]),
                item("logs", "9.8 M", key: [], notes: ["no key"]), item("orders", "?", key: ["id"], isAudited: true),
            ],
            size: Size(columns: 80, rows: 24)
        )
    }

    @Test func tablesArePickedAndTheirSecretsStayOutUnlessWanted() {
        var picker = picker
        #expect(picker.handle(.character(" ")) == .undecided)
        #expect(picker.tables.map(\.name) == ["customers"])
        #expect(picker.excludedColumns.map(\.column) == ["password_hash"])
        _ = picker.handle(.character("k"))
        _ = picker.handle(.character("c"))
        #expect(picker.excludedColumns.isEmpty)
        #expect(picker.handle(.enter) == .picked)
    }

    @Test func allMeansAllThatAreNotRecordedYet() {
        var picker = picker
        _ = picker.handle(.character("A"))
        #expect(picker.tables.map(\.name) == ["customers", "logs"])
        _ = picker.handle(.character("A"))
        #expect(picker.tables.isEmpty)
    }

    @Test func whatCannotBeDoneIsSaid() {
        var picker = picker
        #expect(picker.handle(.enter) == .undecided)
        #expect(picker.notice == "nothing is picked; Space picks the table under the cursor")
        _ = picker.handle(.character("G"))
        _ = picker.handle(.character(" "))
        #expect(picker.notice == "public.orders is recorded already; audit-tui remove ends that")
        _ = picker.handle(.character("c"))
        #expect(picker.notice == "no column of public.orders looks like a secret; --exclude takes any column")
        _ = picker.handle(.character("Z"))
        #expect(picker.notice == "Z does nothing here")
        for key in [Key.character("q"), .escape, .control("c")] { #expect(picker.handle(key) == .cancelled) }
    }

    @Test(
        arguments: [
            (nil, "?"), (0, "0"), (999, "999"), (5000, "5.0 k"), (98_765, "98.7 k"), (1_234_567, "1.2 M"),
            (250_000_000, "250 M"),
        ] as [(Int64?, String)]
    )
    func rowsAreCountedRoughly(_ rows: Int64?, _ text: String) {
        #expect(rowCountText(rows) == text)
    }

    @Test func theScreen() throws {
        var picker = picker
        _ = picker.handle(.character(" "))
        try checkScreen(view(picker), "install-picker")
    }
}

import AuditSetup
import Testing

@testable import audit_tui

@Suite struct ProgressLineTests {
    private func text(_ step: String, columns: Int) -> String {
        ProgressLine.text(SetupProgress(position: 37, count: 512, step: step), columns: columns).string
    }

    @Test func theStepIsCutAndItsPlaceIsNot() {
        #expect(text("audit public.orders", columns: 79) == "audit public.orders (37/512)")
        #expect(text("audit public.orders", columns: 28) == "audit public.orders (37/512)")
        #expect(text("audit public.orders", columns: 20) == "audit publ… (37/512)")
        #expect(text("audit public.orders", columns: 5) == " (37…")
        #expect(text("audit 田中田中", columns: 20) == "audit 田中… (37/512)")
        var counted = SetupProgress(position: 2, count: 7, step: "build index x")
        counted.percent = 43
        #expect(ProgressLine.text(counted, columns: 79).string == "build index x (2/7, 43 %)")
    }

    @Test func namesCannotReachTheTerminal() {
        #expect(text("audit public.\"or\u{1B}[2J\r\nders\"", columns: 79) == "audit public.\"or␛[2J␍␊ders\" (37/512)")
    }
}

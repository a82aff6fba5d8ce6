import Testing

@testable import audit_tui

@Suite struct PasteableTextTests {
    /// Each would end the paste, press Enter, or be a sequence of its own.
    @Test func whatIsCopiedTypesNothing() {
        #expect(pasteable("a\u{1B}[201~rm\r\u{7F}\u{9B}2J\u{0}\u{3}") == "a␛[201~rm␍␡\u{FFFD}2J␀␃")
        let plain = "zwei\n\tZeilen \u{202E}\u{1F468}\u{200D}\u{1F469} e\u{301}"
        #expect(pasteable(plain) == plain)
    }
}

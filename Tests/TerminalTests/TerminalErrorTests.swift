import Terminal
import Testing

@Suite struct TerminalErrorTests {
    @Test func namesFromOutsideAreMadeSafe() {
        let description = TerminalError.unknownTerminal("x\u{1B}[2J").description
        #expect(description.hasPrefix("terminal type \"x␛[2J\" is not known here"))
    }

    @Test func theSystemsReasonIsGiven() {
        #expect(TerminalError.systemFailure(24).description == "cannot set up the terminal: Too many open files")
    }
}

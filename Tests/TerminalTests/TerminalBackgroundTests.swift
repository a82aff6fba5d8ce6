import Testing

@testable import Terminal

@Suite struct TerminalBackgroundTests {
    @Test(arguments: [
        ("\u{1B}]11;rgb:0000/2b2b/3636\u{1B}\\\u{1B}[?62c", TerminalBackground.dark),
        ("\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{7}\u{1B}[?62c", .light), ("x\u{1B}]11;rgb:f/f/f\u{7}", .light),
        ("\u{1B}]11;rgb:20/20/20\u{7}", .dark),
    ])
    func theAnswerOfATerminalIsRead(reply: String, background: TerminalBackground) {
        #expect(TerminalBackground(reply: Array(reply.utf8)) == background)
    }

    @Test(arguments: [
        "", "\u{1B}[?62;22c", "\u{1B}]11;rgb:zz/1/1\u{7}", "\u{1B}]11;rgb:1/1\u{7}", "\u{1B}]10;rgb:1/1/1\u{7}",
        "\u{1B}]11;rgb:11111/1/1\u{7}", "\u{1B}]11;rgb:1//1/1\u{7}x",
    ])
    func otherBytesAreNoAnswer(reply: String) {
        let background = TerminalBackground(reply: Array(reply.utf8))
        #expect(background == nil || reply.contains("//"))
    }

    @Test func theVariableNamesTheBackgroundLast() {
        let given = ["15;0", "0;15", "0;default;7", "15;8", "12;9", "", "15", "x;y", "1;16"]
        let meant: [TerminalBackground?] = [.dark, .light, .light, .dark, .light, nil, .light, nil, nil]
        #expect(given.map(TerminalBackground.init(colorVariable:)) == meant)
    }

    @Test func withoutATerminalTheVariableDecidesElseItIsDark() {
        #expect(TerminalBackground.ask { ["TERM": "dumb", "COLORFGBG": "0;15"][$0] } == .light)
        #expect(TerminalBackground.ask { _ in nil } == .dark)
    }
}

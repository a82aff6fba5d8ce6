import Screen
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
    private func inputs(_ parts: [UInt8]...) -> [Input] {
        var decoder = KeyDecoder()
        return parts.flatMap { bytes in
            for byte in bytes { decoder.take(byte) }
            return decoder.finish()
        }
    }

    private func inputs(_ parts: String...) -> [Input] {
        var decoder = KeyDecoder()
        return parts.flatMap { text in
            for byte in text.utf8 { decoder.take(byte) }
            return decoder.finish()
        }
    }

    private func keys(_ bytes: [UInt8]) -> [Key] {
        inputs(bytes).compactMap { if case .key(let key) = $0 { key } else { nil } }
    }

    private func keys(_ text: String) -> [Key] {
        keys(Array(text.utf8))
    }

    @Test func textIsCharacters() {
        #expect(keys("jü田 ") == [.character("j"), .character("ü"), .character("田"), .character(" ")])
    }

    @Test func controlCharactersAreTheirPlainestKeys() {
        #expect(keys("\u{6}\u{9}\u{D}\u{A}") == [.control("f"), .tab, .enter, .enter])
        #expect(keys("\u{8}\u{7F}\u{0}\u{1F}") == [.backspace, .backspace, .control("@"), .control("_")])
    }

    @Test func escapeAloneIsEscape() {
        #expect(keys("\u{1B}") == [.escape])
        #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
    }

    @Test func escapeAndACharacterIsAlt() {
        #expect(keys("\u{1B}xj") == [.alt("x"), .character("j")])
        #expect(keys("\u{1B}ä") == [.alt("ä")])
        #expect(keys("\u{1B}[") == [.alt("[")])
        #expect(keys("\u{1B}O") == [.alt("O")])
    }

    @Test func unknownSequencesAreOneUnknownKey() {
        #expect(keys("\u{1B}[1;10Pj") == [.unknown, .character("j")])
        #expect(keys("\u{1B}Oyj") == [.unknown, .character("j")])
        #expect(keys("\u{1B}[1\u{1B}x") == [.unknown, .alt("x")])
    }

    @Test func anAnswerOfTheTerminalThatComesLateIsNoKey() {
        #expect(keys("\u{1B}]11;rgb:2b2b/3030/rrrr\u{1B}\\j") == [.character("j")])
        #expect(keys("\u{1B}]11;rgb:1/2/3\u{7}j") == [.character("j")])
        #expect(keys("\u{1B}]j\u{1B}]") == [.alt("]"), .character("j"), .alt("]")])
        #expect(keys("\u{1B}]11;r") == [])
    }

    @Test func recognisedKeysEndAnEscape() {
        var decoder = KeyDecoder()
        decoder.take(0x1B)
        decoder.take(.up)
        #expect(decoder.finish() == [.key(.escape), .key(.up)])
    }

    @Test func bytesThatAreNoTextAreUnknownAndHideNothing() {
        #expect(
            keys([0xFF, 0x6A, 0xFE, 0x80, 0x6B]) == [
                .unknown, .character("j"), .unknown, .unknown, .character("k"),
            ]
        )
        #expect(keys([0xC3, 0x6A]) == [.unknown, .character("j")])
        #expect(keys([0xED, 0xA0, 0x80, 0x6A]) == [.unknown, .character("j")])
    }

    @Test func aCharacterMayArriveInParts() {
        var decoder = KeyDecoder()
        decoder.take(0xE2)
        #expect(decoder.finish() == [])
        decoder.take(0x82)
        decoder.take(0xAC)
        #expect(decoder.finish() == [.key(.character("€"))])
    }

    @Test func aSequenceThatArrivesInPartsDoesNotActAsKeys() {
        #expect(inputs("\u{1B}[12", "3;4", "Pj") == [.key(.unknown), .key(.character("j"))])
        #expect(inputs("\u{1B}[<0;3", "4;5M") == [.mouse(Mouse(.click(count: 1), column: 33, row: 4))])
        let long = "\u{1B}[" + String(repeating: "1;", count: 5000) + "Pj"
        #expect(inputs(long) == [.key(.unknown), .key(.character("j"))])
    }

    @Test(arguments: [
        ("\u{1B}[<0;1;1M", Mouse(.click(count: 1), column: 0, row: 0)),
        ("\u{1B}[<16;120;35M", Mouse(.click(count: 1), column: 119, row: 34)),
        ("\u{1B}[<64;500;300M", Mouse(.wheelUp, column: 499, row: 299)),
        ("\u{1B}[<65;2;3M", Mouse(.wheelDown, column: 1, row: 2)), ("\u{1B}[<0;1;1m", nil),
        ("\u{1B}[<2;1;1M", nil), ("\u{1B}[<32;1;1M", nil), ("\u{1B}[<0;0;1M", nil), ("\u{1B}[<0;1M", nil),
        ("\u{1B}[<;;M", nil), ("\u{1B}[<0;99999999999999999999;1M", nil),
        ("\u{1B}[M !\"", Mouse(.click(count: 1), column: 0, row: 1)),
        ("\u{1B}[M`j:", Mouse(.wheelUp, column: 73, row: 25)), ("\u{1B}[M#jq", nil),
    ])
    func theMouseIsReadAndNeverActsAsKeys(report: String, mouse: Mouse?) {
        #expect(inputs(report + "j") == (mouse.map { [.mouse($0)] } ?? []) + [.key(.character("j"))])
    }

    @Test func aColumnBeyondNinetyFiveIsAByteOfTheOldMouse() {
        let bytes = [0x1B, 0x5B, 0x4D, 0x20, 0xC3, 0xA9, 0x6A] as [UInt8]
        #expect(inputs(bytes) == [.mouse(Mouse(.click(count: 1), column: 162, row: 136)), .key(.character("j"))])
    }

    @Test func pastedTextIsTextWhateverItHolds() {
        let text = "Q\r:quit\n\u{1B}[Aü\u{3}\u{1B}"
        #expect(inputs("\u{1B}[200~\(text)\u{1B}[201~j") == [.pasted(text), .key(.character("j"))])
        #expect(inputs("\u{1B}[200~ab", "c\u{1B}[2", "01~j") == [.pasted("abc"), .key(.character("j"))])
        #expect(inputs("\u{1B}[200~\u{1B}[201~") == [.pasted("")])
        #expect(inputs("\u{1B}[200~\u{1B}\u{1B}[201~") == [.pasted("\u{1B}")])
        #expect(inputs("\u{1B}[201~j") == [.key(.character("j"))])
        #expect(
            inputs([0x1B, 0x5B] + Array("200~a".utf8) + [0xFF] + Array("\u{1B}[201~".utf8)) == [.pasted("a\u{FFFD}")]
        )
    }

    @Test func aKeyThatIsRecognisedInPastedTextIsNone() {
        var decoder = KeyDecoder()
        for byte in "\u{1B}[200~a".utf8 { decoder.take(byte) }
        decoder.take(.up)
        #expect(decoder.finish() == [])
        for byte in "b\u{1B}[201~".utf8 { decoder.take(byte) }
        #expect(decoder.finish() == [.pasted("ab")])
    }

    @Test func aHugePasteIsCutOffAndStillEnds() {
        let text = String(repeating: "x", count: 100_010)
        #expect(
            inputs("\u{1B}[200~\(text)\u{1B}[201~j") == [.pasted(String(text.dropLast(10))), .key(.character("j"))]
        )
    }

    @Test func reportsOfTheFocusAreNoKeys() {
        #expect(inputs("\u{1B}[Ij\u{1B}[O") == [.key(.character("j"))])
    }
}

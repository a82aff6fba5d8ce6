import Screen
import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
    private func keys(_ bytes: [UInt8]) -> [Key] {
        var decoder = KeyDecoder()
        for byte in bytes { decoder.take(byte) }
        return decoder.finish()
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
        #expect(keys("\u{1B}[<0;1;1Mj") == [.unknown, .character("j")])
        #expect(keys("\u{1B}Oyj") == [.unknown, .character("j")])
        #expect(keys("\u{1B}[12") == [.unknown])
        #expect(keys("\u{1B}[1\u{1B}x") == [.unknown, .alt("x")])
    }

    @Test func anAnswerOfTheTerminalThatComesLateIsNoKey() {
        #expect(keys("\u{1B}]11;rgb:2b2b/3030/rrrr\u{1B}\\j") == [.character("j")])
        #expect(keys("\u{1B}]11;rgb:1/2/3\u{7}j") == [.character("j")])
        #expect(keys("\u{1B}]j\u{1B}]") == [.alt("]"), .character("j"), .alt("]")])
        #expect(keys("\u{1B}]11;r") == [.unknown])
    }

    @Test func recognisedKeysEndAnEscape() {
        var decoder = KeyDecoder()
        decoder.take(0x1B)
        decoder.take(.up)
        #expect(decoder.finish() == [.escape, .up])
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
        #expect(decoder.finish() == [.character("€")])
    }
}

import Testing

@testable import Browser

@Suite struct FileNameTests {
    @Test(arguments: [
        ("orders", "orders"), ("Auftr\u{E4}ge_2.x", "Auftr\u{E4}ge_2.x"), ("../../etc/x", ".._.._etc_x"),
        ("a\u{1B}[2J\n\u{202E}b c", "a__2J__b_c"),
    ]) func theNameOfATableLeadsToNoOtherFolder(name: String, part: String) {
        #expect(fileNamePart(name) == part)
    }
}

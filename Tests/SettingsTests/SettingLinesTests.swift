import Testing

@testable import Settings

@Suite struct SettingLinesTests {
    private func lines(_ setting: Setting, at path: [String] = []) -> [String] {
        var result = ["\(path.joined(separator: "/")):\(setting.line)"]
        for member in setting.members ?? [] { result += lines(member.setting, at: path + [member.name]) }
        if case .list(let elements) = setting.value {
            for (index, element) in elements.enumerated() { result += lines(element, at: path + [String(index)]) }
        }
        return result
    }

    @Test func everyKeyAndElementHasItsLine() throws {
        let text = #"""
            # comment with [brackets] = "and more"
            a = "one # not a comment"   # b = 2

            b.c = '''
            long
            [d]
            """ '''
            "e f" = [ 1, # [2
              "two ] three",
              { g = """
            x \""" y""""", h = 'C:\' },
            ]
            "\u0069" = 1979-05-27 07:32:28
            [ table . "with dots.in it" ]
            deep = { x = { y = [ [ true ] ] } }
            [[many]]
            n = 1
            [[many]]
            n = 2
            [many.sub]
            k = 3
            """#
        let expected = [
            ":1", "\u{69}:1", "a:2", "b:4", "b/c:4", "e f:8", "e f/0:8", "e f/1:9", "e f/2:10", "e f/2/g:10",
            "e f/2/h:11", "table:14", "table/with dots.in it:14", "table/with dots.in it/deep:15",
            "table/with dots.in it/deep/x:15", "table/with dots.in it/deep/x/y:15",
            "table/with dots.in it/deep/x/y/0:15", "table/with dots.in it/deep/x/y/0/0:15", "many:16", "many/0:16",
            "many/0/n:17", "many/1:18", "many/1/n:19", "many/1/sub:20", "many/1/sub/k:21",
        ]
        let found = lines(try Setting.table(of: text, file: "f"))
        #expect(found == expected)
    }

    @Test(arguments: ["", "\n", "[", "a", "a=", "a=[", "a={b", "\"", "'''", "a=\"\\", "[[", "]", "=", "a={b=[", ","])
    func whatIsNoTomlDoesNotStopTheProgram(text: String) {
        _ = SettingLines(of: text)
    }

    @Test(arguments: ["[é]", "[[,]]", "[ \u{FFFD}]", "[", "[\u{1}", "[]", "[ # x\na"])
    func aTableThatDoesNotBeginWithANameIsNoTOML(_ header: String) {
        #expect(throws: Problem.self) { try Setting.table(of: "a = [ 1,\n[2]]\n\(header)\n", file: "f") }
    }

    @Test func aLineOfAStringOrAnArrayIsNoTable() throws {
        let text = "a = \"\"\"\n[é]\n\"\"\"\nb = [\n[+1], [.5]]\n['x y'.\"é\"]\n[[ z ]]\n"
        _ = try? Setting.table(of: text, file: "f")
        #expect(SettingLines(of: text).namelessHeader == nil)
    }

    @Test func aNulIsNoToml() {
        #expect(throws: Problem(file: "f", line: 2, "a NUL character does not belong into TOML")) {
            try Setting.table(of: "a = 1\nb = \"\0\"", file: "f")
        }
    }

    @Test func anEscapedNulInAKeyDoesNotStopTheProgram() throws {
        _ = try Setting.table(of: "\"a\\u0000b\" = 1\nc = \"x\\u0000y\"", file: "f")
    }
}

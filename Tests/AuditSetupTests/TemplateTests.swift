import Testing

@testable import AuditSetup

@Suite struct TemplateTests {
    @Test(arguments: [
        ("{}", [String]()), ("{a,b}", ["a", "b"]), (#"{"a,b","c\"d","\\"}"#, ["a,b", "c\"d", "\\"]), ("{\"\"}", [""]),
        ("{NULL,\"NULL\"}", ["NULL"]),
    ])
    func arrayLiteralsAreRead(literal: String, names: [String]) {
        #expect(elements(ofArrayLiteral: literal) == names)
    }

    @Test(arguments: ["", "{", "}", "a", "{a", "{\"a}", "{a,}", "{,a}", "{a\"b}", "{{a}}"])
    func whatIsNoArrayLiteralIsRefused(literal: String) {
        #expect(elements(ofArrayLiteral: literal) == nil)
    }

    @Test func plainColumnNamesStayBareForTheReaderOfThePackage() {
        #expect(columnListLiteral(["password", "Token", "it's"]) == "{password,Token,it's}")
        #expect(columnListLiteral(["a,b", "null", ""]) == #"{"a,b","null",""}"#)
    }

    @Test func theMarkIsReadBackAndNothingElseIs() {
        let mark = VersionMark(version: .current, profile: .flask)
        #expect(VersionMark(mark.text) == mark)
        for comment in ["", "{}", "made by hand", #"{"audit-tui": "x", "profile": "flask"}"#] {
            #expect(VersionMark(comment) == nil)
        }
    }

    @Test func secretsAreSuspectedAndOrdinaryColumnsAreNot() {
        for name in ["password_hash", "apiKey", "card_pan", "reset_token", "PIN", "client-secret"] {
            #expect(isSuspicious(name), "\(name)")
        }
        for name in ["company", "span", "opinion", "name", "hash_tags"] {
            #expect(!isSuspicious(name), "\(name)")
        }
    }
}

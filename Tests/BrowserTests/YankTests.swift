import AuditTrail
import Screen
import Testing

@testable import Browser

/// Copying what is under the cursor.
@Suite struct YankTests {
    /// What is copied after `y` and a key, with the cursor on a line of the first change or in the list.
    private func copied(_ key: Character, line: Int? = nil) -> String? {
        var fixture = Fixture.loaded()
        if let line {
            fixture.press(.enter)
            fixture.answer()
            for _ in 0..<line { fixture.press(.down) }
        }
        fixture.press(.character("y"), .character(key))
        #expect(fixture.model.overlay == nil)
        if case .copy(let text)? = fixture.effects.last { return text }
        return nil
    }

    @Test func theTransactionIsCopiedByNumberAndAsACommand() {
        #expect(copied("i") == "99987")
        #expect(copied("l") == "audit-tui -h db-prod -d shop --filter tx:99987")
        #expect(copied("y") == nil)
    }

    @Test func theValueItsPathAndAConditionAreCopied() {
        #expect(copied("y", line: 3) == "paid")
        #expect(copied("p", line: 3) == "status")
        #expect(copied("q", line: 3) == "status = 'paid'")
        #expect(copied("r", line: 0)?.hasPrefix(#"{"id":42,"#) == true)
        #expect(copied("d", line: 0)?.contains("- status: \"pending\"\n+ status: \"paid\"") == true)
    }

    /// A quote and the mark that combines with it are one character, but two to the server and to a shell.
    @Test func quotesWithCombiningMarksAreEscaped() {
        #expect(shellWord("a'\u{301}; rm b") == "'a'\\''\u{301}; rm b'")
        #expect(sqlCondition([.member("a")], .string("x'\u{301} or true")) == "a = 'x''\u{301} or true'")
        #expect(sqlCondition([.member("a")], .string("\\\u{301}'\u{301}")) == "a =  E'\\\\\u{301}''\u{301}'")
        #expect(
            sqlCondition([.member("a"), .member("\"\u{301}'\u{301}")], .string("1"))
                == "a #>>  E'{\"\\\\\"\u{301}''\u{301}\"}' = '1'"
        )
    }

    @Test func theMenuIsLeftByAnyOtherKey() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.down, .down, .character("y"))
        fixture.press(.escape)
        #expect(fixture.model.overlay == nil)
        var empty = Fixture.loaded(columns: 80, rows: 24, [])
        empty.press(.character("y"))
        #expect(empty.model.notice?.text == "there is nothing under the cursor to copy")
    }
}

/// Reading in a pager and editing.
@Suite struct OpenOutsideTests {
    @Test func theLoadedChangesGoToThePagerAndTheScriptToTheEditor() {
        var fixture = Fixture.loaded()
        fixture.press(.enter)
        fixture.answer()
        fixture.press(.character("e"))
        guard case .page(let text)? = fixture.effects.last else {
            Issue.record("no pager")
            return
        }
        #expect(text.contains("alice  update public.orders #42\n") && text.contains("  - status: \"pending\"\n"))
        fixture.press(.character("H"))
        fixture.answer()
        fixture.press(.character("e"))
        if case .page(let text)? = fixture.effects.last {
            #expect(text.hasPrefix("v4  2026-10-09T17:33:34.000000Z  alice"))
        }
        fixture.press(.character("q"), .character("r"))
        fixture.answer()
        fixture.press(.character("e"))
        if case .edit(_, let name)? = fixture.effects.last {
            #expect(name == "revert-activity9998700.sql")
        } else {
            Issue.record("no editor")
        }
    }

    @Test func withoutChangesThereIsNothingToRead() {
        var fixture = Fixture.loaded(columns: 80, rows: 24)
        fixture.press(.character("e"))
        #expect(fixture.model.notice?.text == "there is nothing loaded to be read; Enter opens the changes")
    }
}

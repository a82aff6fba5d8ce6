import AuditTrail
import Testing

@Suite struct NameTests {
    @Test(arguments: [
        ("orders", ["orders"]), ("Sales.Orders", ["sales", "orders"]),
        ("\"Odd.Name\".\"or\"\"der\"", ["Odd.Name", "or\"der"]),
        ("a.b.c", ["a", "b", "c"]), ("schema.\"Table, one\".col", ["schema", "Table, one", "col"]),
    ])
    func namesAreReadAsTheServerReadsThem(_ text: String, _ parts: [String]) throws {
        #expect(try QualifiedName(parsing: text).parts == parts)
    }

    /// What combines with a quote or a dot belongs to the name, as for the server.
    @Test func marksThatCombineMakeNoOtherSigns() throws {
        #expect(try QualifiedName(parsing: "\"\u{301}a\".b").parts == ["\u{301}a", "b"])
        #expect(try QualifiedName(parsing: "a.\u{301}b").parts == ["a", "\u{301}b"])
        let escaped = "x'\u{301}'".replacing(scalar: "'", with: "''")
        #expect(escaped.unicodeScalars.elementsEqual("x''\u{301}''".unicodeScalars))
        let doubled = [("a''b", "a'b"), ("''''", "''"), ("'''", "''"), ("''\u{301}", "'\u{301}"), ("'", "'")]
        for (text, single) in doubled { #expect(text.undoubling(scalar: "'") == single) }
    }

    @Test(arguments: [
        ("", QualifiedName.ParseError.emptyPart), ("a.", .emptyPart), (".a", .emptyPart), ("\"\"", .emptyPart),
        ("\"a", .strayQuote), ("a\"b", .strayQuote), ("\"a\"b", .strayQuote), ("a.b.c.d", .tooManyParts),
    ])
    func whatIsNoNameIsRefused(_ text: String, _ error: QualifiedName.ParseError) {
        #expect(throws: error) { try QualifiedName(parsing: text) }
    }

    @Test func namesAreQuotedWhereSQLWantsIt() {
        #expect(TableName(schema: "public", name: "orders").description == "public.orders")
        #expect(TableName(schema: "Odd", name: "a\"b").description == "\"Odd\".\"a\"\"b\"")
        #expect(TableName(schema: "public", name: "orders").short == "orders")
        #expect(TableName(schema: "sales", name: "9to5").short == "sales.\"9to5\"")
    }

    @Test func aFilterIsPrintedAsItWouldBeTyped() throws {
        var filter = Filter()
        filter.tables = [TablePattern(name: "orders"), TablePattern(schema: "sales", name: "two words")]
        filter.actors = [.matching("al*"), .exactly(Actor(id: "7", label: "Bob B.")), .none]
        filter.verbs = [.insert, .delete]
        filter.since = Timestamp(microseconds: 0)
        #expect(
            filter.description
                == "table:orders,sales.\"two words\" actor:al*,\"Bob B.\",none verb:insert,delete "
                + "since:1970-01-01T00:00:00.000000Z"
        )
        #expect(Filter().description.isEmpty)
    }
}

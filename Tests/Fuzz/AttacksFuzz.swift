import AuditQuery
import AuditTrail
import JSON
import Postgres

/// Quotes, templates, comments and scripts made of hostile texts: whatever these are, the server's scanner sees the same tokens
/// as with harmless ones, so that no text has become an order.
func check(_ bytes: [UInt8]) {
    let texts = parts(bytes, at: 0x1F).map { String(decoding: $0, as: UTF8.self) }.filter { !$0.isEmpty }
    guard texts.count >= 2 else { return }
    for text in texts { checkQuotes(of: text) }
    checkTemplate(texts)
    checkStatements(texts)
}

private func checkQuotes(of text: String) {
    precondition(SQLLexer.tokens(of: quotedLiteral(text)) == [.literal])
    precondition(SQLLexer.tokens(of: quotedIdentifier(text)) == [.identifier])
    precondition(SQLLexer.tokens(of: "\(SQL.comment(text).text)\nx") == [.comment, .plain([UInt8(ascii: "x")])])
    for tag in ["body", "revert", ""] as [StaticString] {
        let quoted = SQL.dollarQuoted("select \(literal: text), \(identifier: text)", tag: tag)
        let inside: [SQLToken] = ["select".word, .literal, ",".word, .identifier]
        precondition(SQLLexer.tokens(of: quoted.text + "x") == [.quoted(inside), "x".word])
        // A body that is no SQL at all is still one token.
        let whole = SQLLexer.tokens(of: SQL.dollarQuoted(SQL(verbatim: text), tag: tag).text)
        guard whole.count == 1, case .quoted = whole[0] else { preconditionFailure("\(text)") }
    }
}

private func checkTemplate(_ texts: [String]) {
    let template = Template(
        """
        -- :"a" :'b' :c
        create function :"a".f() returns text as $body$ select :'b', :"a", x::text, :c $body$; comment on x is :'b'; :c
        """
    )
    func filled(_ name: String, _ text: String) -> [SQLToken] {
        let fragment: SQL = "(\(literal: text), \(identifier: name))"
        return SQLLexer.tokens(
            of: template.filled(with: ["a": .text(name), "b": .text(text), "c": .sql(fragment)]).text
        )
    }
    precondition(filled(texts[0], texts[1]) == filled("n", "t"))
}

/// The change as a statement, with hostile names and values everywhere.
private func checkStatements(_ texts: [String]) {
    func text(_ index: Int) -> String { texts[index % texts.count] }
    func tokens(_ verb: Verb, _ text: (Int) -> String) -> [SQLToken] {
        let key = [JSON.Member(text(2), .string(text(3)))]
        let row = JSON.object(key + [JSON.Member(text(4) + "x", .string(text(5)))])
        let activity = Activity(
            id: 1,
            transactionID: 1,
            nativeTransactionID: 1,
            issuedAt: nil,
            table: TableName(schema: text(0), name: text(1)),
            verb: verb,
            key: key,
            oldData: row,
            changedData: row
        )
        return SQLLexer.tokens(of: changeStatement(activity).text)
    }
    for verb in [Verb.insert, .update, .delete, .truncate] {
        precondition(tokens(verb, text) == tokens(verb) { "t\($0)" })
    }
}

extension String {
    fileprivate var word: SQLToken { .plain(Array(utf8)) }
}

/// What the manual says that the command line does not know.
extension ManualPage {
    mutating func writeFilter() {
        roff.macro("SH", "FILTER")
        roff.paragraph(
            "An expression, the same in the browser and for --filter. Terms are joined by and (which may be left out), or, not "
                + "and parentheses."
        )
        for (term, meaning) in Self.terms { roff.item([.bold(term)], meaning) }
    }

    mutating func writeEnd() {
        roff.macro("SH", "EXIT STATUS")
        for status in ExitStatus.allCases { roff.item([.bold(String(status.rawValue))], status.meaning) }
        roff.macro("SH", "ENVIRONMENT")
        for (name, meaning) in Self.variables { roff.item([.bold(name)], meaning) }
        roff.macro("SH", "EXAMPLES")
        for (line, meaning) in Self.examples {
            roff.paragraph(meaning)
            roff.example(line)
        }
        roff.macro("SH", "SEE ALSO")
        roff.item([.bold("psql"), .plain("(1)")], "The terminal of PostgreSQL, whose connection options these are.")
    }

    private static let terms = [
        ("table:orders", "The table, in any schema or as schema.name; with * and ?, a comma meaning any of them."),
        ("actor:alice,bob", "Who acted, by label or key; actor:none for what nobody claimed."),
        ("verb:i,d", "What was done: insert, update, delete, truncate."),
        (
            "since:-2h until:2026-10-09T17:31",
            "From this time on, and before that one: 14:00, yesterday, \"last monday 9:30\". Times without a zone are UTC."
        ),
        ("row:orders:42", "The row of a key."),
        ("col:status", "Updates that changed the column or the path of a JSON value, inserts that set it."),
        ("status:new->paid", "Updates that changed the column so; * for any value."),
        ("old.total>500 new.prefs.theme=dark any.note~urgent", "Values of the old row, of the new one, of either."),
        ("tx:812 xid:900 id:77 n>100", "The transaction, its number on the server, the change, how many changes."),
        ("client:10.0.0.0/8", "The address or the network of the client."),
        ("word, /regex/", "What is found anywhere in the table, the actor, the key or the values."),
    ]

    private static let variables = [
        ("PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSFILE, ...", "As for psql, where no option says otherwise."),
        ("NO_COLOR", "When set and not empty, no colours."),
        ("TERM, COLORTERM", "What the terminal can do."),
        ("PAGER, EDITOR", "What changes and the scripts of reverts are opened in."),
    ]

    private static let examples = [
        ("audit-tui --init --all-tables -d shop", "Record all tables of a database:"),
        ("audit-tui shop --filter 'table:orders status:*->void since:-7d'", "Which orders became void within a week:"),
        ("audit-tui row orders 42 --at yesterday -d shop", "A row as it was:"),
        ("audit-tui revert 812 -d shop | psql shop", "Take a transaction back, once the script has been read:"),
    ]
}

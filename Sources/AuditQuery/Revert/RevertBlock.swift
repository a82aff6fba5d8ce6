import Postgres

/// The SQL of steps that are one statement: a block that does all of them or ends the script, and says why.
struct RevertBlock {
    let statements: [RevertStatement]
    /// Whether a row that holds something else is left out rather than ending the whole.
    let isPartial: Bool

    /// The block, without a comment.
    var sql: String {
        let isThere = statements.map(\.isThere).joined(separator: "\n    and ")
        let block = """
            declare
              affected bigint;
            begin
            \(action)
              if affected <> \(statements.count) then
                if affected = 0 and \(isThere) then
                  raise notice using message = \(quotedLiteral("\(name): nothing to do"));
                else
                  \(failure);
                end if;
              end if;
            \(isPartial ? handler : "")end
            """
        let tag = dollarTag(for: block)
        return "do \(tag)\n\(block)\n\(tag);"
    }

    private var name: String { statements.map(\.name).joined(separator: ", ") }

    /// One statement as it is; several as one, since foreign keys are looked at when the whole is done.
    private var action: String {
        guard statements.count > 1 else {
            return indented((statements.first?.action ?? "") + ";\nget diagnostics affected = row_count;", 2)
        }
        let parts = statements.enumerated().map { "s\($0) as (\n\(indented($1.action + "\nreturning 1", 2))\n)" }
        let counts = statements.indices.map { "(select count(*) from s\($0))" }
        return indented(
            "with \(parts.joined(separator: ", "))\nselect \(counts.joined(separator: " + ")) into affected;",
            2
        )
    }

    private var failure: String {
        let words = "\(name) does not hold what was written"
        return isPartial
            ? "raise warning using message = \(quotedLiteral("skipped: " + words))"
            : "raise exception using message = \(quotedLiteral(words)), errcode = 'integrity_constraint_violation'"
    }

    /// What happens to what a constraint of the table forbids.
    private var handler: String {
        """
        exception when integrity_constraint_violation then
          raise warning using message = \(quotedLiteral("skipped: \(name): ")) || sqlerrm;

        """
    }
}

private func indented(_ text: String, _ count: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
}

/// A dollar quote that does not stand in the text.
private func dollarTag(for text: String) -> String {
    var tag = "$revert$"
    while text.contains(tag) { tag = "$\(tag.dropFirst().dropLast())_$" }
    return tag
}

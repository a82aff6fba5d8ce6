import Postgres

/// The SQL of steps that are one statement: a block that does all of them or ends the script, and says why.
struct RevertBlock {
    let statements: [RevertStatement]
    /// Whether a row that holds something else is left out rather than ending the whole.
    let isPartial: Bool

    /// The block, without a comment.
    var sql: SQL {
        let isThere = statements.map(\.isThere).joined(separator: "\n    and ")
        let block: SQL = """
            declare
              affected bigint;
            begin
            \(action)
              if affected <> \(statements.count) then
                if affected = 0 and \(isThere) then
                  raise notice using message = \(literal: "\(name): nothing to do");
                else
                  \(failure);
                end if;
              end if;
            \(isPartial ? handler : "")end
            """
        return "do \(SQL.dollarQuoted("\n\(block)\n", tag: "revert"));"
    }

    private var name: String { statements.map(\.name).joined(separator: ", ") }

    /// One statement as it is; several as one, since foreign keys are looked at when the whole is done.
    private var action: SQL {
        guard statements.count > 1 else {
            return ((statements.first?.action ?? "") + ";\nget diagnostics affected = row_count;").indented(2)
        }
        let parts = statements.enumerated().map { (index, statement) -> SQL in
            "s\(index) as (\n\((statement.action + "\nreturning 1").indented(2)))"
        }
        let counts = statements.indices.map { (index) -> SQL in "(select count(*) from s\(index))" }
        let whole: SQL =
            "with \(parts.joined(separator: ", "))\nselect \(counts.joined(separator: " + ")) into affected;"
        return whole.indented(2)
    }

    private var failure: SQL {
        let words = "\(name) does not hold what was written"
        return isPartial
            ? "raise warning using message = \(literal: "skipped: " + words)"
            : "raise exception using message = \(literal: words), errcode = 'integrity_constraint_violation'"
    }

    /// What happens to what a constraint of the table forbids.
    private var handler: SQL {
        """
        exception when integrity_constraint_violation then
          raise warning using message = \(literal: "skipped: \(name): ") || sqlerrm;

        """
    }
}

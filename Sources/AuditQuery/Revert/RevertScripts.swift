import Postgres

/// The fixed texts of a revert, in which nothing stands that comes from outside.
enum RevertScripts {
    /// The block at the beginning.
    static let begin = Template(SQLFiles.revertBegin).filled()
    /// The block of every statement.
    static let doStep = Template(SQLFiles.revertDo).filled()
    /// The block before the end.
    static let end = Template(SQLFiles.revertEnd).filled()

    /// The block before a statement with values that the trail lends.
    static let take = Template(SQLFiles.revertTake).filled(
        with: ["safeguard": .sql(SQL.dollarQuoted("\n" + Safeguard.text + "\n", tag: "safeguard"))]
    )

    /// What the block of a statement runs; where the trail lends values, the server's words that may hold a part of one are left out.
    static func step(isPartial: Bool, lends: Bool) -> SQL {
        let refused: SQL =
            isPartial
            ? """
            raise warning 'skipped: %', case sqlstate when '23000' then sqlerrm else name || ': ' || sqlerrm end;
            """
            : lends
                ? refusal("sqlerrm", detail: "''")
                : """
                get stacked diagnostics detail = pg_exception_detail;
                  \(refusal("sqlerrm", detail: "coalesce(detail, '')"))
                """
        let unfit = refusal("concat(name, ': a value does not fit its column any more')", detail: "''")
        let handler: SQL = lends ? "\(refused)\nwhen data_exception then\n  \(unfit)" : refused
        return Template(SQLFiles.revertStep).filled(with: ["handler": .sql(handler)])
    }

    /// Has the block that runs the step end with an error.
    private static func refusal(_ message: SQL, detail: SQL) -> SQL {
        """
        perform
            set_config('audit_revert.refusal', \(message), true),
            set_config('audit_revert.detail', \(detail), true),
            set_config('audit_revert.code', sqlstate, true);
        """
    }

    /// The block in the place of a statement that cannot be.
    static func impossible(isPartial: Bool) -> SQL {
        Template(SQLFiles.revertImpossible).filled(with: ["level": .sql(isPartial ? "warning" : "exception")])
    }
}

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

    /// What the block of a statement runs.
    static func step(isPartial: Bool) -> SQL {
        let handler: SQL =
            isPartial
            ? """
            raise warning 'skipped: %', case sqlstate when '23000' then sqlerrm else name || ': ' || sqlerrm end;
            """
            : """
            get stacked diagnostics detail = pg_exception_detail;
              perform
                set_config('audit_revert.refusal', sqlerrm, true),
                set_config('audit_revert.detail', coalesce(detail, ''), true),
                set_config('audit_revert.code', sqlstate, true);
            """
        return Template(SQLFiles.revertStep).filled(with: ["handler": .sql(handler)])
    }

    /// The block in the place of a statement that cannot be.
    static func impossible(isPartial: Bool) -> SQL {
        Template(SQLFiles.revertImpossible).filled(with: ["level": .sql(isPartial ? "warning" : "exception")])
    }
}

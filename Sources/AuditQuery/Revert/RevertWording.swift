import AuditTrail
import JSON
import Postgres

/// The database that a script is made from and for.
struct DatabaseIdentity: Equatable, Sendable {
    var name: String
    /// The identifier of the cluster; nil where it may not be read.
    var system: String?
}

/// The words of a script around its statements.
struct RevertWording {
    let plan: RevertPlan
    let title: String
    let identity: DatabaseIdentity
    let isPartial: Bool
    /// The values that the script takes out of the trail.
    let large: LargeValues

    /// The script, with what the table says of each statement where it was asked.
    func script(_ verdicts: [RevertScript.Verdict]?) -> RevertScript {
        let followers = RevertFollowers(plan)
        let statements = plan.groups.flatMap { group in
            group.map { index in
                let (sql, count) = sql(index, in: group, followers)
                return RevertScript.Statement(
                    change: plan.steps[index].change,
                    summary: summary(of: plan.steps[index]),
                    sql: (comment(index) + "\n" + sql).text,
                    verdict: verdicts?[index] ?? plan.steps[index].impossibility,
                    answers: count
                )
            }
        }
        var script = RevertScript(head: head.text, statements: statements, foot: foot.text)
        script.hasUnrecordedColumns = plan.shapes.values.contains { $0.excludedColumns?.isEmpty == false }
        script.closing = RevertScripts.end.text
        return script
    }

    private func comment(_ index: Int) -> SQL {
        let step = plan.steps[index]
        return .comment(
            "\(index + 1) of \(plan.steps.count): \(summary(of: step)), activity \(step.change.activity.id)"
        )
    }

    /// The SQL of a statement, which stands with the last of the steps that it is for, and how many answers it gives.
    private func sql(_ index: Int, in group: Range<Int>, _ followers: RevertFollowers) -> (SQL, count: Int) {
        if !plan.steps[index].isPossible { return impossible(plan.steps[index]) }
        guard index == group.last else { return ("-- as one with the next, since they refer to each other", 0) }
        let statements = group.compactMap { index in
            let step = plan.steps[index]
            return plan.shapes[step.change.activity.table].map { shape in
                RevertStatement(
                    step: step,
                    shape: shape,
                    followers: followers.rows(of: index),
                    place: group.count > 1 ? index - group.lowerBound : nil,
                    units: isPartial && step.action == .update ? RevertUnits(of: step, shape) : nil
                )
            }
        }
        return RevertBlock(statements: statements, large: large).sql
    }

    /// What stands in the place of a statement that cannot be.
    private func impossible(_ step: RevertStep) -> (SQL, count: Int) {
        let reason = "activity \(step.change.activity.id) cannot be taken back: \(step.impossibility?.reason ?? "")"
        let setting: SQL = "set local audit_revert.name = \(literal: commentText(reason));"
        return ("\(setting)\n\(RevertScripts.impossible(isPartial: isPartial))", 2)
    }

    private func summary(of step: RevertStep) -> String {
        let columns = plan.shapes[step.change.activity.table]?.keyColumns ?? []
        let key = step.currentKey(columns).map { " #" + $0.map { keyValueText($0.value) }.joined(separator: ",") } ?? ""
        let name = "\(step.change.activity.table)\(key)"
        switch step.action {
        case .insert: return "put \(name) back"
        case .delete: return "remove \(name)"
        case .none(let reason): return "\(name): \(reason)"
        case .update:
            let names = step.restored.members?.map(\.name).filter { name in
                step.change.activity.changedData?[name] != nil
            }
            return "update \(name): \((names ?? []).joined(separator: ", "))"
        }
    }

    /// Everything that the statements rely on; psql reads what follows a change of the encoding in that encoding.
    private var head: SQL {
        let lines = [
            "revert of \(title)",
            "made from database \(identity.name), \(plan.steps.count) statement\(plan.steps.count == 1 ? "" : "s")",
        ]
        let comments = (lines + notes).map { SQL.comment("audit-tui: " + $0) }.joined(separator: "\n")
        return """
            set client_encoding = 'UTF8';
            \(comments)
            begin isolation level read committed read write;
            -- audit-tui: to be named as the actor of the revert, write your key here, without the dashes
            -- set local audit.actor_id = '';
            set local standard_conforming_strings = on;
            \(Self.settings)
            set constraints all deferred;
            set local audit_revert.database = \(literal: identity.name);
            set local audit_revert.system = \(literal: identity.system ?? "");
            set local audit_revert.step = \(SQL.dollarQuoted("\n" + step + "\n", tag: "step"));
            \(RevertScripts.begin)

            """
    }

    private var step: SQL { RevertScripts.step(isPartial: isPartial, lends: !large.isEmpty) }

    private static let settings: SQL = """
        set local lock_timeout = '5s';
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        set local row_security = off;
        set local datestyle = 'ISO, YMD';
        set local intervalstyle = 'postgres';
        set local timezone = 'UTC';
        set local bytea_output = 'hex';
        set local extra_float_digits = 3;
        set local array_nulls = on;
        set local transform_null_equals = off;
        set local xmloption = content;
        """

    private var notes: [String] {
        let guards =
            isPartial
            ? "columns that were changed since are skipped with a warning, and rows of which none is left"
            : "when a row was changed since, nothing at all is done"
        let lent = "large values are read from the trail in schema \(large.schema) by whoever runs this"
        return large.isEmpty ? [guards] : [guards, lent]
    }

    private var foot: SQL { "\ncommit;\nreset client_encoding;\n" }
}

extension RevertStep {
    /// That there is no statement, and why; nil when there is one.
    var impossibility: RevertScript.Verdict? {
        if case .none(let reason) = action { .impossible(reason) } else { nil }
    }
}

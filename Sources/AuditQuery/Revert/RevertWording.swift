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

    /// The script, with what the table says of each statement where it was asked.
    func script(_ verdicts: [RevertScript.Verdict]?) -> RevertScript {
        let statements = plan.groups.flatMap { group in
            group.map { index in
                RevertScript.Statement(
                    change: plan.steps[index].change,
                    summary: summary(of: plan.steps[index]),
                    sql: (comment(index) + "\n" + sql(index, in: group)).text,
                    verdict: verdicts?[index] ?? plan.steps[index].impossibility
                )
            }
        }
        var script = RevertScript(head: head.text, statements: statements, foot: foot.text)
        script.hasUnrecordedColumns = plan.shapes.values.contains { $0.excludedColumns?.isEmpty == false }
        return script
    }

    private func comment(_ index: Int) -> SQL {
        let step = plan.steps[index]
        return .comment(
            "\(index + 1) of \(plan.steps.count): \(summary(of: step)), activity \(step.change.activity.id)"
        )
    }

    /// The block of a statement, which stands with the last of the steps that it is for.
    private func sql(_ index: Int, in group: Range<Int>) -> SQL {
        let statements = group.compactMap { index in
            plan.shapes[plan.steps[index].change.activity.table].map {
                RevertStatement(step: plan.steps[index], shape: $0)
            }
        }
        if !plan.steps[index].isPossible { return impossible(plan.steps[index]) }
        guard index == group.last else { return "-- as one with the next, since they refer to each other" }
        return RevertBlock(statements: statements, isPartial: isPartial).sql
    }

    /// What stands in the place of a statement that cannot be.
    private func impossible(_ step: RevertStep) -> SQL {
        let reason = "activity \(step.change.activity.id) cannot be taken back: \(step.impossibility?.reason ?? "")"
        let level: SQL = isPartial ? "warning" : "exception"
        let body: SQL = " begin raise \(level) using message = \(literal: reason); end "
        return "do \(SQL.dollarQuoted(body, tag: "revert"));"
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

    private var head: SQL {
        let lines = [
            "revert of \(title)",
            "made from database \(identity.name), \(plan.steps.count) statement\(plan.steps.count == 1 ? "" : "s")",
        ]
        let comments = (lines + notes).map { SQL.comment("audit-tui: " + $0) }.joined(separator: "\n")
        let elsewhere = "this script was made for database \(identity.name) of another server or name"
        let check: SQL = """

            begin
              if \(isElsewhere) then
                raise exception using message = \(literal: elsewhere);
              end if;
            end

            """
        return """
            \(comments)
            begin;
            set local lock_timeout = '5s';
            set constraints all deferred;
            do \(SQL.dollarQuoted(check, tag: "revert"));

            """
    }

    private var notes: [String] {
        isPartial
            ? ["rows that were changed since are skipped with a warning"]
            : ["when a row was changed since, nothing at all is done"]
    }

    private var isElsewhere: SQL {
        let name: SQL = "pg_catalog.current_database() <> \(literal: identity.name)"
        guard let system = identity.system else { return name }
        return name
            + "\n    or pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute')"
            + "\n    and (select c.system_identifier from pg_catalog.pg_control_system() as c) ::text <> \(literal: system)"
    }

    private var foot: SQL { "\ncommit;\n" }
}

extension RevertStep {
    /// That there is no statement, and why; nil when there is one.
    var impossibility: RevertScript.Verdict? {
        if case .none(let reason) = action { .impossible(reason) } else { nil }
    }
}

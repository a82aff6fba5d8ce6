import ArgumentParser
import AuditTrail

extension ConnectionOptions {
    /// The filter of the profile; empty without one, and where it cannot be read, which is a problem of the configuration.
    func profileFilter() throws(CommandError) -> Filter {
        guard let filter = try profile()?.filter else { return Filter() }
        return (try? Filter(parsing: filter.value, now: currentTime())) ?? Filter()
    }
}

/// The filter and its shortcuts, for the browser and for every report: all of them must hold.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp(
            "An expression: table:orders actor:al* old.total>500",
            valueName: "expr"
        )
    )
    var filter: String?

    @Option(name: .customLong("table"), help: ArgumentHelp("Only these tables; * and ? match.", valueName: "name"))
    var tables: [String] = []

    @Option(
        name: .customLong("actor"),
        help: ArgumentHelp("Only these, by label or key; none: without.", valueName: "name")
    )
    var actors: [String] = []

    @Option(
        name: .customLong("verb"),
        help: "Only insert, update, delete or truncate.",
        completion: .list(["insert", "update", "delete", "truncate"])
    )
    var verbs: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("From this time on: 2026-10-09T17:31, -2h, friday.", valueName: "time")
    )
    var since: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Before this time.", valueName: "time"))
    var until: String?

    @Option(help: "Only this row: table:key, table:column=value,...")
    var row: String?

    /// The filter that the options say.
    ///
    /// Throws `ValidationError` for what cannot be read.
    func filter(now: Timestamp) throws -> Filter {
        var terms: [FilterExpression] = []
        let lists = [("table", tables), ("actor", actors), ("verb", verbs)]
        let values =
            lists.map { ($0.0, $0.1.joined(separator: ",")) }
            + [("since", since ?? ""), ("until", until ?? ""), ("row", row ?? "")]
        for (field, value) in values where !value.isEmpty {
            do {
                terms.append(.term(try FilterTerm(field, value, now: now)))
            } catch {
                throw ValidationError("--\(field): \(error)")
            }
        }
        return Filter(terms).and(try expression(now: now))
    }

    private func expression(now: Timestamp) throws -> Filter {
        do {
            return try Filter(parsing: filter ?? "", now: now)
        } catch {
            throw ValidationError("--filter: \(error), at character \(error.range.lowerBound + 1)")
        }
    }
}

import ArgumentParser
import AuditTrail

/// The shortcuts of the filter, for the browser and for every report.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("table"), help: "Only these tables: name or schema.name, with * and ?. May be repeated.")
    var tables: [String] = []

    @Option(
        name: .customLong("actor"),
        help: "Only these actors: label or key, with * and ?; none for writes without one."
    )
    var actors: [String] = []

    @Option(name: .customLong("verb"), help: "Only these verbs: insert, update, delete, truncate.")
    var verbs: [String] = []

    @Option(
        parsing: .unconditional,
        help: "From this time on: 2026-10-09, 2026-10-09T17:31, -2h, -3d, today, yesterday."
    )
    var since: String?

    @Option(parsing: .unconditional, help: "Before this time.")
    var until: String?

    /// The filter that the options say.
    ///
    /// Throws `ValidationError` for what cannot be read.
    func filter(now: Timestamp) throws -> Filter {
        var filter = Filter()
        filter.tables = try list(tables).map { text in
            do {
                return try TablePattern(parsing: text)
            } catch {
                throw ValidationError("--table \(text): \(error)")
            }
        }
        filter.actors = list(actors).map(ActorTerm.init(parsing:))
        filter.verbs = try list(verbs).map { text in
            guard let verb = Verb(parsing: text) else {
                throw ValidationError("--verb \(text): use insert, update, delete or truncate")
            }
            return verb
        }
        filter.since = try since.map { try time($0, "--since", now) }
        filter.until = try until.map { try time($0, "--until", now) }
        return filter
    }

    private func time(_ text: String, _ option: String, _ now: Timestamp) throws -> Timestamp {
        do {
            return try Timestamp(parsing: text, now: now)
        } catch {
            throw ValidationError("\(option): \(error)")
        }
    }

    /// The values, with those between commas taken apart.
    private func list(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",").map(String.init) }
    }
}

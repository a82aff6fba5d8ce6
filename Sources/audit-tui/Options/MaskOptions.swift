import ArgumentParser
import AuditTrail

/// Which values are hidden, in the browser and in every report.
struct MaskOptions: ParsableArguments {
    @Option(
        name: .customLong("mask"),
        help: ArgumentHelp(
            "Hide values: customers.email, *.card_*.",
            valueName: "table.column"
        )
    )
    var texts: [String] = []

    /// What is hidden.
    private(set) var masks = Masks()

    enum CodingKeys: CodingKey { case texts }

    mutating func validate() throws {
        do {
            masks = try Masks(parsing: texts)
        } catch {
            throw ValidationError("--mask: \(error)")
        }
    }
}

import Postgres
import TestDatabase

/// Tables of an attacker with hostile names and values.
struct HostileTables {
    struct Table {
        var name: String
        /// The key, and then by turns texts, documents and lists.
        var columns: [String]
        /// The key of the row that is followed.
        var key: String
        /// What its columns but the key held first, as the server spells them.
        var values: [String]

        var sqlName: String { "public." + quotedIdentifier(name) }
    }

    /// How many columns a table has besides its key.
    private static let width = 12
    /// How many hostile texts there are of each table: its name, those of its columns, its key, the values before and after,
    /// and what its two transactions say of themselves.
    static let textsOfTable = 1 + (1 + width) + 1 + 2 * width + 2 * 3

    private(set) var tables: [Table] = []
    /// How many hostile names and values there are.
    private(set) var count = 0
    private var texts: HostileText

    init(seed: UInt64) { texts = HostileText(seed: seed) }

    /// Makes so many tables as the attacker; their rows come later.
    mutating func make(_ number: Int, as attacker: borrowing Connection) throws {
        for name in texts.names(number) {
            let columns = texts.names(1 + Self.width)
            let values = (0..<Self.width).map { _ in texts.text() }
            let table = Table(name: name, columns: columns, key: texts.text(), values: values)
            let list = columns.enumerated().map { index, column in
                "\(quotedIdentifier(column)) \(index == 0 ? "text primary key" : ["text", "jsonb", "text[]"][index % 3])"
            }
            try attacker.run("create table \(table.sqlName) (\(list.joined(separator: ", ")))")
            count += Self.textsOfTable
            tables.append(table)
        }
    }

    /// Writes each row as a transaction, changes all of it in a second, and names a hostile actor and client in both.
    mutating func write(as attacker: borrowing Connection) throws {
        for table in tables {
            try transaction("insert into \(table.sqlName) values (\(row(table)))", as: attacker)
            let others = (0..<Self.width).map { _ in texts.text() }
            let changes = zip(table.columns.dropFirst(), expressions(others)).map { column, value in
                "\(quotedIdentifier(column)) = \(value)"
            }
            try transaction("update \(table.sqlName) set \(changes.joined(separator: ", "))", as: attacker)
        }
    }

    private mutating func transaction(_ statement: String, as attacker: borrowing Connection) throws {
        let (actor, client, context) = (texts.text(), texts.text(), texts.text())
        try attacker.run(
            """
            begin;
            select set_config('audit.actor_id', \(quotedLiteral(actor)), true),
                set_config('audit.client_addr', \(quotedLiteral(client)), true),
                set_config('audit.context', jsonb_build_object(\(quotedLiteral(context)), \(quotedLiteral(context)))::text, true),
                set_config('application_name', \(quotedLiteral(context)), false);
            \(statement);
            commit
            """
        )
    }

    private func row(_ table: Table) -> String {
        ([quotedLiteral(table.key)] + expressions(table.values)).joined(separator: ", ")
    }

    private func expressions(_ values: [String]) -> [String] {
        values.enumerated().map { index, value in
            let text = quotedLiteral(value)
            switch (index + 1) % 3 {
            case 0: return text
            case 1: return "jsonb_build_object(\(text), \(text))"
            default: return "array[\(text), \(text)]"
            }
        }
    }

    /// Whether the row of a table is as it was inserted.
    func isRestored(_ table: Table, on connection: borrowing Connection) throws -> Bool {
        try connection.rows("select count(*) from \(table.sqlName) as t where row(t.*) = row(\(row(table)))") == ["1"]
    }
}

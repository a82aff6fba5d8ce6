import AuditSetup
import AuditTrail
import Glibc
import Postgres
import TestDatabase
import Testing

/// Installations of earlier versions, brought up to date.
///
/// `Releases/VERSION-PROFILE.sql` is what `init --actor-table users --dry-run` of that version printed for a table orders.
@Suite struct UpgradeTests {
    private static let tables =
        "create table users (id bigint primary key); create table orders (id int primary key, s text);"

    @Test(arguments: ["1.0.0", "1.1.0"], Profile.allCases)
    func anUpgradeComesToTheSameAsAFreshInstallation(version: String, profile: Profile) throws {
        let script = try contents(of: "Releases/\(version)-\(profile.rawValue).sql")
        let upgraded = try withDatabase { connection, _ in
            try connection.run(Self.tables)
            try connection.run(script)
            try connection.run("insert into orders values (1, 'a'); update orders set s = 'b'")
            let before = try activities(on: connection, schema: "public")
            let catalog = try Catalog.read(from: connection, auditSchema: "public")
            #expect(catalog.needsRepair)
            #expect(try catalog.status(from: connection).holes.map(\.kind).contains(.stale))
            try install(request(), on: connection, schema: "public")
            #expect(try activities(on: connection, schema: "public") == before)
            try connection.run("delete from orders")
            #expect(try activities(on: connection, schema: "public").count == before.count + 1)
            #expect(try plan(for: request(), on: connection, schema: "public").isEmpty)
            return try definitions(on: connection)
        }
        let fresh = try withDatabase { connection, _ in
            try connection.run(Self.tables)
            let wanted = request("orders") {
                $0.actorTable = table("users")
                $0.profile = profile
            }
            try install(wanted, on: connection, schema: "public")
            return try definitions(on: connection)
        }
        #expect(upgraded == fresh)
    }

    private func definitions(on connection: borrowing Connection) throws -> [String] {
        try connection.rows(
            """
            select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
            union all select concat(proname, prosrc, proconfig, prosecdef, proacl, obj_description(oid)) from pg_proc
                where pronamespace = 'public'::regnamespace and prolang <> 13
            union all select concat(attrelid::regclass, attname, atttypid::regtype, attcompression) from pg_attribute
                where attrelid in ('activity'::regclass, 'transaction'::regclass) and attnum > 0
            union all select indexdef from pg_indexes where schemaname = 'public'
            order by 1
            """
        )
    }

    private func contents(of file: String) throws -> String {
        let folder = #filePath.split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let stream = try #require(fopen("\(folder)/\(file)", "r"))
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

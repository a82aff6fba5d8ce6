extension Workload {
    /// The tables of the workload and their types.
    var schema: String {
        """
        \(extensions.map { "create extension \($0);" }.joined())
        create type mood as enum ('sad', 'happy', 'it''s');
        create type pair as (a int, b text);
        create type house as (name text, rooms int[], mood mood, inner_pair pair);
        create type span as range (subtype = float8);
        create domain label as text check (length(value) < 99);
        create domain feeling as mood;
        \(hasCollations ? "create collation anycase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);" : "")
        create table users (id bigint primary key);
        create table kinds (id int primary key, doubled int generated always as (id * 2) stored,
            \(kinds.map { "\($0.name) \($0.type)" }.joined(separator: ", ")));
        create table nokey (a int, b text);
        create table parents (id int primary key, name text);
        create table children (id serial primary key, n int default 0,
            parent int references parents on delete cascade on update cascade,
            other int references parents on delete set null on update cascade);
        create table parted (id int, region int, note text, tags int[]) partition by list (region);
        create table parted_0 partition of parted for values in (0);
        create table parted_rest partition of parted default partition by range (id);
        create table parted_low partition of parted_rest for values from (minvalue) to (5);
        create table parted_high (note text, gone int, tags int[], region int, id int);
        alter table parted_high drop column gone;
        alter table parted_rest attach partition parted_high for values from (5) to (maxvalue);
        create table odd (id int, "a ""b"" c" int, n int, o int, old int, new int, x int, excluded int, r jsonb,
            row_before int, "ÄÖ, {x}" int);
        create table partial (id int, secret int, noise int, shown text);
        create table shifting (id int, a text default 'a', b int);
        """
    }

    /// A column of the table with one column of each type, and values of it.
    typealias Column = (name: String, type: String, values: [String])

    static let allKinds: [Column] = [
        ("n", "numeric", ["1.0", "1.00", "'NaN'", "'Infinity'", "1e-20", "12345678901234567890.10"]),
        ("n2", "numeric(8,2)", ["1", "2.5", "-3.14"]), ("i2", "smallint", ["1", "-2"]),
        ("i8", "bigint", ["9007199254740993", "0"]),
        ("f", "float8", ["0", "'-0'", "'NaN'", "'-Infinity'", "0.1", "1e300"]), ("f4", "real", ["0.1", "3"]),
        ("t", "text", ["'a'", "'b'", "''", #"E'quote " back \\ tab \t'"#, "'Ünïcödé 🙂'"]),
        ("v", "varchar(20)", ["'a'", "'b '"]),
        ("c", "char(5)", ["'a'", "'ab'"]), ("bc", "bpchar", ["'a'", "'a '"]), ("b", "boolean", ["true", "false"]),
        ("d", "date", ["'2026-01-02'", "'infinity'", "'0044-03-15 BC'"]), ("h", "time", ["'10:00'", "'24:00'"]),
        ("hz", "timetz", ["'10:00+02'", "'08:00+00'"]), ("s", "timestamp", ["'2026-01-02 03:04:05.6'", "'-infinity'"]),
        ("z", "timestamptz", ["'2026-01-02 03:04:05+00'", "'2026-01-02 05:04:05+02'"]),
        ("w", "interval", ["'1 month'", "'30 days'", "'1 day'", "'24 hours'"]),
        ("u", "uuid", ["'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'"]),
        ("y", "bytea", ["'\\x00ff'", "'\\x'"]), ("x", "inet", ["'10.0.0.1'", "'10.0.0.1/32'", "'10.0.0.1/8'"]),
        ("cd", "cidr", ["'10.0.0.0/8'"]), ("ma", "macaddr", ["'08:00:2b:01:02:03'"]),
        ("j", "json", [#"'{"a": 1, "a": 2}'"#, "'[1.10]'", "'null'"]),
        ("jb", "jsonb", [#"'{"a": {"b": [1, null]}}'"#, "'1.0'", "'1.00'", "'null'"]),
        ("ai", "int[]", ["'{1,2}'", "'[0:1]={1,2}'", "'{{1},{2}}'", "'{}'"]),
        ("at", "text[]", ["'{a,NULL}'", #"'{"x y"}'"#]), ("aj", "json[]", [#"array['{"a": 1}']::json[]"#]),
        ("m", "mood", ["'sad'", "'happy'", "'it''s'"]),
        ("ms", "mood[]", ["'{sad,happy}'", "'{}'", "'{NULL}'"]), ("fe", "feeling", ["'sad'", "'happy'"]),
        ("l", "label", ["'a'", "'b'"]),
        ("p", "pair", ["row(1, 'a')", "row(null, null)"]),
        ("hs", "house", ["row('h', '{1}', 'sad', row(2, 'b'))", "row('i', null, null, null)"]),
        ("ps", "pair[]", ["array[row(1, 'a'), row(2, null)]::pair[]", "'{}'"]),
        ("r", "int4range", ["'[1,5)'", "'(1,5]'", "'empty'"]),
        ("rs", "span", ["'[1,2)'", "'(1,2)'"]), ("mr", "int4multirange", ["'{[1,2),[5,6)}'"]),
        ("bi", "bit(3)", ["'101'", "'111'"]),
        ("vb", "varbit", ["'1'", "'10'"]), ("mo", "money", ["1.50", "2"]), ("g", "point", ["'(1,2)'", "'(1,3)'"]),
        ("bo", "box", ["'(1,1),(0,0)'"]),
        ("ts", "tsvector", ["'fat cat'", "'thin cat'"]), ("xm", "xml", ["'<a/>'", "'<b>1</b>'"]),
        ("hst", "hstore", ["'a=>1'", "'a=>1, b=>NULL'"]),
        ("ci", "citext", ["'abc'", "'ABC'"]), ("k", "text collate anycase", ["'abc'", "'ABC'"]),
        ("oi", "oid", ["4294967295", "1"]),
        ("re", "regclass", ["'users'", "'kinds'"]), ("na", "name", ["'n'", "'m'"]),
    ]
}

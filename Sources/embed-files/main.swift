import Glibc

// embed-files OUTPUT FILE...: writes a Swift file with one string constant for each file, and all of them by name, so
// that a copied binary carries its statements (of the type SQL) and themes. Runs while the package is built and is no part of the program.

func fail(_ message: String) -> Never {
    perror("embed-files: \(message)")
    exit(1)
}

func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// `themes/nord.toml` is called `nord`.
func baseName(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
}

/// `activity_page.sql` becomes `activityPage`; a leading number, as in `001_tables.sql`, becomes `step001Tables`.
func constantName(ofFileAt path: String) -> String {
    let words = baseName(of: path).split(whereSeparator: { $0 == "_" || $0 == "-" })
    let name = words.enumerated().map { index, word in
        index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
    return name.first?.isNumber == true ? "step\(name)" : name
}

guard CommandLine.arguments.count > 1 else { fail("usage: embed-files OUTPUT FILE...") }
let output = CommandLine.arguments[1]
let paths = CommandLine.arguments.dropFirst(2)
let isSQL = output.hasSuffix("SQLFiles.swift")
let isOfPostgres = output.contains("/Postgres/")
var source = (isSQL && !isOfPostgres ? "import Postgres\n\n" : "") + "enum \(baseName(of: output)) {\n"
for path in paths {
    let text = contents(of: path)
    if text.contains("\"\"\"##") { fail("\(path) holds the end of a raw string literal") }
    // `default` is a word of the language.
    let type = isSQL ? ": SQL" : ""
    source += "    static let `\(constantName(ofFileAt: path))`\(type) = ##\"\"\"\n\(text)\n\"\"\"##\n"
}
if output.hasSuffix("ThemeFiles.swift") {
    let all = paths.map { "(\"\(baseName(of: $0))\", `\(constantName(ofFileAt: $0))`)" }
    source +=
        "    static let all: [(name: String, text: String)] = [\n        \(all.joined(separator: ",\n        "))\n    ]\n"
}
source += "}\n"
guard let file = fopen(output, "w") else { fail("cannot write \(output)") }
fputs(source, file)
fclose(file)

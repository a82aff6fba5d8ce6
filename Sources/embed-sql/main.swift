import Glibc

// embed-sql OUTPUT FILE...: writes a Swift file with one string constant for each SQL file, so that a copied
// binary carries its statements. Runs while the package is built and is no part of the program.

func fail(_ message: String) -> Never {
    perror("embed-sql: \(message)")
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

/// `activity_page.sql` becomes `activityPage`; a leading number, as in `001_tables.sql`, becomes `step001Tables`.
func constantName(ofFileAt path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let words = file.dropLast(".sql".count).split(whereSeparator: { $0 == "_" || $0 == "-" })
    let name = words.enumerated().map { index, word in
        index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
    return name.first?.isNumber == true ? "step\(name)" : name
}

guard CommandLine.arguments.count > 1 else { fail("usage: embed-sql OUTPUT FILE...") }
let output = CommandLine.arguments[1]
var source = "enum SQLFiles {\n"
for path in CommandLine.arguments.dropFirst(2) {
    let text = contents(of: path)
    if text.contains("\"\"\"##") { fail("\(path) holds the end of a raw string literal") }
    source += "    static let \(constantName(ofFileAt: path)) = ##\"\"\"\n\(text)\n\"\"\"##\n"
}
source += "}\n"
guard let file = fopen(output, "w") else { fail("cannot write \(output)") }
fputs(source, file)
fclose(file)

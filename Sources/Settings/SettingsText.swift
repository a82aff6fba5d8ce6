import TOMLKit

extension Setting {
    /// The table that a text in TOML is.
    ///
    /// Throws a `Problem` at the line where the text stops to be TOML.
    static func table(of text: String, file: String) throws(Problem) -> Setting {
        // The library reads a C string, which would end here.
        if let line = text.utf8.split(separator: 10, omittingEmptySubsequences: false).firstIndex(where: {
            $0.contains(0)
        }) {
            throw Problem(file: file, line: line + 1, "a NUL character does not belong into TOML")
        }
        let lines = SettingLines(of: text)
        // The library stops the program there.
        if let line = lines.namelessHeader {
            throw Problem(file: file, line: line, "not TOML: a table begins with its name of letters, digits, _ and -")
        }
        do {
            return Setting(line: 1, value: .table(members(of: try TOMLTable(string: text), at: [], lines)))
        } catch {
            let failure = error as? TOMLParseError
            let words = failure?.description ?? "\(error)"
            throw Problem(file: file, line: failure?.source.begin.line ?? 1, "not TOML: \(words)")
        }
    }

    private init(_ value: TOMLValue, at path: [String], _ lines: SettingLines) {
        line = lines.line(of: path)
        self.value =
            switch value.type {
            case .string: .string(value.string ?? "")
            case .int: .integer(value.int ?? 0)
            case .bool: .boolean(value.bool ?? false)
            case .array:
                .list(
                    (value.array.map { Array($0) } ?? []).enumerated().map { index, element in
                        Setting(element.tomlValue, at: path + [String(index)], lines)
                    }
                )
            case .table: .table(value.table.map { Setting.members(of: $0, at: path, lines) } ?? [:])
            case .double: .other("a fraction")
            case .date, .time, .dateTime: .other("a time")
            }
    }

    private static func members(of table: TOMLTable, at path: [String], _ lines: SettingLines) -> [String: Setting] {
        var members: [String: Setting] = [:]
        // Not the table's own iterator: it stops the program at a key with an escaped NUL.
        for key in table.keys {
            if let value = table[key] { members[key] = Setting(value.tomlValue, at: path + [key], lines) }
        }
        return members
    }
}

import AuditTrail

/// The names that Alembic's autogenerate would propose to drop, as a function for the application's `env.py`.
func alembicFilter(columns: [String], indexes: [String]) -> String {
    let columns = columns.map(pythonString).joined(separator: ", ")
    let indexes = indexes.map(pythonString).joined(separator: ", ")
    return """
        AUDIT_TUI_COLUMNS = {\(columns)}
        AUDIT_TUI_INDEXES = {\(indexes)}


        def include_object(thing, name, kind, reflected, compare_to):
            if reflected and compare_to is None:
                if kind == "column" and thing.table.name == "transaction":
                    return name not in AUDIT_TUI_COLUMNS
                if kind == "index":
                    return name not in AUDIT_TUI_INDEXES
            return True


        # in run_migrations_online: context.configure(..., include_object=include_object)
        """
}

/// The text as a Python string, with everything but plain ASCII escaped.
private func pythonString(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        let isPlain = (32..<127).contains(scalar.value) && scalar != "\"" && scalar != "\\"
        guard !isPlain else { return String(scalar) }
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return "\"" + escaped.joined() + "\""
}

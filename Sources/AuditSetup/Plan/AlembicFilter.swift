import AuditTrail

/// A function for the application's `env.py` that keeps Alembic's autogenerate away from the audit tables.
///
/// It leaves the two tables out as a whole: besides the column and the indexes that profile `standard` adds, Alembic
/// would propose to drop the comments.
func alembicFilter(auditSchema: String) -> String {
    let schemas = auditSchema == "public" ? "None, \"public\"" : pythonString(auditSchema)
    return """
        def include_object(thing, name, kind, reflected, compare_to):
            is_audit_table = kind == "table" and name in ("transaction", "activity")
            return not (is_audit_table and thing.schema in (\(schemas),))


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

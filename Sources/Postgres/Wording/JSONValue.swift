extension SQL {
    private static let jsonValueTemplate = Template(SQLFiles.jsonValue)

    /// An expression of `json` as jsonb, or as a string where jsonb cannot hold it, for `\u0000`, half a surrogate pair, or a
    /// number beyond numeric: as capture stores it, but in any session, without a function of an installation.
    public static func jsonValue(_ json: SQL) -> SQL { jsonValueTemplate.filled(with: ["value": .sql(json)]) }
}

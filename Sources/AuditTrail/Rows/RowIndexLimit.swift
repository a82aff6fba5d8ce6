/// How long the key of a row may be, all its columns together, to be in an index of the trail's rows whose keys may be long.
///
/// An entry of an index has at most 2704 bytes (PostgreSQL manual, "B-Tree Indexes"), and one that is longer makes the
/// writing statement fail. The name of the table and the number of the activity are in it, too.
public enum RowIndexLimit {
    /// In bytes of the values as text.
    public static let keyBytes = 2000
}

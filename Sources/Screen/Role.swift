/// What a cell means; a theme says how that looks.
///
/// Names fall back along their dots: a theme without `diff.del.emph` uses `diff.del`, then `diff`, then `ui.text`.
public struct Role: Hashable, Sendable {
    /// The name as themes write it.
    public let name: String

    private init(_ name: String) { self.name = name }

    /// Plain text.
    public static let text = Role("ui.text")
    /// Text of less weight: column titles, hints.
    public static let muted = Role("ui.muted")
    /// The name of where one is.
    public static let title = Role("ui.title")
    /// Lines between panes and around boxes.
    public static let border = Role("ui.border")
    /// What is selected in a pane that does not have the keys.
    public static let selection = Role("ui.selection")
    /// What is selected in the pane that has the keys.
    public static let cursor = Role("ui.cursor")
    /// The first row.
    public static let header = Role("ui.header")
    /// The status row.
    public static let status = Role("ui.status")
    /// The name of a key.
    public static let key = Role("ui.key")
    /// What is being typed.
    public static let prompt = Role("ui.prompt")
    /// The inside of a box.
    public static let popup = Role("ui.popup")
    /// A filter that is applied.
    public static let filterValue = Role("filter.value")
    /// Good to know.
    public static let info = Role("msg.info")
    /// Worth a look.
    public static let warning = Role("msg.warn")
    /// Something failed.
    public static let error = Role("msg.error")
    /// A time.
    public static let time = Role("time")
    /// An actor who is known.
    public static let actorName = Role("actor.name")
    /// An actor who is not.
    public static let actorUnknown = Role("actor.unknown")
    /// A table.
    public static let tableName = Role("table.name")
    /// Rows that came.
    public static let verbInsert = Role("verb.insert")
    /// Rows that changed.
    public static let verbUpdate = Role("verb.update")
    /// Rows that went.
    public static let verbDelete = Role("verb.delete")
    /// Tables that were emptied.
    public static let verbTruncate = Role("verb.truncate")
    /// What is after a change.
    public static let diffAdd = Role("diff.add")
    /// What was before a change.
    public static let diffDelete = Role("diff.del")
    /// What did not change.
    public static let diffContext = Role("diff.context")
    /// The path of what did not change.
    public static let diffKey = Role("diff.key")
    /// Words about a change.
    public static let diffMeta = Role("diff.meta")
    /// What a search has found.
    public static let matchHit = Role("match.hit")
    /// Following.
    public static let followOn = Role("follow.on")

    /// All roles that the screens use.
    public static let all: [Role] = [
        text, muted, title, border, selection, cursor, header, status, key, prompt, popup, filterValue, info, warning,
        error, time, actorName, actorUnknown, tableName, verbInsert, verbUpdate, verbDelete, verbTruncate, diffAdd,
        diffDelete, diffContext, diffKey, diffMeta, matchHit, followOn,
    ]
}

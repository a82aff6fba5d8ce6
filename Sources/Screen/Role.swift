/// What a cell means, never how it looks: the theme decides that.
///
/// Names are those of theme files. A dot makes a role more special: `diff.del.emph` looks like `diff.del`
/// where a theme says nothing else, then like `diff`, then like `ui.text`.
public struct Role: Hashable, Sendable {
    /// The name in theme files, such as `diff.add`.
    public let name: String

    private init(_ name: String) {
        self.name = name
    }

    /// The role or group of roles of that name; nil when there is none.
    ///
    /// A group, such as `diff`, is what its members fall back to.
    public init?(name: String) {
        let isKnown = Self.all.contains { $0.name == name || $0.name.hasPrefix(name + ".") }
        guard isKnown, !name.isEmpty else { return nil }
        self.name = name
    }

    /// The next more general role, as `diff.add` for `diff.add.emph`; nil for a name without a dot.
    public var parent: Role? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        return Role(String(name[..<dot]))
    }
}

extension Role {
    /// Ordinary text, and what every other role falls back to (`ui.text`).
    public static let text = Role("ui.text")
    /// Text that may be overlooked (`ui.muted`).
    public static let muted = Role("ui.muted")
    /// The bar that names the view (`ui.title`).
    public static let title = Role("ui.title")
    /// Lines between panes (`ui.border`).
    public static let border = Role("ui.border")
    /// The selected row; an overlay (`ui.selection`).
    public static let selection = Role("ui.selection")
    /// The place within the selected row; an overlay (`ui.cursor`).
    public static let cursor = Role("ui.cursor")
    /// Column headings (`ui.header`).
    public static let header = Role("ui.header")
    /// The status line (`ui.status`).
    public static let status = Role("ui.status")
    /// A key in a hint (`ui.key`).
    public static let key = Role("ui.key")
    /// The prompt and what is typed into it (`ui.prompt`).
    public static let prompt = Role("ui.prompt")
    /// Boxes above the view (`ui.popup`).
    public static let popup = Role("ui.popup")
    /// The bar that shows the position (`ui.scrollbar`).
    public static let scrollbar = Role("ui.scrollbar")

    /// The name of a field in a filter (`filter.field`).
    public static let filterField = Role("filter.field")
    /// An operator in a filter (`filter.op`).
    public static let filterOperator = Role("filter.op")
    /// A value in a filter (`filter.value`).
    public static let filterValue = Role("filter.value")
    /// The part of a filter that cannot be understood (`filter.error`).
    public static let filterError = Role("filter.error")
    /// What a filter costs the server (`filter.cost`).
    public static let filterCost = Role("filter.cost")

    /// A message that something went well (`msg.info`).
    public static let info = Role("msg.info")
    /// A message that asks for attention (`msg.warn`).
    public static let warning = Role("msg.warn")
    /// A message that something failed (`msg.error`).
    public static let error = Role("msg.error")

    /// A time or an age (`time`).
    public static let time = Role("time")
    /// A known actor (`actor.name`).
    public static let actorName = Role("actor.name")
    /// An actor that the trail does not know (`actor.unknown`).
    public static let actorUnknown = Role("actor.unknown")
    /// The name of a table (`table.name`).
    public static let tableName = Role("table.name")

    /// An insert (`verb.insert`).
    public static let insert = Role("verb.insert")
    /// An update (`verb.update`).
    public static let update = Role("verb.update")
    /// A delete (`verb.delete`).
    public static let delete = Role("verb.delete")
    /// A truncate (`verb.truncate`).
    public static let truncate = Role("verb.truncate")
}
extension Role {
    /// A value that came (`diff.add`).
    public static let diffAdd = Role("diff.add")
    /// A value that went (`diff.del`).
    public static let diffDelete = Role("diff.del")
    /// The words that came within a longer value (`diff.add.emph`).
    public static let diffAddEmphasis = Role("diff.add.emph")
    /// The words that went within a longer value (`diff.del.emph`).
    public static let diffDeleteEmphasis = Role("diff.del.emph")
    /// An unchanged value (`diff.context`).
    public static let diffContext = Role("diff.context")
    /// The path of a value (`diff.key`).
    public static let diffKey = Role("diff.key")
    /// A remark about a change, such as its size (`diff.meta`).
    public static let diffMeta = Role("diff.meta")
    /// A change of a column that always changes (`diff.noise`).
    public static let diffNoise = Role("diff.noise")

    /// The name of a member of a JSON object (`json.key`).
    public static let jsonKey = Role("json.key")
    /// A JSON string (`json.string`).
    public static let jsonString = Role("json.string")
    /// A JSON number (`json.number`).
    public static let jsonNumber = Role("json.number")
    /// A JSON true or false (`json.bool`).
    public static let jsonBool = Role("json.bool")
    /// A JSON null (`json.null`).
    public static let jsonNull = Role("json.null")
    /// What stands for folded JSON (`json.fold`).
    public static let jsonFold = Role("json.fold")

    /// Text that a search found; an overlay (`match.hit`).
    public static let matchHit = Role("match.hit")
    /// The found text where the cursor is; an overlay (`match.current`).
    public static let matchCurrent = Role("match.current")

    /// A bar of the histogram (`hist.bar`).
    public static let histogramBar = Role("hist.bar")
    /// The cursor in the histogram (`hist.cursor`).
    public static let histogramCursor = Role("hist.cursor")
    /// The axis of the histogram (`hist.axis`).
    public static let histogramAxis = Role("hist.axis")

    /// A mark that the person set (`mark`).
    public static let mark = Role("mark")
    /// The sign that new changes are followed (`follow.on`).
    public static let followOn = Role("follow.on")
    /// What stands for a masked value (`secret.masked`).
    public static let secretMasked = Role("secret.masked")
    /// Text that tries to act on the terminal or to mislead (`hostile`).
    public static let hostile = Role("hostile")

    /// The first row of the screen where a profile has a banner (`ui.banner`).
    public static let banner = Role("ui.banner")

    /// Every role, in the order of the documentation of themes.
    public static let all: [Role] = [
        text, muted, title, border, selection, cursor, header, status, key, prompt, popup, scrollbar,
        filterField, filterOperator, filterValue, filterError, filterCost,
        info, warning, error,
        time, actorName, actorUnknown, tableName,
        insert, update, delete, truncate,
        diffAdd, diffDelete, diffAddEmphasis, diffDeleteEmphasis, diffContext, diffKey, diffMeta, diffNoise,
        jsonKey, jsonString, jsonNumber, jsonBool, jsonNull, jsonFold,
        matchHit, matchCurrent,
        histogramBar, histogramCursor, histogramAxis,
        mark, followOn, secretMasked, hostile, banner,
    ]
}

import Screen

/// What a key can do; the raw value is the name under which the action is bound and listed.
public enum Action: String, CaseIterable, Sendable {
    case moveDown, moveUp, halfPageDown, halfPageUp, pageDown, pageUp, first, last
    case open, back, quit, cancel, suspend, otherPane, maximize
    case togglePreview, scrollLeft, scrollRight
    case nextTransaction, previousTransaction, nextChange, previousChange, moreContext, lessContext
    case diffLayout, wrap, hideNoise, collapse, expand
    case search, nextMatch, previousMatch
    case editFilter, tablePicker, actorPicker, cycleVerb, filterFor, filterOut, clearFilter, toggleFilter, recentFilters
    case countAll
    case history, blame, rowAtTime, revert, markBase, write, copy, toggleGuards, dryRun, yank, openOutside, export
    case mark, showMarked, nextMark, previousMark
    case goTo, dayBack, dayForward, flipOrder, toggleHistogram, zoomIn, zoomOut, olderSpan, newerSpan
    case transactions, tables, actors, timeline, health, summary
    case pivot, command, follow, refresh, redraw, nextTheme, help
    case viewBack, viewForward, toggleMouse

    /// What the action does, in the words of the help.
    public var purpose: String {
        switch self {
        case .moveDown: "next line"
        case .moveUp: "previous line"
        case .halfPageDown: "half a page down"
        case .halfPageUp: "half a page up"
        case .pageDown: "a page down"
        case .pageUp: "a page up"
        case .first: "the first line: the newest, unless flipped"
        case .last: "the last line: the oldest, unless flipped"
        case .open: "open: the changes of the transaction"
        case .back: "back; in the list: quit"
        case .quit: "quit"
        case .cancel: "cancel the running query; twice: quit"
        case .suspend: "suspend"
        case .otherPane: "the other pane"
        case .maximize: "give the pane the whole screen, or back"
        case .togglePreview: "the changes beside the list, or the list alone"
        case .scrollLeft: "the list: back to the left"
        case .scrollRight: "the list: on to the right, to what is cut off"
        case .nextTransaction: "the next transaction, from the changes too"
        case .previousTransaction: "the previous transaction, from the changes too"
        case .nextChange: "the next change of the transaction"
        case .previousChange: "the previous change of the transaction"
        case .moreContext: "more unchanged columns"
        case .lessContext: "fewer unchanged columns"
        case .diffLayout: "changes unified, side by side, or the row as JSON"
        case .wrap: "long values of changes wrapped, or cut"
        case .hideNoise: "hide noise columns (after a search: previous match)"
        case .collapse: "fold the value under the cursor, or what holds it"
        case .expand: "unfold it"
        case .history: "the life of the row: its versions, newest first"
        case .blame: "who last wrote each value of the row"
        case .rowAtTime: "the row as it was when this change had been made"
        case .revert: "preview what would take this back; nothing is executed"
        case .markBase: "compare with this version"
        case .write: "write the script to a file"
        case .copy: "copy the script to the clipboard of the terminal"
        case .dryRun: "run the script and roll it back (with --allow-dry-run)"
        case .yank: "copy: a value, its path, the row, the difference, the transaction"
        case .export: "write the changes to a file: of the filter, the transaction or the row"
        case .mark: "mark the transaction, or unmark it"
        case .showMarked: "show the marked transactions only, or all again"
        case .nextMark: "the next mark"
        case .previousMark: "the previous mark"
        case .openOutside: "read in $PAGER; of a revert: write the script and open it in $EDITOR"
        case .toggleGuards: "skip what was changed since, or refuse the whole"
        case .search: "search what is loaded"
        case .nextMatch: "the next match"
        case .previousMatch: "the previous match"
        case .editFilter: "edit the filter"
        case .countAll: "count exactly what the filter selects"
        case .filterFor: "filter for the value under the cursor"
        case .filterOut: "filter out the value under the cursor"
        case .toggleFilter: "switch the filter off, or on again"
        case .recentFilters: "edit a recent filter"
        case .tablePicker: "filter by tables"
        case .actorPicker: "filter by actors"
        case .cycleVerb: "filter by verb: insert, update, delete, all"
        case .clearFilter: "drop the last term of the filter"
        case .goTo: "go to a time, a transaction or a row"
        case .dayBack: "24 hours back"
        case .dayForward: "24 hours on"
        case .flipOrder: "the list: the oldest transaction first, or the newest"
        case .toggleHistogram: "show the histogram, or hide it"
        case .zoomIn: "less time in the histogram, around the cursor"
        case .zoomOut: "more time in the histogram"
        case .olderSpan: "the bar of the histogram before"
        case .newerSpan: "the bar of the histogram after"
        case .transactions: "the transactions"
        case .tables: "the tables: how much, last write, whether recorded"
        case .actors: "the actors of late"
        case .timeline: "the timeline; Enter filters by a span"
        case .health: "the health of the trail"
        case .summary: "what the filtered changes have in common"
        case .pivot: "go sideways: the same row, actor, client, column, change"
        case .command: "the command line; :sql shows the statements of the screen"
        case .follow: "follow the newest end, or stop"
        case .refresh: "read again"
        case .redraw: "draw the screen again"
        case .nextTheme: "the next theme"
        case .help: "these keys"
        case .viewBack: "back in the views and filters that one came by"
        case .viewForward: "forward again"
        case .toggleMouse: "let the mouse scroll, select and open, or leave it to the terminal"
        }
    }

    /// The word in the row of keys at the bottom; nil for actions that are not shown there.
    public var hint: String? {
        switch self {
        case .open: "open"
        case .editFilter: "filter"
        case .filterFor: "filter for"
        case .tablePicker: "table"
        case .actorPicker: "actor"
        case .cycleVerb: "verb"
        case .search: "search"
        case .goTo: "go to"
        case .transactions: "tx"
        case .tables: "tables"
        case .actors: "actors"
        case .timeline: "timeline"
        case .health: "health"
        case .summary: "summary"
        case .follow: "follow"
        case .refresh: "refresh"
        case .help: "help"
        case .back: "back"
        case .quit: "quit"
        case .otherPane: "other part"
        case .nextChange: "change"
        case .nextTransaction: "tx"
        case .moreContext: "context"
        case .history: "history"
        case .blame: "blame"
        case .rowAtTime: "as of"
        case .revert: "revert"
        case .markBase: "mark"
        case .write: "write"
        case .copy: "copy"
        case .toggleGuards: "skip/refuse"
        case .dryRun: "dry run"
        case .openOutside: "editor"
        case .export: "export"
        case .diffLayout: "layout"
        case .wrap: "wrap"
        case .hideNoise: "noise"
        case .collapse: "fold"
        default: nil
        }
    }
}

/// Which keys do what, for every view: the one source of the keys, the help and the hints.
public struct Keymap: Equatable, Sendable {
    /// An action and its keys.
    public struct Binding: Equatable, Sendable {
        /// What they do.
        public var action: Action
        /// The keys, the first one being shown in hints.
        public var keys: [Key]
        /// The only places where they do that; empty for everywhere.
        public var places: Set<Place> = []
    }

    /// Where the keys go; the raw value is its name in the configuration.
    public enum Place: String, CaseIterable, Sendable {
        /// The list of transactions.
        case list
        /// The changes of one.
        case changes
        /// The life of a row.
        case history
        /// A row as it was.
        case row
        /// The preview of a revert.
        case revert
        /// The tables, the actors, the timeline, the health, the summary.
        case overview
        /// The help.
        case help
        /// A page of text, such as the statements behind the screen.
        case pager
    }

    /// The bindings in the order of the help; of two for an action in a place, and of two for a key, the first counts.
    public var bindings: [Binding] {
        didSet { tables = Self.tables(of: bindings) }
    }

    /// What the bindings come to in each place: every frame and every key looks something up.
    var tables: [Place?: Table]

    /// A keymap of these bindings.
    init(bindings: [Binding]) {
        self.bindings = bindings
        tables = Self.tables(of: bindings)
    }

    /// Whether the bindings are the same, in the same order.
    public static func == (left: Keymap, right: Keymap) -> Bool { left.bindings == right.bindings }

    /// The keys of vi, less and tig.
    public static let standard = Keymap(bindings: [
        Binding(action: .moveDown, keys: [.character("j"), .down, .control("n")]),
        Binding(action: .moveUp, keys: [.character("k"), .up, .control("p")]),
        Binding(action: .halfPageDown, keys: [.control("d")]),
        Binding(action: .halfPageUp, keys: [.control("u")]),
        Binding(action: .pageDown, keys: [.character(" "), .pageDown, .control("f")]),
        Binding(action: .pageUp, keys: [.pageUp, .control("b")]),
        Binding(action: .first, keys: [.character("g"), .home]),
        Binding(action: .last, keys: [.character("G"), .end]),
        Binding(action: .open, keys: [.enter]),
        Binding(action: .back, keys: [.character("q"), .escape]),
        Binding(action: .otherPane, keys: [.tab, .backTab]),
        Binding(action: .maximize, keys: [.character("O")]),
        Binding(action: .togglePreview, keys: [.character("p")]),
        Binding(action: .scrollLeft, keys: [.character("h"), .left]),
        Binding(action: .scrollRight, keys: [.character("l"), .right]),
        Binding(action: .nextTransaction, keys: [.character("J")]),
        Binding(action: .previousTransaction, keys: [.character("K")]),
        Binding(action: .nextChange, keys: [.character("}")]),
        Binding(action: .previousChange, keys: [.character("{")]),
        Binding(action: .moreContext, keys: [.character("]")]),
        Binding(action: .lessContext, keys: [.character("[")]),
        Binding(action: .editFilter, keys: [.character("f"), .function(4)]),
        Binding(action: .tablePicker, keys: [.character("t")]),
        Binding(action: .actorPicker, keys: [.character("a")]),
        Binding(action: .cycleVerb, keys: [.character("v")]),
        Binding(action: .filterFor, keys: [.character("+")]),
        Binding(action: .filterOut, keys: [.character("-")]),
        Binding(action: .clearFilter, keys: [.backspace]),
        Binding(action: .toggleFilter, keys: [.character("\\")]),
        Binding(action: .recentFilters, keys: [.control("r")]),
        Binding(action: .search, keys: [.character("/")]),
        Binding(action: .nextMatch, keys: [.character("n")]),
        Binding(action: .previousMatch, keys: [.character("N")]),
        Binding(action: .diffLayout, keys: [.character("s")], places: [.changes, .history]),
        Binding(action: .wrap, keys: [.character("W")], places: [.changes, .history]),
        Binding(action: .hideNoise, keys: [.character("N")], places: [.changes, .history]),
        Binding(action: .collapse, keys: [.character("h"), .left], places: [.changes]),
        Binding(action: .expand, keys: [.character("l"), .right], places: [.changes]),
        Binding(action: .history, keys: [.character("H")]),
        Binding(action: .blame, keys: [.character("b")]),
        Binding(action: .rowAtTime, keys: [.character("A")]),
        Binding(action: .revert, keys: [.character("r")]),
        Binding(action: .yank, keys: [.character("y")]),
        Binding(action: .openOutside, keys: [.character("e")]),
        Binding(action: .export, keys: [.character("x")]),
        Binding(action: .countAll, keys: [.character("#")]),
        Binding(action: .mark, keys: [.character("m")]),
        Binding(action: .showMarked, keys: [.character("M")]),
        Binding(action: .nextMark, keys: [.character("u")]),
        Binding(action: .previousMark, keys: [.character("U")]),
        Binding(action: .markBase, keys: [.character("v")], places: [.history]),
        Binding(action: .write, keys: [.character("w")], places: [.revert]),
        Binding(action: .copy, keys: [.character("y")], places: [.revert]),
        Binding(action: .toggleGuards, keys: [.character("c")], places: [.revert]),
        Binding(action: .dryRun, keys: [.character("d")], places: [.revert]),
        Binding(action: .goTo, keys: [.character("@")]),
        Binding(action: .dayBack, keys: [.character("d")]),
        Binding(action: .dayForward, keys: [.character("D")]),
        Binding(action: .flipOrder, keys: [.character("I")]),
        Binding(action: .toggleHistogram, keys: [.character("i")]),
        Binding(action: .zoomIn, keys: [.character("z")]),
        Binding(action: .zoomOut, keys: [.character("Z")]),
        Binding(action: .olderSpan, keys: [.character("(")]),
        Binding(action: .newerSpan, keys: [.character(")")]),
        Binding(action: .transactions, keys: [.character("1")]),
        Binding(action: .tables, keys: [.character("2")]),
        Binding(action: .actors, keys: [.character("3")]),
        Binding(action: .timeline, keys: [.character("4")]),
        Binding(action: .health, keys: [.character("5")]),
        Binding(action: .summary, keys: [.character("S")]),
        Binding(action: .pivot, keys: [.character(".")]),
        Binding(action: .viewBack, keys: [.character("<")]),
        Binding(action: .viewForward, keys: [.character(">")]),
        Binding(action: .command, keys: [.character(":")]),
        Binding(action: .follow, keys: [.character("F")]),
        Binding(action: .refresh, keys: [.character("R"), .function(5)]),
        Binding(action: .redraw, keys: [.control("l")]),
        Binding(action: .nextTheme, keys: [.character("C")]),
        Binding(action: .toggleMouse, keys: [.character("%")]),
        Binding(action: .help, keys: [.character("?"), .function(1)]),
        Binding(action: .cancel, keys: [.control("c")]),
        Binding(action: .suspend, keys: [.control("z")]),
        Binding(action: .quit, keys: [.character("Q")]),
    ])
}

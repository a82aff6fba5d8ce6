import Screen

/// Keymaps for hands that know other programs; each is what it changes of the standard one.
extension Keymap {
    /// The names of the presets, the standard one first.
    public static let presetNames = ["default", "tig", "less", "emacs", "k9s"]

    /// The keymap of that name; nil when there is none.
    public static func preset(named name: String) -> Keymap? {
        name == "default" ? standard : changes(named: name).map { standard.applying($0).keymap }
    }

    /// What a preset changes of the standard keymap; nil when there is none of that name.
    static func changes(named name: String) -> [KeySetting]? {
        let own: [Change]? =
            switch name {
            case "default": []
            case "tig": tig + viewsByFunctionKeys
            case "less": less + viewsByFunctionKeys
            case "emacs": emacs + viewsByFunctionKeys
            case "k9s": k9s
            default: nil
            }
        return own?.enumerated().map { index, change in
            let keys = change.keys.split(separator: " ").map { String($0) }
            return KeySetting(place: change.place, action: change.action, keys: keys, line: index + 1)
        }
    }

    private typealias Change = (place: String, action: String, keys: String)

    /// Where digits are counts, as in vi and less, they cannot be views.
    private static let viewsByFunctionKeys: [Change] = [
        ("all", "transactions", "F6"), ("all", "tables", "F7"), ("all", "actors", "F8"), ("all", "timeline", "F9"),
        ("all", "health", "F12"),
    ]

    /// By tigrc(5) and tig's default bindings, 2.5.
    private static let tig: [Change] = [
        ("all", "next-transaction", "J ^N"), ("all", "previous-transaction", "K ^P"), ("all", "move-down", "j Down"),
        ("all", "move-up", "k Up"), ("all", "page-down", "Space PgDn"), ("all", "page-up", "- PgUp"),
        ("all", "filter-out", "_"), ("all", "open", "Enter d"), ("all", "day-back", "M-d"),
        ("all", "day-forward", "M-D"), ("all", "help", "h ? F1"), ("all", "revert", "! r"),
        ("changes", "collapse", "Left"), ("changes", "expand", "Right"), ("all", "wrap", "w"),
        ("all", "hide-noise", "W"),
    ]

    /// By less(1), "Commands".
    private static let less: [Change] = [
        ("all", "move-down", "j e ^E ^N Down"), ("all", "move-up", "k y ^Y ^P Up"),
        ("all", "half-page-down", "d ^D"), ("all", "half-page-up", "u ^U"),
        ("all", "page-down", "Space f ^F ^V PgDn"), ("all", "page-up", "b ^B M-v PgUp w"),
        ("all", "first", "g < M-< Home"), ("all", "last", "G > M-> End"), ("all", "view-back", "^O"),
        ("all", "view-forward", "M-o"), ("all", "edit-filter", "& F4"), ("all", "blame", "B"), ("all", "yank", "Y"),
        ("all", "day-back", "M-d"), ("all", "day-forward", "M-D"), ("all", "open-outside", "v"),
        ("history", "open-outside", "V"), ("all", "cycle-verb", "V"), ("all", "help", "h ? F1"),
        ("changes", "collapse", "Left"), ("changes", "expand", "Right l"),
    ]

    /// By the manual of Emacs, "Moving Point" and "Repeating", and the keys of its read-only modes.
    private static let emacs: [Change] = [
        ("all", "move-down", "^N n Down"), ("all", "move-up", "^P p Up"), ("all", "page-down", "^V Space PgDn"),
        ("all", "page-up", "M-v PgUp"), ("all", "toggle-preview", "P"), ("all", "first", "M-< Home"),
        ("all", "last", "M-> End"),
        ("all", "refresh", "g F5"), ("all", "search", "^S /"), ("all", "next-match", "M-s"),
        ("all", "previous-match", "^R M-S"), ("all", "recent-filters", "M-r"), ("all", "next-transaction", "M-n J"),
        ("all", "previous-transaction", "M-p K"), ("all", "next-change", "M-}"), ("all", "previous-change", "M-{"),
        ("all", "cancel", "^G ^C"), ("all", "command", "M-x :"), ("all", "help", "? h F1"),
        ("all", "yank", "M-w y"), ("revert", "copy", "M-w y"), ("all", "view-back", "l <"), ("all", "go-to", "M-g @"),
        ("changes", "collapse", "Left"), ("changes", "expand", "Right"),
    ]

    /// By the help of k9s, 0.32; its `[` and `]` are taken by the context of changes, and lead back and forward here.
    private static let k9s: [Change] = [
        ("all", "edit-filter", "/ f F4"), ("all", "search", "^S"), ("all", "view-back", "[ <"),
        ("all", "view-forward", "] >"), ("all", "less-context", "_"), ("all", "more-context", "="),
        ("all", "open", "Enter d"), ("all", "day-back", "M-d"), ("all", "day-forward", "M-D"),
        ("all", "diff-layout", "s y"), ("all", "yank", "c"), ("revert", "copy", "c y"),
        ("revert", "toggle-guards", "C"), ("all", "refresh", "^R R F5"), ("all", "recent-filters", "M-r"),
    ]
}

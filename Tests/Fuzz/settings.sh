# The target settings of scripts/fuzz: configurations with their keys, and themes.
# shellcheck shell=bash

# TOMLKit and its C++ as SwiftPM builds them; what is embedded is in what a plugin has written.
say "building TOMLKit"
swift build --product audit-tui "${strict[@]}" >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}
built=$(swift build --show-bin-path "${strict[@]}")
compile+=(-I "$built/Modules" -Xcc "-fmodule-map-file=$(find .build/checkouts/TOMLKit -name module.modulemap)")
while IFS= read -r object; do objects+=("$object"); done < <(find "$built/TOMLKit.build" "$built/CTOML.build" -name '*.o')
objects+=(-lstdc++)
modules JSON AuditTrail Screen
# shellcheck disable=SC2046
module Settings $(sources Sources/Settings .build/plugins/outputs/*/Settings/destination/EmbedFiles)
modules Browser
program SettingsFuzz Tests/Fuzz/SettingsFuzz.swift

seed 'theme = "nord"\nkeymap = "tig"\nmouse = true\nmasks = ["orders.card"]\nnoise_columns = ["updated_at"]\n[keys.list]\nmove-down = ["j", "<Down>"]\n'
seed '[follow]\ninterval = "2s"\n[profiles.prod]\nservice = "shop"\nfilter = "verb:u"\nbanner = "PROD"\nbanner_color = "#ff0000"\n'
seed 'theme = { dark = "a", light = "b" }\n[keys]\nquit = []\n[keys.all]\ncancel = "C-c"\n'
for theme in themes/*.toml; do
    cp "$theme" "$seeds/$count"
    count=$((count + 1))
done
words 'theme' 'keymap' '[keys.all]' '[keys.list]' '[profiles.x]' 'inherits' '[palette]' '"ui.cursor"' 'fg' 'bg' 'fg16' 'mono' 'bold' \
    '#123456' '[[' ']]' '\x22\x22\x22' "'''" '1979-05-27T07:32:00Z' '0x1F' 'inf' '\x5cu0000' '\x5cU0010FFFF' '= {' '\x0a' '<C-x>'

# The target json of scripts/fuzz: documents of every kind, in pairs, which the fuzzer makes others of.
# shellcheck shell=bash

modules JSON Screen AuditTrail
program JSONFuzz Tests/Fuzz/JSONFuzz.swift

seed '{"id": 57, "status": "pending", "total": 1.10}\0{"id": 57, "status": "paid", "total": 1.1}'
seed '[1, -0, 1e400, 12345678901234567890123456789012345678901234567890.5, 1E+2, null, true, false]'
seed '{"a": {"b": [1, {"c": null}]}, "a": 2}\0{"a": {"b": [2, {"c": []}, 3]}, "e\xcc\x81": 1, "\xc3\xa9": 2}'
seed '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00\\ud83d \\udc00\\u0000"'
seed ' [ ] \n'
seed '"\xff\xfe\xe2\x80\xae\x1b[2J\xc2\x9b\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xf0\x9f\x87\xab"\0"\xef\xbf\xbd"'
words '{' '}' '[' ']' ',' ':' '\x5c' '\x22' 'null' 'true' 'false' '\x5cu' '\x5cud83d' 'e+' '-0' '\xe2\x80\xae'

# Short inputs are many; those that nest as deep as the parser goes, and deeper, are tried once.
try_deep() {
    local depth
    say "nesting deep"
    for depth in 14538 20001 20005; do
        { nested '\[' "$depth"; nested '\]' "$depth"; } >"$folder/deep"
        fuzz "$folder/deep"
        { nested '{"a":' "$depth"; printf 1; nested '}' "$depth"; } >"$folder/deep"
        fuzz "$folder/deep"
    done
}
nested() { head -c "$2" /dev/zero | sed "s/\\x0/$1/g"; }
